package dev.athanor.data.duplicate;

import dev.athanor.data.Mixing;
import java.io.Serializable;

/// Cuts signatures into bands: sets are compared that agree in all numbers of one band at least. Of sets with
/// the similarity s that are 1 - (1 - s^rows)^bands, the S-curve (Leskovec, Rajaraman and Ullman, 3.4.2).
///
/// @param rows numbers in a band
public record Banding(int bands, int rows) implements Serializable {

    /// The steepest curve whose middle, where half are found, is at the threshold: the most rows for which
    /// there are permutations enough.
    ///
    /// @param permutations at most
    /// @throws IllegalArgumentException for a threshold that so few permutations cannot reach
    public static Banding of(int permutations, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "a threshold of %s: expected a similarity above 0 and at most 1, 0.7 for example"
                            .formatted(threshold));
        }
        if (permutations < 1 || permutations > 4096) {
            throw new IllegalArgumentException(
                    "%d permutations: expected 1 to 4096, 128 for example".formatted(permutations));
        }
        for (int rows = permutations; rows > 0; rows--) {
            long bands = bands(rows, threshold);
            if (bands <= permutations / rows) {
                return new Banding((int) bands, rows);
            }
        }
        throw new IllegalArgumentException(
                "a threshold of %s takes %d permutations or more, and there are %d: raise --permutations or the threshold"
                        .formatted(threshold, bands(1, threshold), permutations));
    }

    /// 1 - (1 - t^rows)^bands = 1/2, solved for the bands.
    private static long bands(int rows, double threshold) {
        return Math.max(1, Math.round(Math.log(0.5) / Math.log1p(-Math.pow(threshold, rows))));
    }

    /// Numbers of a signature that are used.
    public int permutations() {
        return bands * rows;
    }

    /// The share of pairs with a similarity that is found.
    public double found(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rows), bands);
    }

    /// The similarity of which half is found.
    public double middle() {
        return Math.pow(1 - Math.pow(0.5, 1.0 / bands), 1.0 / rows);
    }

    /// One key for each band: equal where the whole band is.
    long[] keys(int[] signature) {
        long[] keys = new long[bands];
        for (int band = 0; band < bands; band++) {
            long key = band + 1;
            for (int row = 0; row < rows; row++) {
                key = Mixing.of(key ^ signature[band * rows + row]);
            }
            keys[band] = key;
        }
        return keys;
    }
}
