package dev.athanor.model;

import dev.athanor.data.Nearest;
import dev.athanor.data.Sample;
import dev.athanor.data.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a model of pictures can be told to make.
///
/// @param fields the fields that it knows, each with all values that it has learnt
/// @param captionLength tokens of the longest caption; 0: it reads none
/// @param sound how its pictures are spectrograms of sounds; empty where they are pictures
public record ImageFormat(List<Field> fields, int captionLength, Optional<SoundForm> sound) implements Form {

    /// The field that holds what a sound says, where that is one of a closed set of words.
    public static final String WORDS = "words";

    /// @param values in the order of their numbers, which begin with 1
    public record Field(String name, List<String> values) {
        public Field {
            values = List.copyOf(values);
        }

        /// The number of a value, 0 for none.
        ///
        /// @throws IllegalArgumentException for a value that was not learnt, with the nearest one
        public int number(String value) {
            if (value.isEmpty()) {
                return 0;
            }
            int place = values.indexOf(value);
            if (place < 0) {
                throw new IllegalArgumentException("%s \"%s\" was not learnt%s; known are %s"
                        .formatted(name, value, Nearest.hint(value, values), shown()));
            }
            return 1 + place;
        }

        private String shown() {
            int most = 40;
            return String.join(", ", values.subList(0, Math.min(most, values.size())))
                    + (values.size() > most ? " and %d more".formatted(values.size() - most) : "");
        }
    }

    public ImageFormat {
        fields = List.copyOf(fields);
    }

    /// Of pictures that are no spectrograms.
    public ImageFormat(List<Field> fields, int captionLength) {
        this(fields, captionLength, Optional.empty());
    }

    /// How many values each field has: what the model's configuration calls classes.
    public List<Integer> classes() {
        return fields.stream().map(field -> field.values().size()).toList();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /// The numbers of what is asked for, one for each field; 0 where it is left open.
    ///
    /// @throws IllegalArgumentException for a field or value that the model does not know
    public int[] asked(Map<String, String> values) {
        for (String name : values.keySet()) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("this model was not trained on the field \"%s\"%s; it knows %s"
                        .formatted(
                                name,
                                Nearest.hint(name, names()),
                                fields.isEmpty() ? "no fields" : String.join(", ", names())));
            }
        }
        return fields.stream()
                .mapToInt(field -> field.number(values.getOrDefault(field.name(), "")))
                .toArray();
    }

    /// The numbers of a sample that is learnt from or looked at; a value that the model has no number for stays
    /// open.
    public int[] given(Sample sample) {
        return fields.stream()
                .mapToInt(field -> 1 + field.values().indexOf(value(sample, field.name())))
                .toArray();
    }

    /// What a sample says of a field, empty where it says nothing.
    public String value(Sample sample, String field) {
        boolean said = sound.isPresent() && field.equals(WORDS);
        return said ? sample.text() : sample.fields().getOrDefault(field, "");
    }

    /// The tokens of a caption in the model's room, 0 behind its end.
    ///
    /// @throws IllegalArgumentException where it is longer
    public int[] caption(Tokenizer tokenizer, String caption) {
        int[] tokens = tokenizer.encode(caption);
        if (tokens.length > captionLength) {
            throw new IllegalArgumentException(
                    "the prompt has %d tokens and the longest caption that this model has learnt has %d: shorten it"
                            .formatted(tokens.length, captionLength));
        }
        int[] padded = new int[captionLength];
        System.arraycopy(tokens, 0, padded, 0, tokens.length);
        return padded;
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> {
            ObjectNode entry = json.withArray("fields").addObject().put("name", field.name());
            field.values().forEach(entry.putArray("values")::add);
        });
        json.put("captionLength", captionLength);
        sound.ifPresent(form -> form.write(json.putObject("sound")));
        return json;
    }

    static ImageFormat fromJson(JsonNode json) {
        List<Field> fields = new ArrayList<>();
        json.path("fields")
                .forEach(field -> fields.add(new Field(
                        field.path("name").asString(""),
                        field.path("values")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList())));
        return new ImageFormat(
                fields,
                json.path("captionLength").asInt(0),
                json.has("sound") ? Optional.of(SoundForm.read(json.path("sound"))) : Optional.empty());
    }
}
