package dev.athanor.train;

import java.time.Duration;

/// The learning rate over a run: linear growth, then half a cosine down (Loshchilov and Hutter 2017, equation 5,
/// without restarts).
///
/// @param rate the highest
/// @param warmup steps of growth
/// @param finalShare what it ends at, as a share of the highest
record Schedule(double rate, int warmup, double finalShare) {

    static Schedule of(TrainingPart training) {
        return new Schedule(training.rate(), training.warmup(), training.finalRate());
    }

    /// The rate of a step (from 0), when `done` of the budget is used, from 0 to 1.
    double at(long step, double done) {
        double growth = step < warmup ? (step + 1.0) / warmup : 1;
        double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
        return rate * Math.min(growth, finalShare + (1 - finalShare) * cosine);
    }

    /// How much of a run is allowed.
    sealed interface Budget {
        /// The share that is used, 1 or more when it is used up.
        double used(long step, Duration spent);

        record Steps(long steps) implements Budget {
            @Override
            public double used(long step, Duration spent) {
                return (double) step / steps;
            }
        }

        record Time(Duration time) implements Budget {
            @Override
            public double used(long step, Duration spent) {
                return (double) spent.toNanos() / time.toNanos();
            }
        }

        static Budget of(TrainingPart training, double stepsInEpoch) {
            if (training.minutes() > 0) {
                return new Time(Duration.ofMillis(Math.round(training.minutes() * 60_000)));
            }
            return new Steps(
                    training.steps() > 0
                            ? training.steps()
                            : Math.max(1, Math.round(training.epochs() * stepsInEpoch)));
        }
    }
}
