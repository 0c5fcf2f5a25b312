package dev.athanor.data.text;

import java.util.Arrays;

/// A map from a pair of token ids to an int, open-addressed, that never shrinks. Absent pairs are [#ABSENT].
final class PairTable {

    static final int ABSENT = Integer.MAX_VALUE;
    private static final long EMPTY = -1;

    private long[] keys;
    private int[] values;
    private int mask;
    private int size;

    PairTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected) * 4 - 1);
        allocate(capacity);
    }

    static long key(int left, int right) {
        return (long) left << 32 | right;
    }

    int get(int left, int right) {
        return get(key(left, right));
    }

    int get(long key) {
        for (int at = slot(key); ; at = at + 1 & mask) {
            long found = keys[at];
            if (found == key) {
                return values[at];
            }
            if (found == EMPTY) {
                return ABSENT;
            }
        }
    }

    void put(long key, int value) {
        int at = slot(key);
        while (keys[at] != key && keys[at] != EMPTY) {
            at = at + 1 & mask;
        }
        values[at] = value;
        if (keys[at] == EMPTY) {
            keys[at] = key;
            size++;
            if (size * 2 > keys.length) {
                grow();
            }
        }
    }

    private int slot(long key) {
        // Fibonacci hashing: the golden ratio's fraction in 64 bits (Knuth, volume 3, section 6.4).
        return (int) ((key ^ key >>> 29) * 0x9e3779b97f4a7c15L >>> 32) & mask;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        allocate(oldKeys.length * 2);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int at = slot(oldKeys[i]);
                while (keys[at] != EMPTY) {
                    at = at + 1 & mask;
                }
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        Arrays.fill(keys, EMPTY);
        values = new int[capacity];
        mask = capacity - 1;
    }
}
