package dev.athanor.model;

import dev.athanor.data.Sample;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How a sample becomes tokens: the same in training, evaluation and generation.
///
/// @param arrangement whether samples stand alone or run on as one text
/// @param fields the fields that the model is conditioned on, in their order; empty where it is not
public record SampleFormat(Arrangement arrangement, List<String> fields) {

    public enum Arrangement {
        /// Each sample by itself: `BEGIN (FIELD name VALUE value)* TEXT text END`, or `BEGIN text END` without
        /// fields.
        DOCUMENTS,
        /// The same, and each sample is also read alone: its first token is always the first that the model
        /// sees. What stands where in a text is then easier to learn, as for verse; short samples leave room
        /// unused.
        SEPARATE,
        /// One long text without marks.
        STREAM;

        /// As a recipe says it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether samples have a beginning and an end.
    public boolean isMarked() {
        return arrangement != Arrangement.STREAM;
    }

    public SampleFormat {
        fields = List.copyOf(fields);
        if (arrangement == Arrangement.STREAM && !fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "fields %s with arrangement stream: a running text has no fields; use arrangement documents"
                            .formatted(fields));
        }
    }

    /// The tokens of one sample, whole.
    public int[] sample(Tokenizer tokenizer, Sample sample) {
        int[] text = tokenizer.encode(sample.text());
        if (arrangement == Arrangement.STREAM) {
            return text;
        }
        return join(List.of(opening(tokenizer, sample.fields()), text, one(tokenizer, Special.END)));
    }

    /// The tokens that a text starts from: what stands before it in training, and its first words.
    ///
    /// @param values what the text shall be about, by field; fields left out are left open
    public int[] prompt(Tokenizer tokenizer, Map<String, String> values, String words) {
        int[] text = tokenizer.encode(words);
        return arrangement == Arrangement.STREAM ? text : join(List.of(opening(tokenizer, values), text));
    }

    private int[] opening(Tokenizer tokenizer, Map<String, String> values) {
        List<int[]> parts = new ArrayList<>();
        tokenizer.id(Special.BEGIN).ifPresent(id -> parts.add(new int[] {id}));
        if (!fields.isEmpty()) {
            for (String field : fields) {
                String value = values.getOrDefault(field, "");
                if (!value.isBlank()) {
                    parts.add(one(tokenizer, Special.FIELD));
                    parts.add(tokenizer.encode(field));
                    parts.add(one(tokenizer, Special.VALUE));
                    parts.add(tokenizer.encode(value));
                }
            }
            parts.add(one(tokenizer, Special.TEXT));
        }
        return join(parts);
    }

    private static int[] one(Tokenizer tokenizer, Special special) {
        return new int[] {
            tokenizer
                    .id(special)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "this tokenizer has no token %s: train one here, or use arrangement stream"
                                    .formatted(special.content())))
        };
    }

    private static int[] join(List<int[]> parts) {
        return parts.stream().flatMapToInt(IntStream::of).toArray();
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("arrangement", arrangement.word());
        fields.forEach(json.putArray("fields")::add);
        return json;
    }

    /// Reads the `athanor` entry of `config.json`. A folder made elsewhere has none: it is taken as documents
    /// without fields, which is how language models are usually trained.
    static SampleFormat fromJson(JsonNode json) {
        String word = json.path("arrangement").asString("documents");
        List<String> fields = new ArrayList<>();
        json.path("fields").forEach(field -> fields.add(field.asString()));
        return new SampleFormat(
                Stream.of(Arrangement.values())
                        .filter(arrangement -> arrangement.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new ModelException(
                                "config.json says arrangement \"%s\": expected documents, separate or stream"
                                        .formatted(word))),
                fields);
    }
}
