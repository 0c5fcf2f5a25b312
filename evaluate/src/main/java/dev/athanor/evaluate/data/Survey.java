package dev.athanor.evaluate.data;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a walk over all samples of a version finds. Memory holds counts and the few samples that are shown.
final class Survey {
    /// From these lengths on, in characters, a text falls into the next bin.
    static final int[] BINS = {0, 1, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000};

    private final long[] lengths = new long[BINS.length];
    private final SequencedMap<String, Long> scripts = new TreeMap<>();
    private final Map<Split, SequencedMap<String, Long>> labels = new EnumMap<>(Split.class);
    private final List<Sample> shown = new ArrayList<>();
    private final String label;
    private long unlabelled;

    private Survey(String label) {
        this.label = label;
    }

    /// @param shown samples to show from each split, from all over it
    static Survey of(Dataset dataset, int shown) {
        Survey survey = new Survey(dataset.manifest().label());
        for (Split split : Split.values()) {
            long count = dataset.count(split);
            long every = Math.max(1, count / Math.max(1, shown));
            long number = 0;
            try (Stream<Sample> samples = dataset.samples(split)) {
                for (Sample sample : (Iterable<Sample>) samples::iterator) {
                    survey.take(split, sample);
                    if (number % every == every / 2 && number / every < shown) {
                        survey.shown.add(sample);
                    }
                    number++;
                }
            }
        }
        return survey;
    }

    private void take(Split split, Sample sample) {
        String text = sample.text();
        lengths[bin(text.codePointCount(0, text.length()))]++;
        if (!text.isEmpty()) {
            scripts.merge(script(text), 1L, Long::sum);
        }
        String value = sample.fields().getOrDefault(label, "");
        if (value.isEmpty()) {
            unlabelled++;
        } else {
            labels.computeIfAbsent(split, _ -> new TreeMap<>()).merge(value, 1L, Long::sum);
        }
    }

    private static int bin(int length) {
        int bin = 0;
        while (bin + 1 < BINS.length && length >= BINS[bin + 1]) {
            bin++;
        }
        return bin;
    }

    /// The writing that most letters of a text belong to.
    private static String script(String text) {
        Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .limit(500) // enough to tell
                .forEach(letter -> counts.merge(UnicodeScript.of(letter), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> name(most.getKey()))
                .orElse("no letters");
    }

    private static String name(UnicodeScript script) {
        return switch (script) {
            case HAN -> "Chinese characters";
            case LATIN -> "Latin letters";
            default -> script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT);
        };
    }

    /// Texts by bin of [#BINS].
    long[] lengths() {
        return lengths;
    }

    /// Samples by the writing that most of their letters belong to.
    SequencedMap<String, Long> scripts() {
        return scripts;
    }

    /// Samples of a split by their label.
    SequencedMap<String, Long> labels(Split split) {
        return labels.getOrDefault(split, new TreeMap<>());
    }

    /// Samples without a label.
    long unlabelled() {
        return unlabelled;
    }

    /// Some from all over the splits.
    List<Sample> shown() {
        return shown;
    }
}
