package dev.athanor.data.duplicate;

/// Two rows that were compared and are similar.
///
/// @param first the lower number
/// @param similarity from 0 to 1
public record Pair(int first, int second, double similarity) {}
