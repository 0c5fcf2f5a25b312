package dev.athanor.data.duplicate;

import dev.athanor.data.Hashes;
import dev.athanor.data.InOrder;
import dev.athanor.data.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the pairs of equal and of similar samples among those it takes, in three steps that are called in this
/// order: [#take] for each, [#equal], [#similar]. Samples are numbered from 0 as they come.
///
/// What grows with the samples lies in files of a folder; memory holds a bit for each, and a few of many parts
/// of the files. What is found is the same whatever the number of processors.
public final class DuplicateSearch implements AutoCloseable {
    private static final int BATCH = 512;
    private static final int BATCH_SIZE = 1 << 18;

    private final Likeness likeness;
    private final int rows;
    private final Spool contents;
    private final Spool keys;
    private final Spool candidates;
    private final Rows features;
    private final Rows names;
    private final BitSet repeated;
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final InOrder<List<Printed>> printing;
    private List<Sample> batch = new ArrayList<>();
    private int batchSize;
    private int printed;
    private long compared;

    private record Printed(Content content, Likeness.Print print, byte[] name) {}

    private record Verified(List<Pair> pairs, long compared) {}

    /// The first 128 bits of the SHA-256 of a text or of a file's bytes: that two of 30 million different ones
    /// are the same has the chance 1e-24.
    private record Content(long high, long low) {
        static Content of(Sample sample) {
            byte[] bytes = sample.media().isEmpty()
                    ? sample.textOrRow().getBytes(StandardCharsets.UTF_8)
                    : sample.media().bytes();
            ByteBuffer hash = ByteBuffer.wrap(Hashes.sha256Bytes(bytes));
            return new Content(hash.getLong(), hash.getLong());
        }
    }

    /// Takes rows of which the second repeats the first.
    @FunctionalInterface
    public interface EqualRows {
        void take(int first, int second) throws IOException;
    }

    /// Takes verified pairs, by the first row and then by the second.
    @FunctionalInterface
    public interface SimilarRows {
        void take(Pair pair) throws IOException;
    }

    /// Says which pairs are worth comparing. Several threads ask.
    @FunctionalInterface
    public interface Wanted {
        boolean test(int first, int second);
    }

    /// @param folder that is there, for files: a few hundred bytes for each sample, and about as much as the
    ///     texts
    /// @param rows how many samples will come at most
    public DuplicateSearch(Likeness likeness, Path folder, int rows) throws IOException {
        this.likeness = likeness;
        this.rows = rows;
        this.contents = new Spool(folder.resolve("contents"));
        this.keys = new Spool(folder.resolve("keys"));
        this.candidates = new Spool(folder.resolve("candidates"));
        this.features = new Rows(folder, "features");
        this.names = new Rows(folder, "names");
        this.repeated = new BitSet(rows);
        this.printing = new InOrder<>(processors, this::keep);
    }

    /// What people know a row by, once all are taken.
    public Named named(int row) throws IOException {
        return Named.of(names.get(row));
    }

    /// How many pairs were compared.
    public long compared() {
        return compared;
    }

    // --------------------------------------------------------------------------------------------------- 1: prints

    public void take(Sample sample) throws IOException {
        batch.add(sample);
        batchSize += sample.text().length() + sample.media().bytes().length;
        if (batch.size() == BATCH || batchSize > BATCH_SIZE) {
            giveBatch();
        }
    }

    private void giveBatch() throws IOException {
        List<Sample> given = batch;
        printing.give(
                batchSize,
                () -> given.stream()
                        .map(sample -> new Printed(
                                Content.of(sample),
                                likeness.print(sample),
                                Named.of(sample).toBytes()))
                        .toList());
        batch = new ArrayList<>();
        batchSize = 0;
    }

    private void keep(List<Printed> prints) throws IOException {
        for (Printed print : prints) {
            int row = printed++;
            int part = (int) (print.content().high() >>> 56);
            contents.add(part, print.content().high());
            contents.add(part, print.content().low());
            contents.add(part, row);
            features.add(print.print().features());
            names.add(print.name());
            for (long key : print.print().keys()) {
                keys.add((int) (key >>> 56), key << 8 & 0xFFFFFFFF_00000000L | row); // 40 bits of the key
            }
        }
    }

    // --------------------------------------------------------------------------------------------------- 2: equals

    /// Every row that repeats an earlier one, with the first that has the same content.
    public void equal(EqualRows equals) throws IOException {
        giveBatch();
        printing.finish();
        contents.seal();
        keys.seal();
        features.seal();
        names.seal();
        for (int part = 0; part < Spool.PARTS; part++) {
            long[] numbers = contents.load(part, _ -> true);
            Map<Content, Integer> firsts = HashMap.newHashMap(numbers.length / 3);
            for (int i = 0; i < numbers.length; i += 3) {
                int row = (int) numbers[i + 2];
                Integer first = firsts.putIfAbsent(new Content(numbers[i], numbers[i + 1]), row);
                if (first != null) {
                    repeated.set(row);
                    equals.take(first, row);
                }
            }
        }
    }

    // -------------------------------------------------------------------------------------------------- 3: similar

    /// Every wanted pair of rows, none of which repeats another, whose similarity is the threshold or more, as
    /// far as their keys show it.
    public void similar(Wanted wanted, SimilarRows similars) throws IOException {
        try (InOrder<Integer> finding = new InOrder<>(processors, _ -> {})) {
            for (int part = 0; part < Spool.PARTS; part++) {
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
            for (int part = 0; part < Spool.PARTS; part++) {
                int file = part;
                verifying.give(() -> verified(file));
            }
            verifying.finish();
        }
    }

    /// The pairs of a part of the keys, equal keys side by side and their rows rising.
    private int propose(int part, Wanted wanted) throws IOException {
        long[] entries = keys.load(part, entry -> !repeated.get((int) entry));
        Arrays.sort(entries);
        new Candidates(wanted, this::propose).of(entries);
        return part;
    }

    private void propose(long[] pairs, int count) throws IOException {
        synchronized (candidates) {
            for (int i = 0; i < count; i++) {
                candidates.add((int) ((pairs[i] >>> 32) * Spool.PARTS / rows), pairs[i]);
            }
        }
    }

    private Verified verified(int part) throws IOException {
        long[] pairs = candidates.load(part, _ -> true);
        Arrays.sort(pairs); // into an order that does not depend on which thread was first
        List<Pair> verified = new ArrayList<>();
        byte[] firsts = new byte[0];
        long compared = 0;
        long before = -1;
        for (long pair : pairs) {
            if (pair == before) {
                continue;
            }
            int first = (int) (pair >>> 32);
            int second = (int) pair;
            if (before < 0 || first != (int) (before >>> 32)) {
                firsts = features.get(first);
            }
            before = pair;
            compared++;
            double similarity = likeness.similarity(firsts, features.get(second));
            if (similarity >= likeness.threshold()) {
                verified.add(new Pair(first, second, similarity));
            }
        }
        return new Verified(verified, compared);
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
