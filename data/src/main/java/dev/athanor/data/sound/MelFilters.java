package dev.athanor.data.sound;

/// Bands of frequencies as wide as the ear tells them apart: triangles that stand evenly on Slaney's scale,
/// which is straight up to 1 kHz and a logarithm above, each with the area 1 (Slaney 1998, Auditory Toolbox;
/// librosa's default).
public final class MelFilters {
    private static final double HERTZ_PER_MEL = 200.0 / 3;
    private static final double BEND = 1000;
    private static final double BEND_MEL = BEND / HERTZ_PER_MEL;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    /// Enough for a residual of a thousandth: measured on speech, November 2026.
    private static final int ITERATIONS = 60;

    private final int bins;
    /// The first bin of each band and its weights from there on.
    private final int[] starts;

    private final float[][] weights;

    public MelFilters(MelSettings settings) {
        this.bins = settings.bins();
        this.starts = new int[settings.mels()];
        this.weights = new float[settings.mels()][];
        double[] corners = corners(settings.mels(), settings.lowest(), settings.highest());
        double width = settings.rate() / (double) settings.fft();
        for (int m = 0; m < weights.length; m++) {
            int from = (int) Math.floor(corners[m] / width) + 1;
            int to = Math.min(bins, (int) Math.ceil(corners[m + 2] / width));
            starts[m] = from;
            weights[m] = new float[to - from];
            for (int k = from; k < to; k++) {
                double up = (k * width - corners[m]) / (corners[m + 1] - corners[m]);
                double down = (corners[m + 2] - k * width) / (corners[m + 2] - corners[m + 1]);
                weights[m][k - from] = (float) (Math.min(up, down) * 2 / (corners[m + 2] - corners[m]));
            }
        }
    }

    /// Refuses bands so narrow that one would be empty.
    static void check(int rate, int fft, int mels, double lowest, double highest) {
        double[] corners = corners(mels, lowest, highest);
        double width = rate / (double) fft;
        for (int m = 0; m < mels; m++) {
            double next = (Math.floor(corners[m] / width) + 1) * width;
            if (next >= corners[m + 2]) {
                throw new IllegalArgumentException(
                        "band %d of %d, %.0f to %.0f hertz, holds none of the frequencies that a frame of %d samples tells apart, %.1f hertz each: take fewer bands or longer frames"
                                .formatted(m, mels, corners[m], corners[m + 2], fft, width));
            }
        }
    }

    /// The corners of all triangles, evenly spaced in mels, in hertz.
    private static double[] corners(int mels, double lowest, double highest) {
        double from = mel(lowest);
        double to = mel(highest);
        double[] corners = new double[mels + 2];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = hertz(from + (to - from) * i / (mels + 1));
        }
        return corners;
    }

    private static double mel(double hertz) {
        return hertz < BEND ? hertz / HERTZ_PER_MEL : BEND_MEL + Math.log(hertz / BEND) / LOG_STEP;
    }

    private static double hertz(double mel) {
        return mel < BEND_MEL ? mel * HERTZ_PER_MEL : BEND * Math.exp(LOG_STEP * (mel - BEND_MEL));
    }

    /// All weights: (mels, bins).
    public float[][] matrix() {
        float[][] matrix = new float[weights.length][bins];
        for (int m = 0; m < matrix.length; m++) {
            System.arraycopy(weights[m], 0, matrix[m], starts[m], weights[m].length);
        }
        return matrix;
    }

    /// Magnitudes in bands: (bins, frames) to (mels, frames).
    float[][] bands(float[][] magnitudes) {
        return product(magnitudes, new double[0]);
    }

    private float[][] product(float[][] x, double[] scales) {
        float[][] bands = new float[weights.length][x[0].length];
        for (int m = 0; m < bands.length; m++) {
            float scale = scales.length == 0 ? 1 : (float) scales[m];
            for (int i = 0; i < weights[m].length; i++) {
                addScaled(x[starts[m] + i], scale * weights[m][i], bands[m]);
            }
        }
        return bands;
    }

    private float[][] transposed(float[][] bands, double[] scales) {
        float[][] x = new float[bins][bands[0].length];
        for (int m = 0; m < bands.length; m++) {
            for (int i = 0; i < weights[m].length; i++) {
                addScaled(bands[m], (float) (scales[m] * weights[m][i]), x[starts[m] + i]);
            }
        }
        return x;
    }

    private static void addScaled(float[] row, float weight, float[] sum) {
        for (int t = 0; t < sum.length; t++) {
            sum[t] += weight * row[t];
        }
    }

    /// Magnitudes, none below zero, whose bands are nearest to given ones: (mels, frames) to (bins, frames).
    /// Of the many that fit it takes one near the smoothest, from which it starts. Each band counts by its own
    /// size. Accelerated projected gradients (Beck and Teboulle 2009, FISTA).
    float[][] magnitudes(float[][] bands) {
        double[] scales = scales();
        float[][] wanted = new float[bands.length][];
        for (int m = 0; m < wanted.length; m++) {
            wanted[m] = new float[bands[m].length];
            addScaled(bands[m], (float) scales[m], wanted[m]);
        }
        float step = (float) (1 / largest(scales));
        float[][] x = transposed(wanted, scales);
        scale(x, step);
        float[][] ahead = copy(x);
        double momentum = 1;
        for (int i = 0; i < ITERATIONS; i++) {
            float[][] missing = product(ahead, scales);
            for (int m = 0; m < missing.length; m++) {
                subtractFrom(wanted[m], missing[m]);
            }
            float[][] gradient = transposed(missing, scales);
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            float beyond = (float) ((momentum - 1) / next);
            for (int k = 0; k < bins; k++) {
                advance(x[k], ahead[k], gradient[k], step, beyond);
            }
            momentum = next;
        }
        return x;
    }

    /// What brings every band's weights to the length 1.
    private double[] scales() {
        double[] scales = new double[weights.length];
        for (int m = 0; m < scales.length; m++) {
            double squares = 0;
            for (float weight : weights[m]) {
                squares += weight * weight;
            }
            scales[m] = 1 / Math.sqrt(squares);
        }
        return scales;
    }

    private static void advance(float[] x, float[] ahead, float[] gradient, float step, float beyond) {
        for (int t = 0; t < x.length; t++) {
            float before = x[t];
            float now = Math.max(0, ahead[t] + step * gradient[t]);
            x[t] = now;
            ahead[t] = now + beyond * (now - before);
        }
    }

    private static void subtractFrom(float[] wanted, float[] row) {
        for (int t = 0; t < row.length; t++) {
            row[t] = wanted[t] - row[t];
        }
    }

    private static void scale(float[][] rows, float factor) {
        for (float[] row : rows) {
            for (int t = 0; t < row.length; t++) {
                row[t] *= factor;
            }
        }
    }

    private static float[][] copy(float[][] rows) {
        float[][] copy = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    /// A bound on the largest eigenvalue: the largest sum of a row times the largest sum of a column.
    private double largest(double[] scales) {
        double[] columns = new double[bins];
        double row = 0;
        double column = 0;
        for (int m = 0; m < weights.length; m++) {
            double sum = 0;
            for (int i = 0; i < weights[m].length; i++) {
                sum += scales[m] * weights[m][i];
                columns[starts[m] + i] += scales[m] * weights[m][i];
            }
            row = Math.max(row, sum);
        }
        for (double sum : columns) {
            column = Math.max(column, sum);
        }
        return row * column;
    }
}
