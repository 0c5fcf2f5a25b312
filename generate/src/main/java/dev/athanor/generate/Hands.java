package dev.athanor.generate;

/// What a product needs beside its numbers: threads, and room for sums under way. Shared by a decoder and its
/// forks.
record Hands(Crew crew, Matrix.Scratch scratch) {
    Hands(int positions) {
        this(new Crew(), new Matrix.Scratch(positions));
    }
}
