package dev.athanor.data.duplicate;

import java.io.IOException;

/// Pairs of rows that share a key, each as one number: the lower row above, the higher below.
public final class Candidates {
    /// In a bucket of up to so many rows all are compared with all, in a larger one each with so many at most:
    /// a thousand rows of one form do not make a million pairs.
    static final int FULL = 32;

    /// Rows that hundreds are like are bound together by few.
    private static final int CROWD = 1024;

    private static final int FEW = 4;
    private static final int WAITING = 1 << 13;

    private final Search.Wanted wanted;
    private final Sink sink;
    private final long[] waiting = new long[WAITING];
    private int count;

    /// Takes pairs as they are found, several times the same.
    @FunctionalInterface
    public interface Sink {
        void take(long[] pairs, int count) throws IOException;
    }

    /// @param sink gets pairs, many at a time
    public Candidates(Search.Wanted wanted, Sink sink) {
        this.wanted = wanted;
        this.sink = sink;
    }

    /// Which part has all pairs with the same lower row; rows rise with the parts.
    public static int part(long pair, int rows) {
        return Search.part((int) (pair >>> 32), rows);
    }

    /// Proposes the pairs of a part of the keys.
    ///
    /// @param entries keys above, rows below, sorted
    public void of(long[] entries) throws IOException {
        int begin = 0;
        for (int end = 1; end <= entries.length; end++) {
            if (end == entries.length || entries[end] >>> 32 != entries[begin] >>> 32) {
                bucket(entries, begin, end);
                begin = end;
            }
        }
        sink.take(waiting, count);
        count = 0;
    }

    /// Each row with all before it; where they are many, with the first of the bucket and with those right
    /// before it.
    private void bucket(long[] entries, int begin, int end) throws IOException {
        int rows = end - begin;
        int half = rows <= FULL ? rows : (rows <= CROWD ? FULL : FEW) / 2;
        for (int i = begin + 1; i < end; i++) {
            for (int j = begin; j < Math.min(i, begin + half); j++) {
                pair((int) entries[j], (int) entries[i]);
            }
            for (int j = Math.max(begin + half, i - half); j < i; j++) {
                pair((int) entries[j], (int) entries[i]);
            }
        }
    }

    private void pair(int first, int second) throws IOException {
        if (first == second || !wanted.test(first, second)) {
            return;
        }
        if (count == waiting.length) {
            sink.take(waiting, count);
            count = 0;
        }
        waiting[count++] = (long) first << 32 | second;
    }
}
