package dev.athanor.data.clean;

import dev.athanor.data.Sample;

/// A sample on its way through a pipeline.
///
/// @param row its number among all samples that came
/// @param changed whether a step changed it
/// @param repeated whether it is to be dropped by the step that remembers, before the next [Round]
public record Passing(long row, Sample sample, boolean changed, boolean repeated) {

    /// One that comes from the dataset.
    public static Passing first(long row, Sample sample) {
        return new Passing(row, sample, false, false);
    }

    /// The same, repeating an earlier one.
    public Passing repeating() {
        return new Passing(row, sample, changed, true);
    }

    /// As [Sample#weight] has it.
    public long weight() {
        return sample.weight();
    }

    Passing become(Sample next) {
        return next == sample ? this : new Passing(row, next, true, repeated);
    }
}
