package dev.athanor.evaluate;

import dev.athanor.torch.Spectra;
import java.util.Optional;

/// How far two sets of samples are apart, each seen as one Gaussian (Fréchet 1957; Dowson and Landau 1982;
/// for generated pictures Heusel et al. 2017, equation 6):
///
/// d² = |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)
///
/// It is the "FID" of papers only where the features are those of their Inception network. The trace of the
/// root is taken as the sum of the singular values of Σ₁^½ Σ₂^½, the same number: no root of a rounding error
/// is taken, so covariances of low rank do no harm. [dev.athanor.torch.Engine#start] comes first.
///
/// @param value d²; 0 for sets of equal means and covariances
/// @param real samples of the one set
/// @param generated samples of the other
/// @param features numbers of each sample
public record FrechetDistance(double value, int real, int generated, int features) {
    private static final int ENOUGH = 10_000; // what Heusel et al. ask for, on the page of their program

    public static FrechetDistance of(Features real, Features generated) {
        real.requireSameSource(generated);
        Gaussian one = Gaussian.of(real);
        Gaussian other = Gaussian.of(generated);
        int size = real.width();
        double value = 0;
        for (int i = 0; i < size; i++) {
            double apart = one.mean[i] - other.mean[i];
            value += apart * apart + one.covariance[i * size + i] + other.covariance[i * size + i];
        }
        double common =
                Spectra.nuclearNorm(Spectra.root(one.covariance, size), Spectra.root(other.covariance, size), size);
        return new FrechetDistance(Math.max(0, value - 2 * common), real.count(), generated.count(), size);
    }

    /// What must be known before the value is compared with another: it comes out too high for few samples
    /// (Chong and Forsyth 2020), and more so the fewer they are.
    public Optional<String> caution() {
        int fewest = Math.min(real, generated);
        if (fewest <= features) {
            return Optional.of(
                    ("%,d samples cannot show how %,d features vary together, so the Fréchet distance is much"
                                    + " too high: hold it only against the floor, which has as many")
                            .formatted(fewest, features));
        }
        if (fewest < ENOUGH) {
            return Optional.of(("the Fréchet distance is biased, too high for few samples (here %,d): hold it only"
                            + " against values of as many")
                    .formatted(fewest));
        }
        return Optional.empty();
    }

    /// @param covariance row by row, divided by the number of samples less one
    private record Gaussian(double[] mean, double[] covariance) {

        static Gaussian of(Features features) {
            features.requireAtLeast(2, "a covariance");
            double[] mean = mean(features);
            int size = mean.length;
            double[] covariance = new double[size * size];
            double[] centred = new double[size];
            for (float[] row : features.rows()) {
                for (int i = 0; i < size; i++) {
                    centred[i] = row[i] - mean[i];
                }
                addUpperTriangle(covariance, centred);
            }
            for (int i = 0; i < size; i++) {
                for (int j = i; j < size; j++) {
                    covariance[i * size + j] /= features.count() - 1;
                    covariance[j * size + i] = covariance[i * size + j];
                }
            }
            return new Gaussian(mean, covariance);
        }

        private static void addUpperTriangle(double[] covariance, double[] centred) {
            int size = centred.length;
            for (int i = 0; i < size; i++) {
                double factor = centred[i];
                for (int j = i; j < size; j++) {
                    covariance[i * size + j] += factor * centred[j];
                }
            }
        }

        private static double[] mean(Features features) {
            double[] mean = new double[features.width()];
            for (float[] row : features.rows()) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += row[i];
                }
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= features.count();
            }
            return mean;
        }
    }
}
