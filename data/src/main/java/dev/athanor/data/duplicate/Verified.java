package dev.athanor.data.duplicate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Candidates that were compared.
///
/// @param pairs those that are similar, by their rows
/// @param compared how many were compared
public record Verified(List<Pair> pairs, long compared) {

    /// What is known of a row.
    @FunctionalInterface
    public interface Features {
        byte[] of(int row) throws IOException;
    }

    /// Compares candidates.
    ///
    /// @param candidates the lower row above, the higher below; in any order, and some more than once
    public static Verified of(long[] candidates, Likeness likeness, Features features) throws IOException {
        long[] pairs = candidates.clone();
        Arrays.sort(pairs); // into an order that does not depend on who proposed first
        List<Pair> verified = new ArrayList<>();
        ToDoubleFunction<byte[]> likeFirst = _ -> 0;
        long compared = 0;
        long before = -1;
        for (long pair : pairs) {
            if (pair == before) {
                continue;
            }
            int first = (int) (pair >>> 32);
            int second = (int) pair;
            if (before < 0 || first != (int) (before >>> 32)) {
                likeFirst = likeness.similarTo(features.of(first));
            }
            before = pair;
            compared++;
            double similarity = likeFirst.applyAsDouble(features.of(second));
            if (similarity >= likeness.threshold()) {
                verified.add(new Pair(first, second, similarity));
            }
        }
        return new Verified(verified, compared);
    }
}
