package dev.athanor.data.sound;

import dev.athanor.data.Unusable;

/// Files that are not what they should be, in the words that all formats share.
final class Broken {
    static final String AGAIN = "Copy or write it again";

    private Broken() {}

    static Unusable damaged(int at, String what) {
        return new Unusable("is damaged at byte %d: %s".formatted(at, what), AGAIN);
    }

    /// @param length of what there is, in bytes
    static Unusable truncated(int length) {
        return new Unusable(
                "ends in the middle of its samples, after %d bytes: it is truncated".formatted(length), AGAIN);
    }

    /// Damage that a decoder trips over.
    static Unusable damagedBehind(int samples, Throwable tripped) {
        return new Unusable(
                "is damaged behind its first %d samples: the decoder says %s".formatted(samples, tripped),
                AGAIN,
                tripped);
    }

    static Unusable header(String claim) {
        return new Unusable(claim, "Its header is broken: write it again");
    }

    static Unusable tooLong(String claim) {
        return new Unusable(claim, "Cut it into shorter pieces");
    }
}
