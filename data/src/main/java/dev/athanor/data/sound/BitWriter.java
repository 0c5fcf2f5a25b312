package dev.athanor.data.sound;

import java.util.Arrays;

/// Bytes of bits, the highest first.
final class BitWriter {
    private byte[] bytes = new byte[1 << 12];
    private int count;
    private long open;
    private int openBits;

    /// Appends the lowest bits of a number, at most 32.
    void bits(long value, int width) {
        open = open << width | value & (1L << width) - 1;
        openBits += width;
        while (openBits >= 8) {
            openBits -= 8;
            put((byte) (open >> openBits));
        }
    }

    /// As many zeros as told, then a one.
    void zeros(int zeros) {
        for (int left = zeros; left > 0; left -= 24) {
            bits(0, Math.min(left, 24));
        }
        bits(1, 1);
    }

    void toNextByte() {
        bits(0, -openBits & 7);
    }

    /// Whole bytes so far.
    int count() {
        return count;
    }

    byte at(int place) {
        return bytes[place];
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, count);
    }

    private void put(byte value) {
        if (count == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * count);
        }
        bytes[count++] = value;
    }
}
