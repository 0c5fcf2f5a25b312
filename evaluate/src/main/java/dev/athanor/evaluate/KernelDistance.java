package dev.athanor.evaluate;

import dev.athanor.data.Seed;
import dev.athanor.torch.Blas;

/// How far two sets of samples are apart, without a bias for few of them: the squared maximum mean
/// discrepancy (Gretton et al. 2012, equation 3, the unbiased estimate) with the kernel k(x, y) = (x·y /
/// features + 1)³ of Bińkowski et al. 2018, who call it KID where the features are those of the Inception
/// network:
///
/// d² = mean of k(x, x′) over x ≠ x′ + mean of k(y, y′) over y ≠ y′ − 2 · mean of k(x, y)
///
/// It is taken over subsets by lot, so that its spread is known. It may be a little below 0, as an unbiased
/// estimate of 0 must. [dev.athanor.torch.Engine#start] comes first.
///
/// @param value mean over the subsets
/// @param deviation standard deviation over the subsets
/// @param size samples in each subset of either set
public record KernelDistance(double value, double deviation, int size) {
    static final int SUBSETS = 100; // with 1,000 samples each: the usual setting of the measure's programs
    private static final int SIZE = 1000;
    private static final int BLOCK = 256; // rows whose products are in memory at once

    public static KernelDistance of(Features real, Features generated, Seed seed) {
        real.requireSameSource(generated);
        int fewest = Math.min(real.count(), generated.count());
        int size = Math.clamp(fewest / 2, 2, SIZE); // half, or all subsets would be the same one
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < SUBSETS; i++) {
            Seed branch = seed.branch("subset " + i);
            double value = unbiased(draw(real, size, branch.branch("real")), draw(generated, size, branch));
            sum += value;
            squares += value * value;
        }
        double mean = sum / SUBSETS;
        return new KernelDistance(mean, Math.sqrt(Math.max(0, squares / SUBSETS - mean * mean)), size);
    }

    private static Features draw(Features features, int size, Seed seed) {
        features.requireAtLeast(2, "a kernel distance");
        return features.draw(size, seed);
    }

    /// The estimate over all samples at once.
    static double unbiased(Features real, Features generated) {
        Rows x = Rows.of(real);
        Rows y = Rows.of(generated);
        double n = x.count;
        double m = y.count;
        return within(x) / (n * (n - 1)) + within(y) / (m * (m - 1)) - 2 * sum(x, y, 0) / (n * m);
    }

    private static double within(Rows rows) {
        return sum(rows, rows, 1);
    }

    /// Sum of the kernel over all pairs, less `own` times that of each row with itself.
    private static double sum(Rows x, Rows y, int own) {
        float[] products = new float[Math.min(BLOCK, x.count) * y.count];
        double sum = 0;
        for (int from = 0; from < x.count; from += BLOCK) {
            int rows = Math.min(BLOCK, x.count - from);
            Blas.set(
                    Blas.View.of(products, 0, rows, y.count),
                    Blas.View.of(x.values, from * x.width, rows, x.width),
                    Blas.View.of(y.values, 0, y.count, y.width).turned());
            for (int i = 0; i < rows * y.count; i++) {
                sum += kernel(products[i], x.width);
            }
            for (int i = 0; i < rows && own > 0; i++) {
                sum -= kernel(products[i * y.count + from + i], x.width);
            }
        }
        return sum;
    }

    private static double kernel(float product, int width) {
        double base = (double) product / width + 1;
        return base * base * base;
    }

    /// Features without gaps, as products of matrices want them.
    private record Rows(float[] values, int count, int width) {
        static Rows of(Features features) {
            int width = features.width();
            float[] values = new float[features.count() * width];
            for (int i = 0; i < features.count(); i++) {
                System.arraycopy(features.rows()[i], 0, values, i * width, width);
            }
            return new Rows(values, features.count(), width);
        }
    }
}
