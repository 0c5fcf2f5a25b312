package dev.athanor.data.text;

import java.util.Arrays;

/// Counts the different words, as bytes, of a text that may be far larger than memory. The words' bytes are
/// bounded: once full, words known by then are still counted and new ones are passed over.
final class WordCounts {

    /// 32 megabytes of different words: about 4 million English ones, or 2 million Chinese clauses.
    private static final int FULL = 32 << 20;

    private byte[] bytes = new byte[1 << 16];
    private int used;
    /// Where word `i` ends; it starts where the one before ends.
    private int[] ends = new int[1 << 12];
    private long[] counts = new long[1 << 12];
    private int words;
    /// One more than the word in each slot, 0 where empty.
    private int[] slots = new int[1 << 13];

    int words() {
        return words;
    }

    long count(int word) {
        return counts[word];
    }

    byte[] word(int word) {
        return Arrays.copyOfRange(bytes, start(word), ends[word]);
    }

    private int start(int word) {
        return word == 0 ? 0 : ends[word - 1];
    }

    void add(byte[] text, int start, int end) {
        int slot = slot(text, start, end);
        if (slots[slot] != 0) {
            counts[slots[slot] - 1]++;
        } else if (used + (end - start) <= FULL) {
            insert(slot, text, start, end);
        }
    }

    private int slot(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        int mask = slots.length - 1;
        int slot = hash * 0x9e3779b9 >>> 7 & mask; // Knuth's golden ratio
        while (slots[slot] != 0) {
            int word = slots[slot] - 1;
            if (Arrays.equals(bytes, start(word), ends[word], text, start, end)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void insert(int slot, byte[] text, int start, int end) {
        int length = end - start;
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + length, 2 * bytes.length));
        }
        if (words == counts.length) {
            counts = Arrays.copyOf(counts, 2 * words);
            ends = Arrays.copyOf(ends, 2 * words);
        }
        System.arraycopy(text, start, bytes, used, length);
        used += length;
        ends[words] = used;
        counts[words] = 1;
        slots[slot] = ++words;
        if (words * 2 > slots.length) {
            slots = new int[2 * slots.length];
            for (int word = 0; word < words; word++) {
                slots[slot(bytes, start(word), ends[word])] = word + 1;
            }
        }
    }
}
