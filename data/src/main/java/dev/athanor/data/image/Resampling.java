package dev.athanor.data.image;

/// Shrinks and enlarges pictures, one axis after the other. Shrinking takes the mean of all that a new pixel
/// covers, parts of pixels by their share; enlarging goes straight from one pixel's middle to the next.
final class Resampling {
    private Resampling() {}

    /// The part of an axis that is taken, and how many pixels it becomes.
    ///
    /// @param start in old pixels
    /// @param length in old pixels
    record Axis(double start, double length, int pixels) {
        private boolean isWhole(int size) {
            return start == 0 && length == size && pixels == size;
        }
    }

    /// Which old pixels make each new one: new pixel `i` is the sum of `weights[i][k]` times old pixel
    /// `first[i] + k`.
    private record Weights(int[] first, float[][] weights) {
        static Weights of(Axis axis, int size) {
            double step = axis.length() / axis.pixels();
            int[] first = new int[axis.pixels()];
            float[][] weights = new float[axis.pixels()][];
            for (int i = 0; i < axis.pixels(); i++) {
                double from = axis.start() + i * step;
                if (step > 1) {
                    double to = Math.min(size, from + step);
                    first[i] = Math.min(size - 1, (int) from);
                    weights[i] = covered(from, to, first[i]);
                } else {
                    double middle = Math.clamp(from + step / 2 - 0.5, 0, size - 1);
                    first[i] = (int) middle;
                    float share = (float) (middle - first[i]);
                    weights[i] = share == 0 ? new float[] {1} : new float[] {1 - share, share};
                }
            }
            return new Weights(first, weights);
        }

        private static float[] covered(double from, double to, int first) {
            float[] weights = new float[Math.max(1, (int) Math.ceil(to - 1e-9) - first)];
            for (int k = 0; k < weights.length; k++) {
                double share = Math.min(to, first + k + 1) - Math.max(from, first + k);
                weights[k] = (float) (share / (to - from));
            }
            return weights;
        }
    }

    static Image of(Image image, Axis across, Axis down) {
        if (across.isWhole(image.width()) && down.isWhole(image.height())) {
            return image;
        }
        int channels = image.channels();
        int width = across.pixels();
        Weights columns = Weights.of(across, image.width());
        Weights rows = Weights.of(down, image.height());
        byte[] pixels = new byte[width * down.pixels() * channels];
        float[] sum = new float[width * channels];
        float[][] narrowed = new float[image.height()][]; // rows of the new width, made when first asked for
        for (int y = 0; y < down.pixels(); y++) {
            java.util.Arrays.fill(sum, 0);
            int first = rows.first()[y];
            for (int k = 0; k < rows.weights()[y].length; k++) {
                if (narrowed[first + k] == null) {
                    narrowed[first + k] = narrow(image, first + k, columns);
                }
                float weight = rows.weights()[y][k];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += weight * narrowed[first + k][i];
                }
            }
            for (int i = 0; i < sum.length; i++) {
                pixels[y * sum.length + i] = (byte) Math.clamp(Math.round(sum[i]), 0, 255);
            }
            for (int done = y == 0 ? 0 : rows.first()[y - 1]; done < first; done++) {
                narrowed[done] = null; // no later row looks above the first of this one
            }
        }
        return new Image(width, down.pixels(), channels, pixels);
    }

    private static float[] narrow(Image image, int y, Weights columns) {
        int channels = image.channels();
        byte[] from = image.pixels();
        float[] row = new float[columns.first().length * channels];
        for (int x = 0; x < columns.first().length; x++) {
            float[] weights = columns.weights()[x];
            for (int c = 0; c < channels; c++) {
                int at = (y * image.width() + columns.first()[x]) * channels + c;
                float sum = 0;
                for (float weight : weights) {
                    sum += weight * (from[at] & 0xFF);
                    at += channels;
                }
                row[x * channels + c] = sum;
            }
        }
        return row;
    }
}
