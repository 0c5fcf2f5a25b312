package dev.athanor.data.duplicate;

import dev.athanor.data.Batches;
import dev.athanor.data.InOrder;
import dev.athanor.data.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Finds passages that stand in several texts (Lee et al. 2022, Deduplicating training data makes language models
/// better, section 4.1: exact substrings), in three steps that are called in this order: [#take] for each text,
/// [#find], [#rest]. Texts are numbered from 0 as they come.
///
/// Every run of so many words has a number (Karp and Rabin 1987), and all numbers lie in files with their places:
/// those that are equal in the same file. The first place of each is where its words stay; what stands at a later
/// place is compared with it word for word, as far as they are the same. Memory holds a part of the files; what is
/// found is the same whatever the number of processors.
public final class PassageSearch implements AutoCloseable {
    /// Beyond so many processors the disk is what takes the time.
    private static final int MOST_PROCESSORS = 8;

    private static final int TABLE = 1 << 19;

    private final int length;
    private final int rows;
    private final Spool runs;
    private final Spool repeats;
    private final Rows texts;
    private final Rows names;
    private final Rows cuts;
    private final Means means;
    private final InOrder<List<Read>> reading;
    private final Batches<Sample> batches = new Batches<>(Sample::weight, this::read);
    private int read;
    private int shortened;
    private long missed;

    private record Read(byte[] text, byte[] name, long[] runs) {}

    /// What a search may use. The result does not depend on it.
    ///
    /// @param table numbers that a processor looks at together, 64 bytes each
    /// @param bits of a number that count; with few of them different runs look the same until they are compared
    record Means(int processors, int table, long bits) {
        static Means usual() {
            return new Means(Math.min(MOST_PROCESSORS, Runtime.getRuntime().availableProcessors()), TABLE, -1);
        }
    }

    /// Takes what repeats earlier texts, by the row.
    @FunctionalInterface
    public interface Taker {
        void take(Repeating repeating) throws IOException;
    }

    /// A text with passages that stand in earlier ones, too.
    ///
    /// @param passages by where they begin; one may begin before the end of another
    /// @param characters in them, each counted once
    /// @param rest whether anything is left without them
    public record Repeating(int row, List<Passage> passages, int characters, Rest rest) {
        public Repeating {
            passages = List.copyOf(passages);
        }
    }

    /// What is left of a text.
    public enum Rest {
        SOME,
        NOTHING
    }

    private record Found(Repeating repeating, Cuts cuts) {}

    private record Searched(List<Found> found, long missed) {}

    /// @param length words of the shortest passage
    /// @param folder that is there, for files: 16 bytes for each word, and as much as the texts
    /// @param rows how many texts will come at most
    public PassageSearch(int length, Path folder, int rows) throws IOException {
        this(length, folder, rows, Means.usual());
    }

    PassageSearch(int length, Path folder, int rows, Means means) throws IOException {
        this.length = length;
        this.rows = rows;
        this.means = means;
        this.runs = new Spool(folder.resolve("runs"));
        this.repeats = new Spool(folder.resolve("repeats"));
        this.texts = new Rows(folder, "texts");
        this.names = new Rows(folder, "names");
        this.cuts = new Rows(folder, "cuts");
        this.reading = new InOrder<>(means.processors(), this::keep);
    }

    /// What people know a text by, once all are taken.
    public Named named(int row) throws IOException {
        return Named.of(names.get(row));
    }

    /// How many runs had the number of others and not their words: these were left alone.
    public long missed() {
        return missed;
    }

    // ---------------------------------------------------------------------------------------------------- 1: runs

    public void take(Sample sample) throws IOException {
        batches.add(sample);
    }

    private void read(List<Sample> batch, long weight) throws IOException {
        reading.give(
                weight,
                () -> batch.stream()
                        .map(sample -> new Read(
                                sample.text().getBytes(StandardCharsets.UTF_8),
                                Named.of(sample).toBytes(),
                                Wording.of(sample.text()).runs(length)))
                        .toList());
    }

    private void keep(List<Read> taken) throws IOException {
        for (Read text : taken) {
            long place = (long) read++ << Integer.SIZE;
            texts.add(text.text());
            names.add(text.name());
            for (long number : text.runs()) {
                long run = number & means.bits();
                int part = Search.part(run);
                runs.add(part, run);
                runs.add(part, place++);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ 2: passages

    /// Every text that says a passage of an earlier one again, or one of its own.
    ///
    /// @param wanted whether a passage that stands first in one row goes from another
    public void find(Search.Wanted wanted, Taker taker) throws IOException {
        batches.finish();
        reading.finish();
        runs.seal();
        texts.seal();
        names.seal();
        try (InOrder<Integer> proposing = new InOrder<>(means.processors(), _ -> {})) {
            for (int part = 0; part < Search.PARTS; part++) {
                int file = part;
                proposing.give(() -> propose(file, wanted));
            }
            proposing.finish();
        }
        repeats.seal();
        try (InOrder<Searched> searching = new InOrder<>(means.processors(), searched -> tell(searched, taker))) {
            for (int part = 0; part < Search.PARTS; part++) {
                int file = part;
                searching.give(() -> searched(file));
            }
            searching.finish();
        }
        cutUpTo(rows, new byte[0]);
        cuts.seal();
    }

    /// The runs of a part that were there before, with where they were first. Of a run that lies over its own
    /// first place, as in "ha ha ha ha", the first stays whole.
    private int propose(int part, Search.Wanted wanted) throws IOException {
        long all = runs.size(part) / 2;
        int slices = (int) Math.max(1, (all + means.table() - 1) / means.table());
        int most = (int) Math.min(all, means.table() + means.table() / 8 + 64);
        for (int slice = 0; slice < slices; slice++) {
            int wantedSlice = slice;
            FirstPlaces firsts = new FirstPlaces(most);
            runs.pairs(part, (run, place) -> {
                if (slices == 1 || (run >>> 40 & 0xFFFF) % slices == wantedSlice) {
                    long first = firsts.first(run, place);
                    if (isLater(first, place) && wanted.test(row(first), row(place))) {
                        repeat(place, first);
                    }
                }
            });
        }
        return part;
    }

    private boolean isLater(long first, long place) {
        return row(first) != row(place) || place - first >= length;
    }

    private static int row(long place) {
        return (int) (place >>> Integer.SIZE);
    }

    private void repeat(long place, long first) throws IOException {
        synchronized (repeats) {
            int part = Search.part(row(place), rows);
            repeats.add(part, place);
            repeats.add(part, first);
        }
    }

    private void tell(Searched searched, Taker taker) throws IOException {
        missed += searched.missed();
        for (Found found : searched.found()) {
            cutUpTo(found.repeating().row(), found.cuts().toBytes());
            taker.take(found.repeating());
        }
    }

    private void cutUpTo(int row, byte[] places) throws IOException {
        for (; shortened < row; shortened++) {
            cuts.add(new byte[0]);
        }
        if (row < rows) {
            cuts.add(places);
            shortened++;
        }
    }

    /// The texts of a part of the rows, with every place where a run begins that was there before.
    private Searched searched(int part) throws IOException {
        Repeats known = Repeats.of(repeats.load(part));
        long[] places = known.places();
        List<Found> found = new ArrayList<>();
        Recent recent = new Recent(texts);
        long missedHere = 0;
        for (int begin = 0; begin < places.length; ) {
            int end = begin;
            while (end < places.length && row(places[end]) == row(places[begin])) {
                end++;
            }
            OneText text = new OneText(row(places[begin]), recent);
            for (int i = begin; i < end; i++) {
                text.compare((int) places[i], known.firsts()[i]);
            }
            missedHere += text.missed;
            if (!text.passages.isEmpty()) {
                found.add(text.found());
            }
            begin = end;
        }
        return new Searched(found, missedHere);
    }

    /// Where runs are that were there before, in order, and where each was first.
    private record Repeats(long[] places, long[] firsts) {
        /// @param pairs of both, in the order of the runs' numbers
        static Repeats of(long[] pairs) {
            long[] places = new long[pairs.length / 2];
            for (int i = 0; i < places.length; i++) {
                places[i] = pairs[2 * i];
            }
            Arrays.sort(places);
            long[] firsts = new long[places.length];
            for (int i = 0; i < places.length; i++) {
                firsts[Arrays.binarySearch(places, pairs[2 * i])] = pairs[2 * i + 1];
            }
            return new Repeats(places, firsts);
        }
    }

    /// A text that is compared with earlier ones, from its beginning to its end.
    private final class OneText {
        private final int row;
        private final Recent recent;
        private final Wording words;
        private final BitSet gone = new BitSet();
        private final List<Passage> passages = new ArrayList<>();
        private int done;
        private long missed;

        OneText(int row, Recent recent) throws IOException {
            this.row = row;
            this.recent = recent;
            this.words = Wording.of(new String(texts.get(row), StandardCharsets.UTF_8));
        }

        /// What is inside the passage before is there already.
        void compare(int word, long first) throws IOException {
            if (word + length <= done) {
                return;
            }
            Wording earlier = row(first) == row ? words : recent.get(row(first));
            int from = (int) first;
            int same = words.common(word, earlier, from);
            if (same < length) {
                missed++;
                return;
            }
            done = word + same;
            gone.set(word, done);
            passages.add(new Passage(
                    row(first),
                    earlier.characters(earlier.begin(from)),
                    earlier.characters(earlier.end(from + same - 1)),
                    row,
                    words.characters(words.begin(word)),
                    words.characters(words.end(done - 1)),
                    same,
                    Named.beginning(words.text(), words.begin(word), words.end(done - 1))));
        }

        Found found() {
            Cuts places = Cuts.of(words, gone);
            int characters = 0;
            for (int a = gone.nextSetBit(0); a >= 0; ) {
                int b = gone.nextClearBit(a);
                characters += words.characters(words.end(b - 1)) - words.characters(words.begin(a));
                a = gone.nextSetBit(b);
            }
            Rest rest = gone.cardinality() == words.count() ? Rest.NOTHING : Rest.SOME;
            return new Found(new Repeating(row, passages, characters, rest), places);
        }
    }

    // ---------------------------------------------------------------------------------------------------- 3: rest

    /// What is left of a text without the passages that were found; blank where nothing is.
    public String rest(int row, String text) throws IOException {
        byte[] places = cuts.get(row);
        return places.length == 0 ? text : Cuts.of(places).apply(text);
    }

    @Override
    public void close() throws IOException {
        reading.close();
        runs.close();
        repeats.close();
        texts.close();
        names.close();
        cuts.close();
    }
}
