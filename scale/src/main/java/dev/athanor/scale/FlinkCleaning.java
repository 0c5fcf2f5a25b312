package dev.athanor.scale;

import dev.athanor.data.Batches;
import dev.athanor.data.Dataset;
import dev.athanor.data.Engine;
import dev.athanor.data.Sample;
import dev.athanor.data.Section;
import dev.athanor.data.Split;
import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.Passing;
import dev.athanor.data.clean.Round;
import dev.athanor.data.clean.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Steps at work on Flink. Each round of the pipeline is a bounded job: workers treat ranges of rows and leave
/// what changed in files of a folder beside the version; keys of what is left go to the workers of their
/// parts, who find the rows that repeat others. The client then puts the ranges together in order.
final class FlinkCleaning {
    private final Flink flink;
    private final Dataset dataset;
    private final Rounds rounds;
    private final Path scratch;
    private final WorkFolder folder;
    private final List<RowRange> ranges;
    /// A last round that only carries out verdicts, which costs less than a job.
    private final Optional<Round> verdicts;
    /// Rounds that are jobs.
    private final int jobs;

    /// @param scratch an empty folder that all workers see
    FlinkCleaning(Flink flink, Dataset dataset, Rounds rounds, Path scratch) throws IOException {
        this.flink = flink;
        this.dataset = dataset;
        this.rounds = rounds;
        this.scratch = scratch;
        this.folder = WorkFolder.of(scratch);
        this.ranges = RowRange.of(
                Stream.of(Split.values())
                        .map(split -> new Section(dataset, split))
                        .toList(),
                flink.slots());
        this.verdicts = Optional.of(rounds.open(rounds.count() - 1)).filter(Round::isBare);
        this.jobs = rounds.count() - (verdicts.isPresent() ? 1 : 0);
    }

    private CleaningWork work(int round) {
        return new CleaningWork(dataset.folder().toString(), folder, ranges, rounds.steps(), round);
    }

    /// Runs the jobs.
    void run() throws IOException {
        for (int round = 0; round < jobs; round++) {
            Job job = new Job(flink, "clean " + dataset.reference(), scratch);
            Repeats repeats = new Repeats(folder, round);
            job.run(Job.parts(job.pieces(ranges.size(), new TreatRange(work(round))), repeats));
            Marks.write(folder.marks(round), repeats.all());
        }
    }

    /// Adds what the steps did on the workers.
    void addReports(CleaningReport report) throws IOException {
        for (int round = 0; round < jobs; round++) {
            for (int range = 0; range < ranges.size(); range++) {
                report.add(TreatedRange.rest(folder.treated(round, range)).report());
            }
        }
    }

    /// Gives what is left, in order.
    void gather(CleaningReport report, Engine.Kept kept) throws IOException {
        int range = 0;
        for (Split split : Split.values()) {
            try (Stream<Sample> samples = dataset.samples(split)) {
                Iterator<Sample> all = samples.iterator();
                while (range < ranges.size() && ranges.get(range).split() == split) {
                    gather(range++, all, report, kept);
                }
            }
        }
    }

    /// @param samples at the first of the range; behind its last when this returns
    private void gather(int range, Iterator<Sample> samples, CleaningReport report, Engine.Kept kept)
            throws IOException {
        try (CleaningWork.Before before = work(jobs).before(range)) {
            new Batches<>(Passing::weight, (batch, _) -> {
                        for (Passing sample : judged(batch, report)) {
                            report.keep(sample);
                            kept.take(ranges.get(range).split(), sample.sample());
                        }
                    })
                    .addAll(before.arriving(ranges.get(range), samples));
        }
    }

    private List<Passing> judged(List<Passing> batch, CleaningReport report) {
        if (verdicts.isEmpty()) {
            return batch;
        }
        Round.Result result = verdicts.get().treat(batch, report.enough());
        report.add(result.report());
        return result.left();
    }
}
