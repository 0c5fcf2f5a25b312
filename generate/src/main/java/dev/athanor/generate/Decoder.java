package dev.athanor.generate;

import java.util.OptionalInt;

/// A language model reading one sequence, in plain Java: no native library has to start, and no operator has a
/// cost of its own beside its arithmetic.
///
/// A decoder and its forks share weights and threads and belong to one caller at a time.
public sealed interface Decoder permits TransformerDecoder, RecurrentDecoder {

    /// How many ids there are.
    int vocabulary();

    /// How many tokens a sequence can have, empty where there is no limit.
    OptionalInt context();

    /// How many tokens were accepted since the start or the last reset.
    int position();

    /// Reads tokens and gives the scores of what could follow the last of them: one number per id, before
    /// softmax. The array is the caller's own.
    ///
    /// @throws IllegalArgumentException for no token, an id outside the vocabulary, or more tokens than the
    ///     context has room for
    float[] accept(int... tokens);

    /// Takes the scores of what could follow a token.
    @FunctionalInterface
    interface Scores {
        /// @param index of the token among those that are read
        /// @param scores one number per id, before softmax; the array is used anew
        void take(int index, float[] scores);
    }

    /// Reads tokens as [#accept] does, and gives the scores of what could follow each of them.
    default void acceptEach(int[] tokens, Scores scores) {
        for (int i = 0; i < tokens.length; i++) {
            scores.take(i, accept(tokens[i]));
        }
    }

    /// A decoder that stands where this one stands and goes on by itself.
    Decoder fork();

    /// Forgets the sequence.
    void reset();
}
