package dev.athanor.data.duplicate;

/// Spreads the bits of a number over all of its 64, so that near numbers get hashes that have nothing in
/// common.
final class Mixing {
    private Mixing() {}

    /// The finaliser of MurmurHash3 (Appleby) with the constants of Stafford's variant 13, as SplitMix64 has it
    /// (Steele, Lea and Flood 2014, section 4).
    static long of(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
