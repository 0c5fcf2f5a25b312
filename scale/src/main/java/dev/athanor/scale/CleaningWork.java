package dev.athanor.scale;

import dev.athanor.data.Batches;
import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.Passing;
import dev.athanor.data.clean.Round;
import dev.athanor.data.clean.Rounds;
import dev.athanor.data.clean.Step;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One round of a pipeline over all ranges of a dataset: what a worker must know of it. The secret of the
/// dataset is not in here: workers read it from the folder.
///
/// @param dataset the folder of the version
record CleaningWork(String dataset, WorkFolder folder, List<RowRange> ranges, List<Step> steps, int round)
        implements Serializable {

    /// The round, for one thread of a worker.
    Round open() throws IOException {
        folder.require();
        Path secret = Path.of(dataset).resolveSibling(Cleaner.SALT);
        if (Files.notExists(secret)) { // or this worker would make another
            throw new NoSuchFileException(secret.toString(), null, "the worker does not see it yet");
        }
        return new Rounds(steps, Cleaner.surroundings(Dataset.open(Path.of(dataset))), System::nanoTime).open(round);
    }

    /// Treats a range, unless that was done before, and says what is left.
    TreatedRange.Rest treat(int number, Round treating) throws IOException {
        Path file = folder.treated(round, number);
        if (Files.notExists(file)) {
            RowRange range = ranges.get(number);
            try (Stream<Sample> samples = range.samples();
                    Before before = before(number)) {
                Iterator<Passing> arriving = before.arriving(range, samples.iterator());
                TreatedRange.write(file, changes -> treat(range, arriving, treating, changes));
            }
        }
        return TreatedRange.rest(file);
    }

    private TreatedRange.Rest treat(
            RowRange range, Iterator<Passing> arriving, Round treating, TreatedRange.Changes changes)
            throws IOException {
        CleaningReport report = new CleaningReport(steps);
        BitSet left = new BitSet(range.rows());
        LongList keys = new LongList();
        new Batches<>(Passing::weight, (batch, _) -> {
                    Round.Result result = treating.treat(batch, report.enough());
                    report.add(result.report());
                    keys.add(result.keys());
                    for (Passing sample : result.left()) {
                        left.set((int) (sample.row() - range.first()));
                        if (sample.changed()) {
                            changes.take(sample);
                        }
                    }
                })
                .addAll(arriving);
        return new TreatedRange.Rest(left, keys.toArray(), report);
    }

    /// What the round before says of a range.
    Before before(int number) throws IOException {
        if (round == 0) {
            return new Before(Optional.empty(), new BitSet());
        }
        return new Before(
                Optional.of(new TreatedRange(folder.treated(round - 1, number))),
                Marks.read(folder.marks(round - 1), ranges.get(number)));
    }

    /// @param treated what it left
    /// @param repeated which rows repeat others
    record Before(Optional<TreatedRange> treated, BitSet repeated) implements AutoCloseable {

        /// @param samples at the first row of the range
        Iterator<Passing> arriving(RowRange range, Iterator<Sample> samples) {
            return new Arriving(range, samples, treated, repeated);
        }

        @Override
        public void close() throws IOException {
            if (treated.isPresent()) {
                treated.get().close();
            }
        }
    }
}
