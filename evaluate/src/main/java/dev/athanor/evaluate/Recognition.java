package dev.athanor.evaluate;

import java.util.ArrayList;
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
/// @param right samples whose asked-for label was recognised
/// @param asked samples
/// @param byLabel the same for each label, in alphabetical order
/// @param confusions the errors, most frequent first
/// @param missing labels that were asked for and never recognised in any sample
public record Recognition(
        String judge,
        int right,
        int asked,
        Map<String, Count> byLabel,
        List<Confusion> confusions,
        List<String> missing) {
    public Recognition {
        byLabel = Collections.unmodifiableMap(new LinkedHashMap<>(byLabel));
        confusions = List.copyOf(confusions);
        missing = List.copyOf(missing);
    }

    /// Samples of one label.
    public record Count(int right, int asked) {
        public double share() {
            return (double) right / asked;
        }
    }

    /// Samples of one label that were taken for another.
    public record Confusion(String asked, String recognised, int count) {}

    /// @param asked the labels asked for, one for each sample
    /// @param recognised the labels that the judge gave the same samples
    public static Recognition of(String judge, List<String> asked, List<String> recognised) {
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("no sample for %s to recognise: give at least one".formatted(judge));
        }
        if (asked.size() != recognised.size()) {
            throw new IllegalArgumentException(
                    "%,d labels asked for but %,d recognised by %s: give one of each for every sample"
                            .formatted(asked.size(), recognised.size(), judge));
        }
        Map<String, Count> byLabel = new TreeMap<>();
        Map<Confusion, Integer> errors = new LinkedHashMap<>();
        int right = 0;
        for (int i = 0; i < asked.size(); i++) {
            int hit = asked.get(i).equals(recognised.get(i)) ? 1 : 0;
            right += hit;
            byLabel.merge(asked.get(i), new Count(hit, 1), (a, b) -> new Count(a.right + b.right, a.asked + b.asked));
            if (hit == 0) {
                errors.merge(new Confusion(asked.get(i), recognised.get(i), 0), 1, Integer::sum);
            }
        }
        List<Confusion> confusions = new ArrayList<>();
        errors.forEach((pair, count) -> confusions.add(new Confusion(pair.asked, pair.recognised, count)));
        confusions.sort(Comparator.comparingInt(Confusion::count)
                .reversed()
                .thenComparing(Confusion::asked)
                .thenComparing(Confusion::recognised));
        Set<String> seen = new HashSet<>(recognised);
        List<String> missing =
                byLabel.keySet().stream().filter(label -> !seen.contains(label)).toList();
        return new Recognition(judge, right, asked.size(), byLabel, confusions, missing);
    }

    public double share() {
        return (double) right / asked;
    }
}
