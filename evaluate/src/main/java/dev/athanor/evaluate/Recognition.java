package dev.athanor.evaluate;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How often an independent judge, a classifier that had no part in making the samples, recognises the label
/// that was asked for. Beside it belongs the same over real samples: the judge errs, too.
///
/// @param judge who recognises, for example `classifier fashion-judge`
/// @param field whose value it recognises: the label
/// @param right samples whose asked-for label was recognised
/// @param asked samples
/// @param byField the same for each value of each field that the samples were told, the judged field first, values
///     in alphabetical order
/// @param confusions the errors, most frequent first
/// @param missing labels that were asked for and never recognised in any sample
public record Recognition(
        String judge,
        String field,
        int right,
        int asked,
        Map<String, Map<String, Count>> byField,
        List<Confusion> confusions,
        List<String> missing) {
    public Recognition {
        Map<String, Map<String, Count>> copy = new LinkedHashMap<>();
        byField.forEach((name, values) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
        byField = Collections.unmodifiableMap(copy);
        confusions = List.copyOf(confusions);
        missing = List.copyOf(missing);
    }

    /// Samples that were told one value.
    ///
    /// @param right those whose label was recognised
    public record Count(int right, int asked) {
        Count and(Count other) {
            return new Count(right + other.right, asked + other.asked);
        }

        public double share() {
            return (double) right / asked;
        }
    }

    /// Samples of one label that were taken for another.
    public record Confusion(String asked, String recognised, int count) {}

    /// @param field the one whose value the judge knows; every sample was told it
    /// @param told of each sample, all fields
    /// @param recognised the labels that the judge gave the same samples
    public static Recognition of(
            String judge, String field, List<? extends Map<String, String>> told, List<String> recognised) {
        if (told.isEmpty()) {
            throw new IllegalArgumentException("no sample for %s to recognise: give at least one".formatted(judge));
        }
        if (told.size() != recognised.size()) {
            throw new IllegalArgumentException("%,d samples asked for but %,d recognised by %s: give one of each"
                    .formatted(told.size(), recognised.size(), judge));
        }
        Map<String, Map<String, Count>> byField = new LinkedHashMap<>(Map.of(field, new TreeMap<>()));
        Map<Confusion, Integer> errors = new LinkedHashMap<>();
        for (int i = 0; i < told.size(); i++) {
            String label = told.get(i).get(field);
            boolean hit = label.equals(recognised.get(i));
            Count one = new Count(hit ? 1 : 0, 1);
            told.get(i)
                    .forEach((name, value) ->
                            byField.computeIfAbsent(name, _ -> new TreeMap<>()).merge(value, one, Count::and));
            if (!hit) {
                errors.merge(new Confusion(label, recognised.get(i), 0), 1, Integer::sum);
            }
        }
        Map<String, Count> labels = byField.get(field);
        Count all = labels.values().stream().reduce(Count::and).orElseThrow();
        Set<String> seen = new HashSet<>(recognised);
        List<String> missing =
                labels.keySet().stream().filter(label -> !seen.contains(label)).toList();
        return new Recognition(judge, field, all.right, all.asked, byField, mostFrequentFirst(errors), missing);
    }

    private static List<Confusion> mostFrequentFirst(Map<Confusion, Integer> errors) {
        return errors.entrySet().stream()
                .map(error -> new Confusion(error.getKey().asked, error.getKey().recognised, error.getValue()))
                .sorted(Comparator.comparingInt(Confusion::count)
                        .reversed()
                        .thenComparing(Confusion::asked)
                        .thenComparing(Confusion::recognised))
                .toList();
    }

    public double share() {
        return (double) right / asked;
    }
}
