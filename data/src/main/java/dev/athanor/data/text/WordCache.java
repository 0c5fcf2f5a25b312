package dev.athanor.data.text;

import java.util.Arrays;

/// The ids of words seen lately, for words of at most 15 bytes: these make up nearly all of running text. One
/// thread at a time; of fixed size, it is emptied when full.
final class WordCache {

    static final int LONGEST = 15;

    private static final int SLOTS = 1 << 15;
    private static final int IDS = 1 << 17;

    /// Two longs a word: 8 bytes, then up to 7 and the length, which is never 0.
    private final long[] keys = new long[2 * SLOTS];
    /// Where the ids of a word start, and how many: `start << 4 | count`.
    private final int[] places = new int[SLOTS];
    private final int[] ids = new int[IDS];
    private int words;
    private int used;

    /// The slot of a word: the one it is in, or the empty one it belongs in.
    int slot(long head, long tail) {
        long hash = (head ^ Long.rotateLeft(tail, 23)) * 0x9e3779b97f4a7c15L; // Knuth's golden ratio
        int slot = (int) (hash >>> 49);
        while (keys[2 * slot + 1] != 0 && (keys[2 * slot + 1] != tail || keys[2 * slot] != head)) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    boolean has(int slot) {
        return keys[2 * slot + 1] != 0;
    }

    /// Copies the ids of a word to `out`, which has room for [#LONGEST], and returns how many there are.
    int copy(int slot, int[] out, int at) {
        int place = places[slot];
        int start = place >>> 4;
        int count = place & 15;
        for (int i = 0; i < count; i++) {
            out[at + i] = ids[start + i];
        }
        return count;
    }

    void put(int slot, long head, long tail, int[] out, int from, int count) {
        if (words >= SLOTS / 2 || used + count > IDS) {
            Arrays.fill(keys, 0);
            words = 0;
            used = 0;
            return; // the slot was that of a fuller table; the word comes again if it is worth having
        }
        keys[2 * slot] = head;
        keys[2 * slot + 1] = tail;
        System.arraycopy(out, from, ids, used, count);
        places[slot] = used << 4 | count;
        used += count;
        words++;
    }
}
