package dev.athanor.data.clean;

/// A part of a whole, from 0 to 1.
final class Share {
    private Share() {}

    /// @throws IllegalArgumentException for what is none
    static void check(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("%s is %s: expected a share from 0 to 1".formatted(what, share));
        }
    }

    /// How many of `all` are such; 0 of none.
    static double of(int some, int all) {
        return all == 0 ? 0 : (double) some / all;
    }
}
