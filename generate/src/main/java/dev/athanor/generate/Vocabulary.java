package dev.athanor.generate;

import dev.athanor.data.Nearest;
import dev.athanor.model.SampleFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The values that a conditioned model has learnt, by field, as `values` in its card lists them. A field that
/// the card does not list takes any value: a product's name, say, rather than one of five tones.
record Vocabulary(Map<String, List<String>> values) {
    private static final int MOST_NAMED = 12;

    static Vocabulary of(JsonNode card) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        card.path("values").forEachEntry((field, list) -> {
            List<String> known = new ArrayList<>();
            list.forEach(value -> known.add(value.asString()));
            values.put(field, known);
        });
        return new Vocabulary(values);
    }

    /// Refuses fields that the model is not conditioned on, and values that it has not seen.
    void check(SampleFormat format, Map<String, String> wanted) {
        wanted.forEach((field, value) -> {
            if (format.fields().isEmpty()) {
                throw new IllegalArgumentException(
                        "field \"%s\" was given, but this model is not conditioned on any field: leave it out, or train with fields"
                                .formatted(field));
            }
            if (!format.fields().contains(field)) {
                throw new IllegalArgumentException("field \"%s\" is not one this model knows: %s"
                        .formatted(field, nearest(field, format.fields())));
            }
            List<String> known = values.getOrDefault(field, List.of());
            if (!known.isEmpty() && !known.contains(value)) {
                throw new IllegalArgumentException("%s \"%s\" is not a value this model has learnt: %s"
                        .formatted(field, value, nearest(value, known)));
            }
        });
    }

    private static String nearest(String given, Collection<String> known) {
        String some = known.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        String more = known.size() > MOST_NAMED ? " and %d more".formatted(known.size() - MOST_NAMED) : "";
        return "expected one of " + some + more + Nearest.hint(given, known);
    }
}
