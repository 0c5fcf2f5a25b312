package dev.athanor.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What tests look at in a version: all of its samples in memory.
final class Samples {
    private Samples() {}

    /// Those of a split in their order.
    static List<Sample> samples(Dataset dataset, Split split) {
        try (Stream<Sample> samples = dataset.samples(split)) {
            return samples.toList();
        }
    }

    /// Those of all splits by their ids, which is the order they were imported in.
    static List<Sample> samples(Dataset dataset) {
        List<Sample> samples = new ArrayList<>();
        for (Split split : Split.values()) {
            samples.addAll(samples(dataset, split));
        }
        samples.sort(Comparator.comparing(Sample::id));
        return samples;
    }

    static List<String> texts(Dataset dataset, Split split) {
        return samples(dataset, split).stream().map(Sample::text).toList();
    }

    static List<String> texts(Dataset dataset) {
        return samples(dataset).stream().map(Sample::text).toList();
    }
}
