package dev.athanor.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What was asked for when a piece of content was made; with the model it makes the same piece again.
public sealed interface Making {

    /// A text.
    ///
    /// @param index which of the texts of the request, from 0
    /// @param sources the texts that a vae started from; empty for a text from a prompt
    record Text(
            String prompt,
            SequencedMap<String, String> fields,
            int maximumTokens,
            Sampling sampling,
            long seed,
            int index,
            Content.Sources sources)
            implements Making {
        public Text {
            fields = copy(fields);
        }

        static Text of(TextRequest request, int index, Content.Sources sources) {
            return new Text(
                    request.prompt(),
                    request.fields(),
                    request.maximumTokens(),
                    request.sampling(),
                    request.seed().value(),
                    index,
                    sources);
        }
    }

    /// A picture.
    ///
    /// @param index which of the pictures of the request, from 0
    record Picture(MediaRequest request, int index) implements Making {}

    /// A sound.
    ///
    /// @param index which of the sounds of the request, from 0
    record Sound(MediaRequest request, int index) implements Making {}

    /// Content that shows other content: a contact sheet of pictures, an animation of how one came about.
    ///
    /// @param form what it is, such as `contact sheet`
    /// @param of the ids of what it shows
    record Display(String form, List<String> of) implements Making {
        public Display {
            of = List.copyOf(of);
        }
    }

    /// What content is, as one word for ledgers and people.
    default String kind() {
        return switch (this) {
            case Text _ -> "text";
            case Picture _ -> "picture";
            case Sound _ -> "sound";
            case Display _ -> "display";
        };
    }

    /// What was asked for, as lines for people.
    default List<String> explain() {
        return switch (this) {
            case Text text -> explain(text);
            case Picture(MediaRequest request, int index) -> request.explain("picture " + index);
            case Sound(MediaRequest request, int index) -> request.explain("sound " + index);
            case Display(String form, List<String> of) -> List.of("shows    " + form + " of " + String.join(", ", of));
        };
    }

    private static List<String> explain(Text text) {
        List<String> lines = new ArrayList<>();
        if (!text.prompt().isEmpty()) {
            lines.add("prompt   " + text.prompt());
        }
        text.sources().texts().forEach(source -> lines.add("from     " + source));
        text.fields().forEach((field, value) -> lines.add("field    " + field + ": " + value));
        lines.add("seed     " + text.seed() + ", text " + text.index());
        return lines;
    }

    /// What of it is compared with the recorded hash.
    default String substance() {
        return switch (this) {
            case Text _ -> "text";
            case Picture _, Display _ -> "pixels";
            case Sound _ -> "samples";
        };
    }

    /// Writes itself into a record of content.
    default void write(ObjectNode json) {
        json.put("kind", kind());
        switch (this) {
            case Text text -> write(text, json);
            case Picture(MediaRequest request, int index) -> request.write(json, index);
            case Sound(MediaRequest request, int index) -> request.write(json, index);
            case Display(String form, List<String> of) -> {
                json.put("form", form);
                of.forEach(json.putArray("of")::add);
            }
        }
    }

    /// Reads itself from a record; those that were written before there were pictures say no kind and are
    /// texts.
    ///
    /// @throws IllegalArgumentException where the kind is unknown
    static Making read(JsonNode json) {
        return switch (json.path("kind").asString("text")) {
            case "text" -> text(json);
            case "picture" ->
                new Picture(MediaRequest.read(json), json.path("index").asInt(0));
            case "sound" ->
                new Sound(MediaRequest.read(json), json.path("index").asInt(0));
            case "display" ->
                new Display(
                        json.path("form").asString(""),
                        json.path("of").valueStream().map(id -> id.asString("")).toList());
            default ->
                throw new IllegalArgumentException(
                        "the record's kind is \"%s\": expected text, picture, sound or display"
                                .formatted(json.path("kind").asString()));
        };
    }

    private static void write(Text text, ObjectNode json) {
        json.put("prompt", text.prompt());
        ObjectNode fields = json.putObject("fields");
        text.fields().forEach(fields::put);
        json.put("maximumTokens", text.maximumTokens());
        Sampling sampling = text.sampling();
        json.putObject("sampling")
                .put("repetitionPenalty", sampling.repetitionPenalty())
                .put("temperature", sampling.temperature())
                .put("topK", sampling.topK())
                .put("topP", sampling.topP())
                .put("minP", sampling.minP());
        json.put("seed", text.seed());
        json.put("index", text.index());
        if (!text.sources().texts().isEmpty()) {
            ObjectNode sources = json.putObject("from");
            text.sources().texts().forEach(sources.putArray("texts")::add);
            sources.put("steps", text.sources().steps());
        }
    }

    private static Text text(JsonNode json) {
        JsonNode sampling = json.path("sampling");
        JsonNode from = json.path("from");
        return new Text(
                json.path("prompt").asString(""),
                fields(json.path("fields")),
                json.path("maximumTokens").asInt(0),
                new Sampling(
                        sampling.path("repetitionPenalty").asDouble(1),
                        sampling.path("temperature").asDouble(1),
                        sampling.path("topK").asInt(0),
                        sampling.path("topP").asDouble(1),
                        sampling.path("minP").asDouble(0)),
                json.path("seed").asLong(0),
                json.path("index").asInt(0),
                new Content.Sources(
                        from.path("texts")
                                .valueStream()
                                .map(text -> text.asString(""))
                                .toList(),
                        from.path("steps").asInt(0)));
    }

    static SequencedMap<String, String> fields(JsonNode json) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            fields.put(field.getKey(), field.getValue().asString(""));
        }
        return fields;
    }

    static SequencedMap<String, String> copy(SequencedMap<String, String> fields) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }
}
