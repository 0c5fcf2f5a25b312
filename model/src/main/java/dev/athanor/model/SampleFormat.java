package dev.athanor.model;

import dev.athanor.data.Sample;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How a sample becomes tokens: the same in training, evaluation and generation.
///
/// @param arrangement whether samples stand alone or run on as one text
/// @param fields the fields that the model is conditioned on, in their order; empty where it is not
/// @param verbatim those of them whose values are said as they are, names for example: the model reads and
///     writes a slot in their place, so that it can say values it has never seen (delexicalisation: Wen et al.
///     2015)
public record SampleFormat(Arrangement arrangement, List<String> fields, List<String> verbatim) implements Form {

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
        verbatim = List.copyOf(verbatim);
        if (!fields.containsAll(verbatim)) {
            throw new IllegalArgumentException(
                    "verbatim %s names what is not among the fields %s: a value can only be said again where it is given"
                            .formatted(verbatim, fields));
        }
        if (arrangement == Arrangement.STREAM && !fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "fields %s with arrangement stream: a running text has no fields; use arrangement documents"
                            .formatted(fields));
        }
    }

    /// With nothing said verbatim.
    public SampleFormat(Arrangement arrangement, List<String> fields) {
        this(arrangement, fields, List.of());
    }

    /// What stands in a text for the value of each field that is said verbatim and given, longest value first:
    /// one may be part of another.
    public SequencedMap<String, String> slots(Map<String, String> values) {
        SequencedMap<String, String> slots = new LinkedHashMap<>();
        verbatim.stream()
                .filter(field -> !values.getOrDefault(field, "").isBlank())
                .sorted(Comparator.comparing(
                        (String field) -> -values.get(field).length()))
                .forEach(field -> slots.put(slot(field), values.get(field)));
        return slots;
    }

    /// What becomes of every slot that a model may write: the value where one is given, else a blank.
    public SequencedMap<String, String> fillings(Map<String, String> values) {
        SequencedMap<String, String> fillings = slots(values);
        open(values).forEach(field -> fillings.put(slot(field), blank(field)));
        return fillings;
    }

    /// The fields that are said verbatim and not given: a text may speak of them all the same.
    public List<String> open(Map<String, String> values) {
        return verbatim.stream()
                .filter(field -> values.getOrDefault(field, "").isBlank())
                .toList();
    }

    /// What a text has where a field is left open, for people to fill in.
    public static String blank(String field) {
        return "[" + field + "]";
    }

    private static String slot(String field) {
        return "⟦" + field + "⟧";
    }

    /// A text as the model reads it, with slots in place of values.
    public String read(String text, Map<String, String> values) {
        for (Map.Entry<String, String> slot : slots(values).entrySet()) {
            text = text.replace(slot.getValue(), slot.getKey());
        }
        return text;
    }

    /// The tokens of one sample, whole.
    public int[] sample(Tokenizer tokenizer, Sample sample) {
        int[] text = tokenizer.encode(read(sample.text(), sample.fields()));
        if (arrangement == Arrangement.STREAM) {
            return text;
        }
        return join(List.of(opening(tokenizer, sample.fields()), text, one(tokenizer, Special.END)));
    }

    /// The tokens that a text starts from: what stands before it in training, and its first words.
    ///
    /// @param values what the text shall be about, by field; fields left out are left open
    public int[] prompt(Tokenizer tokenizer, Map<String, String> values, String words) {
        int[] text = tokenizer.encode(read(words, values));
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
                    parts.add(tokenizer.encode(verbatim.contains(field) ? slot(field) : value));
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

    @Override
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("arrangement", arrangement.word());
        fields.forEach(json.putArray("fields")::add);
        if (!verbatim.isEmpty()) {
            verbatim.forEach(json.putArray("verbatim")::add);
        }
        return json;
    }

    /// Reads the `athanor` entry of `config.json`. A folder made elsewhere has none: it is taken as documents
    /// without fields, which is how language models are usually trained.
    static SampleFormat fromJson(JsonNode json) {
        String word = json.path("arrangement").asString("documents");
        List<String> fields = new ArrayList<>();
        json.path("fields").forEach(field -> fields.add(field.asString()));
        List<String> verbatim = new ArrayList<>();
        json.path("verbatim").forEach(field -> verbatim.add(field.asString()));
        return new SampleFormat(
                Stream.of(Arrangement.values())
                        .filter(arrangement -> arrangement.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new ModelException(
                                "config.json says arrangement \"%s\": expected documents, separate or stream"
                                        .formatted(word))),
                fields,
                verbatim);
    }
}
