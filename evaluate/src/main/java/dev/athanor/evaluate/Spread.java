package dev.athanor.evaluate;

/// Which samples of a split are taken where it has more than are wanted: some from all over it, as many splits are
/// in the order of labels, and the first ones would be of a few.
///
/// @param total samples of the split
/// @param wanted how many are taken, all where it has no more
record Spread(long total, long wanted) {
    /// @param number of a sample, from 0
    boolean takes(long number) {
        return wanted >= total || (number + 1) * wanted / total > number * wanted / total;
    }
}
