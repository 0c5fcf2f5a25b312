package dev.athanor.data;

/// Spreads the bits of a number over all of its 64, so that near numbers get hashes that have nothing in
/// common.
public final class Mixing {
    /// Any odd multiplier does for a polynomial modulo 2^64 whose terms are mixed well; this is the golden ratio's.
    public static final long BASE = 0x9E3779B97F4A7C15L;

    private Mixing() {}

    /// The finaliser of MurmurHash3 (Appleby) with the constants of Stafford's variant 13, as SplitMix64 has it
    /// (Steele, Lea and Flood 2014, section 4).
    public static long of(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
