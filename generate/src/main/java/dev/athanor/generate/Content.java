package dev.athanor.generate;

import dev.athanor.data.Hashes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One generated piece and all that led to it: a line of the ledger.
///
/// @param id unique, `c-` and 16 hexadecimal digits
/// @param making what was asked for
/// @param sha256 of the text without marks, see [#hash]
/// @param file where it was written, empty where it was only shown
public record Content(String id, Instant time, Origin origin, Making making, String sha256, String file) {

    /// What was asked for; with the model it makes the same text again.
    ///
    /// @param index which of the texts of the request, from 0
    /// @param sources the texts that a vae started from; empty for a text from a prompt
    public record Making(
            String prompt,
            SequencedMap<String, String> fields,
            int maximumTokens,
            Sampling sampling,
            long seed,
            int index,
            Sources sources) {
        public Making {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        static Making of(TextRequest request, int index, Sources sources) {
            return new Making(
                    request.prompt(),
                    request.fields(),
                    request.maximumTokens(),
                    request.sampling(),
                    request.seed().value(),
                    index,
                    sources);
        }
    }

    /// What a vae made a text from: nothing, one text that it wrote again, or two that it went between.
    ///
    /// @param steps how many texts there were from the first to the last
    public record Sources(List<String> texts, int steps) {
        public static final Sources NONE = new Sources(List.of(), 0);

        public Sources {
            texts = List.copyOf(texts);
        }
    }

    /// SHA-256 of a text in UTF-8; line endings do not count, as mail and editors change them.
    static String hash(String text) {
        return Hashes.sha256(text.replace("\r\n", "\n"));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("time", time.toString());
        origin.write(json);
        json.put("prompt", making.prompt());
        ObjectNode fields = json.putObject("fields");
        making.fields().forEach(fields::put);
        json.put("maximumTokens", making.maximumTokens());
        Sampling sampling = making.sampling();
        json.putObject("sampling")
                .put("repetitionPenalty", sampling.repetitionPenalty())
                .put("temperature", sampling.temperature())
                .put("topK", sampling.topK())
                .put("topP", sampling.topP())
                .put("minP", sampling.minP());
        json.put("seed", making.seed());
        json.put("index", making.index());
        if (!making.sources().texts().isEmpty()) {
            ObjectNode sources = json.putObject("from");
            making.sources().texts().forEach(sources.putArray("texts")::add);
            sources.put("steps", making.sources().steps());
        }
        json.put("sha256", sha256);
        json.put("file", file);
        return json;
    }

    /// @throws IllegalArgumentException where it is not such a record
    static Content read(JsonNode json) {
        JsonNode sampling = json.path("sampling");
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.path("fields").properties()) {
            fields.put(field.getKey(), field.getValue().asString(""));
        }
        String id = json.path("id").asString("");
        if (!AiMark.isId(id)) {
            throw new IllegalArgumentException(
                    "the record's id is \"%s\": expected c- and 16 hexadecimal digits".formatted(id));
        }
        Making making = new Making(
                json.path("prompt").asString(""),
                fields,
                json.path("maximumTokens").asInt(0),
                new Sampling(
                        sampling.path("repetitionPenalty").asDouble(1),
                        sampling.path("temperature").asDouble(1),
                        sampling.path("topK").asInt(0),
                        sampling.path("topP").asDouble(1),
                        sampling.path("minP").asDouble(0)),
                json.path("seed").asLong(0),
                json.path("index").asInt(0),
                new Sources(
                        json.path("from")
                                .path("texts")
                                .valueStream()
                                .map(text -> text.asString(""))
                                .toList(),
                        json.path("from").path("steps").asInt(0)));
        return new Content(
                id,
                time(json.path("time").asString("")),
                Origin.read(json),
                making,
                json.path("sha256").asString(""),
                json.path("file").asString(""));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException broken) {
            throw new IllegalArgumentException(
                    "the record's time is \"%s\": expected the form 2026-01-31T12:00:00Z".formatted(text), broken);
        }
    }
}
