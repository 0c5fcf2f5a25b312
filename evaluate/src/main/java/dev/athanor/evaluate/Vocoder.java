package dev.athanor.evaluate;

/// How close a sound comes to the original when it is made again from its spectrogram, and at what cost.
///
/// @param name of what makes it, for example `Griffin-Lim, 32 iterations`
/// @param decibels mean of [LogSpectralDistance] over the sounds
/// @param realTimeFactor time taken over the length of what was made
/// @param count sounds
public record Vocoder(String name, double decibels, double realTimeFactor, int count) {}
