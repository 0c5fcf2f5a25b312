package dev.athanor.data;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The one number that a run's chance comes from. Each consumer takes a branch by name, so that adding a consumer
/// never shifts another's numbers.
public record Seed(long value) {

    /// The seed of one purpose, for example `seed.branch("shuffle")`; the same value and purpose give the same
    /// branch.
    public Seed branch(String purpose) {
        // FNV-1a, 64 bits (Fowler, Noll, Vo): String.hashCode has 32 bits and collides on short words.
        long hash = 0xcbf29ce484222325L;
        for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return new Seed(new SplittableRandom(value ^ hash).nextLong());
    }

    /// A fresh generator that starts at this seed.
    public RandomGenerator random() {
        return new SplittableRandom(value);
    }
}
