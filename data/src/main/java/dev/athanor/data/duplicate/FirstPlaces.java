package dev.athanor.data.duplicate;

import java.util.Arrays;

/// Where each of many numbers was seen first: open addressing, 16 bytes for each place of the table.
final class FirstPlaces {
    private static final long NONE = -1;

    private final long[] numbers;
    private final long[] places;

    /// @param most numbers that will come
    FirstPlaces(int most) {
        int size = Math.max(16, Integer.highestOneBit(Math.max(1, most)) * 4);
        numbers = new long[size];
        places = new long[size];
        Arrays.fill(places, NONE);
    }

    /// Where a number was seen first; that is here where it is new.
    ///
    /// @param place 0 or more
    long first(long number, long place) {
        int at = (int) (number & numbers.length - 1);
        while (places[at] != NONE && numbers[at] != number) {
            at = at + 1 & numbers.length - 1;
        }
        if (places[at] == NONE) {
            numbers[at] = number;
            places[at] = place;
        }
        return places[at];
    }
}
