package dev.athanor.data.clean;

import java.util.SequencedMap;
import java.util.TreeMap;

/// What a treatment counts beside changes and drops, by name, until it is asked.
final class Counter {
    private SequencedMap<String, Long> counts = new TreeMap<>();

    void add(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    /// The counts since this was called last.
    SequencedMap<String, Long> drain() {
        SequencedMap<String, Long> drained = counts;
        counts = new TreeMap<>();
        return drained;
    }
}
