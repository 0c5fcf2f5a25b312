package dev.athanor.data.duplicate;

import dev.athanor.data.Batches;
import dev.athanor.data.InOrder;
import dev.athanor.data.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// A search in this program, on several processors.
///
/// What grows with the samples lies in files of a folder; memory holds a bit for each, and a few of many parts
/// of the files. What is found is the same whatever the number of processors.
public final class DuplicateSearch implements Search {
    private final Likeness likeness;
    private final int rows;
    private final Spool contents;
    private final Spool keys;
    private final Spool candidates;
    private final Rows features;
    private final Rows names;
    private final BitSet repeated;
    private final int processors;
    private final InOrder<List<Printed>> printing;
    private int printed;
    private long compared;

    /// @param folder that is there, for files: a few hundred bytes for each sample, and about as much as the
    ///     texts
    /// @param rows how many samples will come at most
    /// @param processors how many threads work at most
    public DuplicateSearch(Likeness likeness, Path folder, int rows, int processors) throws IOException {
        this.likeness = likeness;
        this.rows = rows;
        this.processors = processors;
        this.contents = new Spool(folder.resolve("contents"));
        this.keys = new Spool(folder.resolve("keys"));
        this.candidates = new Spool(folder.resolve("candidates"));
        this.features = new Rows(folder, "features");
        this.names = new Rows(folder, "names");
        this.repeated = new BitSet(rows);
        this.printing = new InOrder<>(processors, this::keep);
    }

    @Override
    public Named named(int row) throws IOException {
        return Named.of(names.get(row));
    }

    @Override
    public long compared() {
        return compared;
    }

    // --------------------------------------------------------------------------------------------------- 1: prints

    @Override
    public void look(Pass pass, Optional<Taker> also) throws IOException {
        Batches<Sample> batches = new Batches<>(Sample::weight, this::print);
        pass.through((row, sample) -> {
            batches.add(sample);
            if (also.isPresent()) {
                also.get().take(row, sample);
            }
        });
        batches.finish();
        printing.finish();
        contents.seal();
        keys.seal();
        features.seal();
        names.seal();
    }

    private void print(List<Sample> batch, long weight) throws IOException {
        printing.give(
                weight,
                () -> batch.stream().map(sample -> Printed.of(sample, likeness)).toList());
    }

    private void keep(List<Printed> prints) throws IOException {
        for (Printed print : prints) {
            int row = printed++;
            int part = Search.part(print.content().high());
            contents.add(part, print.content().high());
            contents.add(part, print.content().low());
            contents.add(part, row);
            features.add(print.print().features());
            names.add(print.name());
            for (long key : print.print().keys()) {
                keys.add(Search.part(key), Printed.entry(key, row));
            }
        }
    }

    // --------------------------------------------------------------------------------------------------- 2: equals

    @Override
    public void equal(EqualRows equals) throws IOException {
        for (int part = 0; part < PARTS; part++) {
            Content.repeats(contents.load(part), (first, row) -> {
                repeated.set(row);
                equals.take(first, row);
            });
        }
    }

    // -------------------------------------------------------------------------------------------------- 3: similar

    @Override
    public void similar(Wanted wanted, SimilarRows similars) throws IOException {
        try (InOrder<Integer> finding = new InOrder<>(processors, _ -> {})) {
            for (int part = 0; part < PARTS; part++) {
                int file = part;
                finding.give(() -> propose(file, wanted));
            }
            finding.finish();
        }
        candidates.seal();
        try (InOrder<Verified> verifying = new InOrder<>(processors, found -> {
            compared += found.compared();
            for (Pair pair : found.pairs()) {
                similars.take(pair);
            }
        })) {
            for (int part = 0; part < PARTS; part++) {
                int file = part;
                verifying.give(() -> verified(file));
            }
            verifying.finish();
        }
    }

    /// The pairs of a part of the keys, equal keys side by side and their rows rising.
    private int propose(int part, Wanted wanted) throws IOException {
        long[] entries = LongStream.of(keys.load(part))
                .filter(entry -> !repeated.get((int) entry))
                .toArray();
        Arrays.sort(entries);
        new Candidates(wanted, this::propose).of(entries);
        return part;
    }

    private void propose(long[] pairs, int count) throws IOException {
        synchronized (candidates) {
            for (int i = 0; i < count; i++) {
                candidates.add(Candidates.part(pairs[i], rows), pairs[i]);
            }
        }
    }

    private Verified verified(int part) throws IOException {
        return Verified.of(candidates.load(part), likeness, features::get);
    }

    @Override
    public void close() throws IOException {
        printing.close();
        contents.close();
        keys.close();
        candidates.close();
        features.close();
        names.close();
    }
}
