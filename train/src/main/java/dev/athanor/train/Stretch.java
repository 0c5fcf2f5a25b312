package dev.athanor.train;

import java.util.List;

/// Some of several things in a row: a worker's own.
///
/// @param end behind the last
record Stretch(int from, int end) {

    /// Part `number` of `count` about equal ones.
    static Stretch of(int size, int number, int count) {
        return new Stretch((int) ((long) size * number / count), (int) ((long) size * (number + 1) / count));
    }

    int size() {
        return end - from;
    }

    /// Those parts of others that lie in this one.
    List<Stretch> within(List<Stretch> others) {
        return others.stream()
                .map(other -> new Stretch(Math.max(from, other.from), Math.min(end, other.end)))
                .filter(part -> part.from < part.end)
                .toList();
    }
}
