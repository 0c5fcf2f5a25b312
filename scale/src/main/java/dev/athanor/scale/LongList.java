package dev.athanor.scale;

import java.util.Arrays;

/// Numbers that become more.
final class LongList {
    private long[] numbers = new long[16];
    private int count;

    void add(long... more) {
        if (count + more.length > numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length + more.length);
        }
        System.arraycopy(more, 0, numbers, count, more.length);
        count += more.length;
    }

    long[] toArray() {
        return Arrays.copyOf(numbers, count);
    }
}
