package dev.athanor.generate;

/// What every decoder refuses.
final class Checks {
    private Checks() {}

    static void tokens(int[] tokens, int vocabulary) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException(
                    "no token was given: a decoder needs at least one to score what follows");
        }
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= vocabulary) {
                throw new IllegalArgumentException(
                        "token %d at index %d is outside the vocabulary: ids run from 0 to %d"
                                .formatted(tokens[i], i, vocabulary - 1));
            }
        }
    }
}
