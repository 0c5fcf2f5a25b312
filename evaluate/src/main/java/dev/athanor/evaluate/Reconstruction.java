package dev.athanor.evaluate;

import dev.athanor.data.image.Image;
import java.util.List;

/// How well pictures come back from a model that takes them apart and puts them together again.
///
/// @param absoluteError mean over all numbers of all pictures, where 1 is the distance from black to white
/// @param squaredError the same of squares
/// @param decibels peak signal-to-noise ratio of that mean square, 10 log₁₀ (1 / squaredError); infinite
///     where nothing is lost
/// @param similarity mean of [StructuralSimilarity] over the pictures, 1 where nothing is lost
/// @param count pictures
public record Reconstruction(double absoluteError, double squaredError, double decibels, double similarity, int count) {

    public static Reconstruction of(List<Image> originals, List<Image> rebuilt) {
        if (originals.isEmpty() || originals.size() != rebuilt.size()) {
            throw new IllegalArgumentException(
                    "%,d originals and %,d pictures rebuilt from them: give one of each, at least one pair"
                            .formatted(originals.size(), rebuilt.size()));
        }
        double absolute = 0;
        double squares = 0;
        double similarity = 0;
        long numbers = 0;
        for (int i = 0; i < originals.size(); i++) {
            Image one = originals.get(i);
            Image other = rebuilt.get(i);
            similarity += StructuralSimilarity.of(one, other);
            numbers += one.pixels().length;
            for (int p = 0; p < one.pixels().length; p++) {
                double apart = ((one.pixels()[p] & 0xFF) - (other.pixels()[p] & 0xFF)) / 255.0;
                absolute += Math.abs(apart);
                squares += apart * apart;
            }
        }
        double mean = squares / numbers;
        return new Reconstruction(
                absolute / numbers, mean, -10 * Math.log10(mean), similarity / originals.size(), originals.size());
    }
}
