package dev.athanor.evaluate;

import dev.athanor.data.Seed;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// Whether samples differ from each other as much as real ones do. A model whose samples do not has collapsed
/// onto a few of the things that it was shown (mode collapse: Goodfellow 2016).
///
/// Two distances tell it: the mean one between any two samples, and that to the nearest other one, which
/// notices a handful of samples that come again and again. Both sets are cut to one size by lot, as the
/// second depends on it.
///
/// @param spread mean distance between two samples over that between two real ones
/// @param gap mean distance to the nearest other sample over that of real ones
/// @param different samples of which no other is an exact repetition, each repeated one counted once
/// @param realDifferent the same among the real ones
/// @param count samples in each set
public record Variety(double spread, double gap, int different, int realDifferent, int count) {
    // Measured on the pixels of 400 pictures of Fashion-MNIST's test split (November 2026): other real ones have a
    // spread of 0.99; 10 pictures that repeat 0.89, 5 0.82, 2 0.49; one class alone 0.59 to 0.97. So the spread
    // speaks late, and the gap, which is 0 for all that repeat, speaks first.
    private static final double NARROW_SPREAD = 0.8;
    private static final double COLLAPSED_SPREAD = 0.5;
    private static final double NARROW_GAP = 0.5;
    private static final double COLLAPSED_GAP = 0.2;

    /// What is said of it.
    public enum Verdict {
        /// As varied as real ones.
        VARIED,
        /// Noticeably less varied.
        NARROW,
        /// Nearly the same again and again, though the data are not.
        COLLAPSED,
        /// The real ones themselves are all the same.
        SAME_DATA
    }

    public static Variety of(Features real, Features generated, Seed seed) {
        real.requireSameSource(generated);
        real.requireAtLeast(2, "variety");
        generated.requireAtLeast(2, "variety");
        int count = Math.min(real.count(), generated.count());
        float[][] ours = generated.draw(count, seed.branch("generated")).rows();
        float[][] theirs = real.draw(count, seed.branch("real")).rows();
        Mean mean = Mean.of(ours);
        Mean realMean = Mean.of(theirs);
        return new Variety(
                ratio(mean.spread, realMean.spread),
                ratio(mean.gap, realMean.gap),
                different(ours),
                different(theirs),
                count);
    }

    /// 0 against 0 is alike; where only the real ones do not differ, the ratio says no more than that.
    private static double ratio(double ours, double theirs) {
        return ours == theirs ? 1 : theirs == 0 ? Double.POSITIVE_INFINITY : ours / theirs;
    }

    private static int different(float[][] rows) {
        return (int) Arrays.stream(rows).map(FloatBuffer::wrap).distinct().count();
    }

    public Verdict verdict() {
        if (realDifferent == 1) {
            return Verdict.SAME_DATA;
        }
        if (different == 1 || spread < COLLAPSED_SPREAD || gap < COLLAPSED_GAP) {
            return Verdict.COLLAPSED;
        }
        return spread < NARROW_SPREAD || gap < NARROW_GAP ? Verdict.NARROW : Verdict.VARIED;
    }

    /// The verdict as a sentence.
    public String words() {
        String measures = String.format(
                Locale.ROOT,
                "two samples differ %.0f %% as much as two real ones, the nearest ones %.0f %%; %,d of %,d are different",
                100 * spread,
                100 * gap,
                different,
                count);
        return switch (verdict()) {
            case VARIED -> "as varied as real ones: " + measures;
            case NARROW -> "less varied than real ones: " + measures;
            case COLLAPSED ->
                "mode collapse, the model makes nearly the same again and again: " + measures
                        + "; train with other settings, or take an earlier checkpoint";
            case SAME_DATA ->
                "all %,d real samples are the same, so a model can only learn that one: look at what was"
                                .formatted(count)
                        + " imported";
        };
    }

    /// @param spread between any two
    /// @param gap to the nearest other one
    private record Mean(double spread, double gap) {
        static Mean of(float[][] rows) {
            SquaredDistances distances = new SquaredDistances(rows);
            int count = rows.length;
            double[] sums = new double[count];
            double[] nearest = new double[count];
            IntStream.range(0, count).parallel().forEach(i -> {
                double[] squares = new double[count];
                distances.from(rows[i], squares);
                double smallest = Double.POSITIVE_INFINITY;
                for (int j = 0; j < count; j++) {
                    sums[i] += Math.sqrt(squares[j]);
                    smallest = j == i ? smallest : Math.min(smallest, squares[j]);
                }
                nearest[i] = Math.sqrt(smallest);
            });
            double pairs = (double) count * (count - 1);
            return new Mean(
                    Arrays.stream(sums).sum() / pairs, Arrays.stream(nearest).sum() / count);
        }
    }
}
