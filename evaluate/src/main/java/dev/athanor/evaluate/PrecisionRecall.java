package dev.athanor.evaluate;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// Whether samples look like real ones, and whether real ones all have their like among the samples. Around
/// each sample of a set lies a ball that reaches to its k-th nearest neighbour in that set; together the
/// balls are what the set covers.
///
/// @param precision share of generated samples in a ball of the real ones (Kynkäänniemi et al. 2019, equation
///     2)
/// @param recall share of real samples in a ball of the generated ones (the same)
/// @param density mean number of real balls around a generated sample, over k; may exceed 1 (Naeem et al.
///     2020): unlike precision it does not trust a single outlier
/// @param coverage share of real balls with a generated sample inside (the same); equal sets have 1, two sets
///     from one distribution about 1 − 2^(−k)
/// @param neighbours k
public record PrecisionRecall(double precision, double recall, double density, double coverage, int neighbours) {
    public static final int NEIGHBOURS = 5; // as in the program of Naeem et al.

    public static PrecisionRecall of(Features real, Features generated) {
        return of(real, generated, NEIGHBOURS);
    }

    /// Time grows with the product of the two counts, memory with their sum.
    public static PrecisionRecall of(Features real, Features generated, int neighbours) {
        real.requireSameSource(generated);
        real.requireAtLeast(neighbours + 1, "precision with %d neighbours".formatted(neighbours));
        generated.requireAtLeast(neighbours + 1, "recall with %d neighbours".formatted(neighbours));
        SquaredDistances toReal = new SquaredDistances(real.rows());
        double[] realReach = reach(real, toReal, neighbours);
        double[] generatedReach = reach(generated, new SquaredDistances(generated.rows()), neighbours);
        boolean[] precise = new boolean[generated.count()];
        boolean[] recalled = new boolean[real.count()]; // threads meet here, but all that any writes is true
        boolean[] covered = new boolean[real.count()];
        LongAdder balls = new LongAdder();
        IntStream.range(0, generated.count()).parallel().forEach(j -> {
            double[] distances = new double[real.count()];
            toReal.from(generated.rows()[j], distances);
            int around = 0;
            for (int i = 0; i < distances.length; i++) {
                if (distances[i] <= realReach[i]) {
                    around++;
                    covered[i] = true;
                }
                if (distances[i] <= generatedReach[j]) {
                    recalled[i] = true;
                }
            }
            precise[j] = around > 0;
            balls.add(around);
        });
        double density = (double) balls.sum() / ((double) neighbours * generated.count());
        return new PrecisionRecall(share(precise), share(recalled), density, share(covered), neighbours);
    }

    /// For each sample the squared distance to its k-th nearest other one.
    private static double[] reach(Features features, SquaredDistances toAll, int neighbours) {
        double[] reach = new double[features.count()];
        IntStream.range(0, reach.length).parallel().forEach(i -> {
            double[] distances = new double[reach.length];
            toAll.from(features.rows()[i], distances);
            distances[i] = Double.POSITIVE_INFINITY;
            reach[i] = smallest(distances, neighbours);
        });
        return reach;
    }

    /// The k-th smallest of all.
    private static double smallest(double[] values, int k) {
        double[] best = new double[k]; // in ascending order
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (double value : values) {
            if (value < best[k - 1]) {
                int place = k - 1;
                while (place > 0 && best[place - 1] > value) {
                    best[place] = best[place - 1];
                    place--;
                }
                best[place] = value;
            }
        }
        return best[k - 1];
    }

    private static double share(boolean[] marks) {
        int yes = 0;
        for (boolean mark : marks) {
            yes += mark ? 1 : 0;
        }
        return (double) yes / marks.length;
    }
}
