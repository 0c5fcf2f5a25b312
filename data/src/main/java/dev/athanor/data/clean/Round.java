package dev.athanor.data.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/// The part of a pipeline from one step that remembers, whose verdicts are carried out, to the next, for which
/// keys are made. It is at work in one thread.
///
/// Where personal data is replaced, examples have it replaced, too, those of earlier steps included.
public final class Round {
    private final List<Step> steps;
    private final int firstStep;
    private final Optional<Memory> before;
    private final List<Treatment> between;
    private final Optional<Memory> behind;
    private final UnaryOperator<String> hide;
    private final LongSupplier nanoTime;

    /// What became of some samples.
    ///
    /// @param left those that no step dropped, in their order
    /// @param keys of these for the step that remembers behind the round; none behind the last one
    /// @param report what the steps of the round did to these
    public record Result(List<Passing> left, long[] keys, CleaningReport report) {}

    Round(Rounds rounds, int number) {
        int[] remembering = rounds.remembering();
        this.steps = rounds.steps();
        this.firstStep = number == 0 ? 0 : remembering[number - 1];
        int end = number == remembering.length ? steps.size() : remembering[number] + 1;
        List<Treatment> treatments = new ArrayList<>();
        steps.subList(firstStep, end).forEach(step -> treatments.add(step.open(rounds.around())));
        this.before = number == 0 ? Optional.empty() : Optional.of((Memory) treatments.removeFirst());
        this.behind = number == remembering.length ? Optional.empty() : Optional.of((Memory) treatments.removeLast());
        this.between = List.copyOf(treatments);
        this.hide = steps.stream()
                .filter(Personal.class::isInstance)
                .map(step -> ((Personal) step).hiding(rounds.around()))
                .reduce(UnaryOperator.identity(), (first, next) -> text -> next.apply(first.apply(text)));
        this.nanoTime = rounds.nanoTime();
    }

    /// Whether it only carries out verdicts, which takes no time.
    public boolean isBare() {
        return between.isEmpty() && behind.isEmpty();
    }

    /// The step that remembers behind it, for whoever says what is repeated.
    Optional<Memory> behind() {
        return behind;
    }

    /// Treats samples that follow each other.
    ///
    /// @param enough what needs no examples, by the number of the step
    public Result treat(List<Passing> samples, List<Tally.Enough> enough) {
        Work work = new Work(samples.size(), enough);
        samples.forEach(work::treat);
        return work.result();
    }

    /// Some samples at work.
    private final class Work {
        private final CleaningReport report;
        private final List<Passing> left;
        private final long[] keys;
        private long now;

        Work(int samples, List<Tally.Enough> enough) {
            this.left = new ArrayList<>(samples);
            this.keys = new long[behind.isPresent() ? samples : 0];
            this.report = new CleaningReport(steps, enough);
        }

        void treat(Passing sample) {
            now = nanoTime.getAsLong();
            int step = firstStep;
            Passing current = sample;
            if (before.isPresent()) {
                if (count(step++, current, before.get().of(current)) instanceof Outcome.Dropped) {
                    return;
                }
            }
            for (Treatment treatment : between) {
                switch (count(step++, current, treatment.of(current.sample()))) {
                    case Outcome.Kept(var next) -> current = current.become(next);
                    case Outcome.Dropped _ -> {
                        return;
                    }
                }
            }
            if (behind.isPresent()) {
                keys[left.size()] = behind.get().key(current.sample());
                spend(step);
            }
            left.add(current);
        }

        private Outcome count(int step, Passing sample, Outcome outcome) {
            spend(step);
            report.tally(step).count(sample.sample(), outcome, hide);
            return outcome;
        }

        private void spend(int step) {
            long after = nanoTime.getAsLong();
            report.tally(step).spend(after - now);
            now = after;
        }

        Result result() {
            int step = firstStep + (before.isPresent() ? 1 : 0);
            for (Treatment treatment : between) {
                report.tally(step++).find(treatment.drainFound());
            }
            return new Result(left, behind.isPresent() ? Arrays.copyOf(keys, left.size()) : keys, report);
        }
    }
}
