package dev.athanor.data.clean;

import dev.athanor.data.Batches;
import dev.athanor.data.InOrder;
import dev.athanor.data.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// Steps at work on one dataset, one after the other on each sample, in several threads. What comes out, and
/// the report, are the same whatever their number.
///
/// Samples go in batches: each [Round] of the pipeline treats several of them side by side, and between rounds
/// they pass in order by the step that remembers.
public final class Pipeline implements AutoCloseable {
    private final CleaningReport report;
    private final List<Stage> stages;
    private Kept kept = _ -> {};
    private long row;

    /// Takes samples that came through.
    @FunctionalInterface
    public interface Kept {
        void take(Sample sample) throws IOException;
    }

    /// @param processors how many threads work at most
    public Pipeline(Rounds rounds, int processors) {
        this.report = new CleaningReport(rounds.steps());
        this.stages = IntStream.range(0, rounds.count())
                .mapToObj(number -> new Stage(rounds, number, processors))
                .toList();
    }

    /// Treats samples that follow those before.
    ///
    /// @param whatIsLeft gets what comes through, in order and in the calling thread; all of it when this
    ///     returns
    public void treat(Iterator<Sample> samples, Kept whatIsLeft) throws IOException {
        kept = whatIsLeft;
        Batches<Passing> batches =
                new Batches<>(Passing::weight, (batch, _) -> stages.getFirst().give(batch));
        while (samples.hasNext()) {
            batches.add(Passing.first(row++, samples.next()));
        }
        batches.finish();
        for (Stage stage : stages) {
            stage.work.finish();
        }
    }

    /// What every step did so far.
    public CleaningReport report() {
        return report;
    }

    @Override
    public void close() {
        stages.forEach(stage -> stage.work.close());
    }

    /// One round, several times, and what remembers behind it.
    private final class Stage {
        private final Rounds rounds;
        private final int number;
        private final InOrder<Round.Result> work;
        private final ConcurrentLinkedQueue<Round> idle = new ConcurrentLinkedQueue<>();
        private final Round first;

        Stage(Rounds rounds, int number, int processors) {
            this.rounds = rounds;
            this.number = number;
            this.first = rounds.open(number);
            this.work = new InOrder<>(processors, this::pass);
            idle.add(first);
        }

        void give(List<Passing> batch) throws IOException {
            List<Tally.Enough> enough = report.enough();
            if (first.isBare()) {
                pass(first.treat(batch, enough));
            } else {
                work.give(batch.stream().mapToLong(Passing::weight).sum(), () -> treat(batch, enough));
            }
        }

        private Round.Result treat(List<Passing> batch, List<Tally.Enough> enough) {
            Round taken = idle.poll();
            Round round = taken == null ? rounds.open(number) : taken;
            Round.Result result = round.treat(batch, enough);
            idle.add(round);
            return result;
        }

        private void pass(Round.Result result) throws IOException {
            report.add(result.report());
            if (first.behind().isEmpty()) {
                for (Passing sample : result.left()) {
                    report.keep(sample);
                    kept.take(sample.sample());
                }
            } else {
                stages.get(number + 1).give(judged(result, first.behind().get()));
            }
        }

        private static List<Passing> judged(Round.Result result, Memory memory) {
            List<Passing> judged = new ArrayList<>(result.left().size());
            for (int i = 0; i < result.left().size(); i++) {
                Passing sample = result.left().get(i);
                judged.add(memory.isFirst(result.keys()[i]) ? sample : sample.repeating());
            }
            return judged;
        }
    }
}
