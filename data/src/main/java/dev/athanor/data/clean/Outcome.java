package dev.athanor.data.clean;

import dev.athanor.data.Sample;

/// What a step makes of a sample.
sealed interface Outcome {
    /// It goes on, as it was or changed.
    record Kept(Sample sample) implements Outcome {}

    /// It goes no further.
    ///
    /// @param reason one of few, for samples are counted by it: it never names the sample
    record Dropped(String reason) implements Outcome {}
}
