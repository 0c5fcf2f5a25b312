package dev.athanor.train.cpu;

/// Arrays that are kept from step to step and grow where a step needs more.
final class Buffers {
    private Buffers() {}

    /// The same array where it is long enough, otherwise a longer one with nothing in it.
    static float[] atLeast(float[] kept, int length) {
        return kept.length >= length ? kept : new float[length];
    }
}
