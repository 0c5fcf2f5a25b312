package dev.athanor.evaluate;

import dev.athanor.data.image.Image;

/// How alike two pictures are to an eye that sees structure rather than numbers (Wang et al. 2004, equation
/// 13):
///
/// s = (2 μx μy + C₁) (2 σxy + C₂) / ((μx² + μy² + C₁) (σx² + σy² + C₂))
///
/// where means, variances and covariance are those under a Gaussian window of 11 × 11 with deviation 1.5, and
/// C₁ = (0.01 · 255)², C₂ = (0.03 · 255)². The mean over all places at which the window lies within the
/// picture, and over its channels. Pictures of fewer than 11 pixels on a side get the largest window that
/// fits them.
final class StructuralSimilarity {
    private static final int RADIUS = 5;
    private static final double DEVIATION = 1.5;
    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);

    private StructuralSimilarity() {}

    static double of(Image one, Image other) {
        if (one.width() != other.width() || one.height() != other.height() || one.channels() != other.channels()) {
            throw new IllegalArgumentException(
                    "a picture of %s and one of %s: expected two of one size".formatted(size(one), size(other)));
        }
        double[] window = window(Math.min(RADIUS, (Math.min(one.width(), one.height()) - 1) / 2));
        double sum = 0;
        for (int channel = 0; channel < one.channels(); channel++) {
            sum += mean(Plane.of(one, channel), Plane.of(other, channel), window);
        }
        return sum / one.channels();
    }

    private static double mean(Plane x, Plane y, double[] window) {
        Plane meanX = x.blurred(window);
        Plane meanY = y.blurred(window);
        Plane squareX = x.times(x).blurred(window);
        Plane squareY = y.times(y).blurred(window);
        Plane product = x.times(y).blurred(window);
        double sum = 0;
        for (int i = 0; i < meanX.values.length; i++) {
            double mx = meanX.values[i];
            double my = meanY.values[i];
            double varianceX = squareX.values[i] - mx * mx;
            double varianceY = squareY.values[i] - my * my;
            double covariance = product.values[i] - mx * my;
            sum += (2 * mx * my + C1)
                    * (2 * covariance + C2)
                    / ((mx * mx + my * my + C1) * (varianceX + varianceY + C2));
        }
        return sum / meanX.values.length;
    }

    /// One row of the Gaussian, which is the product of a row and a column.
    private static double[] window(int radius) {
        double[] window = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < window.length; i++) {
            window[i] = Math.exp(-0.5 * Math.pow((i - radius) / DEVIATION, 2));
            sum += window[i];
        }
        for (int i = 0; i < window.length; i++) {
            window[i] /= sum;
        }
        return window;
    }

    private static String size(Image image) {
        return "%d x %d pixels with %d channels".formatted(image.width(), image.height(), image.channels());
    }

    /// One channel of a picture, row by row.
    private record Plane(int width, int height, double[] values) {
        static Plane of(Image image, int channel) {
            double[] values = new double[image.width() * image.height()];
            for (int i = 0; i < values.length; i++) {
                values[i] = image.pixels()[i * image.channels() + channel] & 0xFF;
            }
            return new Plane(image.width(), image.height(), values);
        }

        Plane times(Plane other) {
            double[] products = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                products[i] = values[i] * other.values[i];
            }
            return new Plane(width, height, products);
        }

        /// The weighted means at all places where the window lies within.
        Plane blurred(double[] window) {
            return across(window).turned().across(window).turned();
        }

        private Plane across(double[] window) {
            int narrower = width - window.length + 1;
            double[] means = new double[narrower * height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < narrower; x++) {
                    for (int i = 0; i < window.length; i++) {
                        means[y * narrower + x] += window[i] * values[y * width + x + i];
                    }
                }
            }
            return new Plane(narrower, height, means);
        }

        private Plane turned() {
            double[] turned = new double[values.length];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    turned[x * height + y] = values[y * width + x];
                }
            }
            return new Plane(height, width, turned);
        }
    }
}
