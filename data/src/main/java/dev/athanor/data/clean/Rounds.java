package dev.athanor.data.clean;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// A pipeline, cut at the steps that remember: between them lie rounds, in which every sample is treated by
/// itself. Whoever runs the rounds says between one and the next which samples repeat an earlier one.
///
/// @param nanoTime as [System#nanoTime]
public record Rounds(List<Step> steps, Surroundings around, LongSupplier nanoTime) {

    /// @throws IllegalArgumentException for a step that is not for such samples, or lacks an option
    public Rounds {
        steps = List.copyOf(steps);
        for (Step step : steps) {
            if (!step.suits(around.kind())) {
                throw new IllegalArgumentException("the step %s is not for samples of the kind %s: leave it out"
                        .formatted(step.name(), around.kind().word()));
            }
            step.open(around);
        }
    }

    /// How many there are: one more than there are steps that remember.
    public int count() {
        return remembering().length + 1;
    }

    /// Makes a round ready for one thread.
    ///
    /// @param number from 0
    public Round open(int number) {
        return new Round(this, number);
    }

    /// The numbers of the steps that remember.
    int[] remembering() {
        return IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).remembers())
                .toArray();
    }
}
