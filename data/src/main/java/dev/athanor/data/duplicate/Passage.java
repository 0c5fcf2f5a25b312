package dev.athanor.data.duplicate;

/// Words of a text that stand in an earlier one, too, or earlier in the same.
///
/// @param first the row with the first of them
/// @param firstFrom characters before it there
/// @param firstTo characters before its end there
/// @param second the row that says it again
/// @param from characters before it there
/// @param to characters before its end there
/// @param text its beginning, as the second has it
public record Passage(int first, int firstFrom, int firstTo, int second, int from, int to, int words, String text) {}
