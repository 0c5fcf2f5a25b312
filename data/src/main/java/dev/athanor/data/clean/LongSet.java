package dev.athanor.data.clean;

import java.util.Arrays;

/// Numbers, each once, in at most 24 bytes a number while it grows: open addressing with linear probing (Knuth,
/// The Art of Computer Programming 3, 6.4). What is more than some millions lies in files ([SortedRuns]). Expects
/// numbers that are already well mixed.
final class LongSet {
    private static final int MOST = 1 << 22;

    private final int most;
    private final SortedRuns runs = new SortedRuns();
    private long[] slots; // 0: free
    private int size;
    private boolean hasZero;

    LongSet() {
        this(500);
    }

    /// @param expected how many numbers come at least
    LongSet(int expected) {
        this(expected, MOST);
    }

    /// @param most that memory holds
    LongSet(int expected, int most) {
        this.most = most;
        slots = new long[Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4)];
    }

    /// Whether the number was not there.
    boolean add(long number) {
        if (number == 0) {
            boolean first = !hasZero;
            hasZero = true;
            return first;
        }
        if (runs.contains(number) || !put(slots, number)) {
            return false;
        }
        size++;
        if (size == most) {
            putAway();
        } else if (size > slots.length / 3 * 2) {
            grow();
        }
        return true;
    }

    private void putAway() {
        long[] numbers = new long[size];
        int count = 0;
        for (long number : slots) {
            if (number != 0) {
                numbers[count++] = number;
            }
        }
        Arrays.sort(numbers);
        runs.add(numbers);
        Arrays.fill(slots, 0);
        size = 0;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long number : slots) {
            if (number != 0) {
                put(larger, number);
            }
        }
        slots = larger;
    }

    private static boolean put(long[] slots, long number) {
        int at = (int) number & slots.length - 1;
        while (slots[at] != 0) {
            if (slots[at] == number) {
                return false;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = number;
        return true;
    }
}
