package dev.athanor.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// How many of the values that a text was asked to be about it really says.
///
/// @param fields by field: how often it was asked for, and how often said
public record Coverage(SequencedMap<String, Share> fields) {

    /// @param asked texts that were asked to say a value of the field
    /// @param said those that do
    public record Share(long asked, long said) {
        public double share() {
            return (double) said / asked;
        }

        private Share plus(Share other) {
            return new Share(asked + other.asked, said + other.said);
        }
    }

    /// A text and what it was asked to be about.
    public record Asked(Map<String, String> values, String text) {}

    /// Measures texts; blank values ask for nothing.
    public static Coverage of(List<Asked> texts, CoverageRules rules) {
        SequencedMap<String, Share> fields = new LinkedHashMap<>();
        for (Asked asked : texts) {
            asked.values().forEach((field, value) -> {
                if (!value.isBlank()) {
                    boolean said = rules.said(field, value, asked.text());
                    fields.merge(field, new Share(1, said ? 1 : 0), Share::plus);
                }
            });
        }
        return new Coverage(fields);
    }

    /// The share over all fields, each value counting once; NaN where nothing was asked for.
    public double share() {
        long asked = fields.values().stream().mapToLong(Share::asked).sum();
        long said = fields.values().stream().mapToLong(Share::said).sum();
        return (double) said / asked;
    }
}
