package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// One step of a pipeline as it is configured: a record whose components are the options that a file of steps
/// may give, with [About] on it and on each of them. What it remembers while it works is in its [Treatment].
public sealed interface Step extends Serializable
        permits C4,
                Chinese,
                Control,
                Duplicates,
                FineWeb,
                Html,
                Language,
                Length,
                Matching,
                Perplexity,
                Personal,
                Pictures,
                Quality,
                Repetition,
                Sounds,
                Unicode,
                Whitespace {

    /// As files of steps and reports call it.
    default String name() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// Whether samples of a kind have what it looks at. Steps that change texts change captions, too.
    default boolean suits(Kind kind) {
        return kind.hasText();
    }

    /// Whether it drops what was there before. Such a step is opened as a [Memory]; all others look at each
    /// sample alone, so that samples may be treated side by side, each by one of several treatments.
    default boolean remembers() {
        return false;
    }

    /// What people are told of what it counted.
    ///
    /// @param found counts by name, of all samples
    default SequencedMap<String, Number> told(Map<String, Long> found) {
        return new TreeMap<>(found);
    }

    /// Makes ready for samples of one dataset.
    ///
    /// @throws IllegalArgumentException where an option that has no default was not given
    Treatment open(Surroundings around);
}
