package dev.athanor.data.sound;

import dev.athanor.data.Unusable;

/// Bits of bytes, the highest first.
final class BitReader {
    private final byte[] bytes;
    private long at;

    BitReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = 8L * from;
    }

    /// The byte in which the next bit stands.
    int place() {
        return (int) (at >> 3);
    }

    boolean isAtEnd() {
        return place() >= bytes.length;
    }

    void toNextByte() {
        at = at + 7 & ~7L;
    }

    /// An unsigned number of 0 to 57 bits.
    long bits(int count) throws Unusable {
        if (at + count > 8L * bytes.length) {
            throw truncated();
        }
        long value = 0;
        int read = 0;
        int bit = (int) (at & 7);
        for (int i = place(); read < bit + count; i++, read += 8) {
            value = value << 8 | bytes[i] & 0xff;
        }
        at += count;
        return value >>> read - bit - count & (1L << count) - 1;
    }

    /// A number with a sign, in two's complement.
    long signed(int count) throws Unusable {
        return count == 0 ? 0 : bits(count) << 64 - count >> 64 - count;
    }

    /// How many zeros stand before the next one.
    int zeros() throws Unusable {
        int zeros = 0;
        while (true) {
            if (isAtEnd()) {
                throw truncated();
            }
            int rest = bytes[place()] << 24 + (int) (at & 7);
            if (rest != 0) {
                int more = Integer.numberOfLeadingZeros(rest);
                at += more + 1;
                return zeros + more;
            }
            int more = 8 - (int) (at & 7);
            zeros += more;
            at += more;
        }
    }

    private Unusable truncated() {
        return Broken.truncated(bytes.length);
    }
}
