package dev.athanor.train.cpu;

import dev.athanor.torch.Blas;
import java.util.Arrays;

/// One normalisation by the root of the mean square (Zhang and Sennrich 2019, equation 4), y = x · s · gain
/// with s = 1/√(mean(x²) + ε), and its gradient.
///
/// Letters: N rows, C width.
final class RootMeanSquare {
    private final int gain; // place of (C)
    private final int width;
    private final double epsilon;
    private float[] source = {};
    private int first;
    private int rows;
    private float[] scales = {}; // (N)
    private float[] normed = {}; // (N, C)
    private final float[] line; // (C), a row of x
    private final float[] dLine; // (C), a row of its gradient
    private final float[] gains; // (C)
    private final float[] dGains; // (C)

    RootMeanSquare(int gain, int width, double epsilon) {
        this.gain = gain;
        this.width = width;
        this.epsilon = epsilon;
        this.line = new float[width];
        this.dLine = new float[width];
        this.gains = new float[width];
        this.dGains = new float[width];
    }

    /// Normalises the rows of x, which must stay as it is until the way back.
    ///
    /// @param x (N, C), from `at` on
    /// @return (N, C)
    float[] forward(float[] weights, float[] x, int at, int rows) {
        this.source = x;
        this.first = at;
        this.rows = rows;
        scales = Buffers.atLeast(scales, rows);
        normed = Buffers.atLeast(normed, rows * width);
        System.arraycopy(weights, gain, gains, 0, width);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x, at + row * width, line, 0, width);
            double mean = Pointwise.dot(line, 0, line, 0, width) / width;
            scales[row] = (float) (1 / Math.sqrt(mean + epsilon));
            scale(line, gains, scales[row]);
            System.arraycopy(line, 0, normed, row * width, width);
        }
        return normed;
    }

    private static void scale(float[] x, float[] gains, float scale) {
        for (int i = 0; i < gains.length; i++) {
            x[i] *= scale * gains[i];
        }
    }

    /// What [#forward] gave.
    float[] normed() {
        return normed;
    }

    /// Adds the gradient of x, and that of the gain: dx += s · (g·dy − x · s² · mean(g·dy·x)), dg += dy · x ·
    /// s.
    ///
    /// @param dNormed (N, C)
    /// @param dx (N, C), from `into` on
    void backward(float[] weights, float[] gradient, float[] dNormed, float[] dx, int into) {
        System.arraycopy(weights, gain, gains, 0, width);
        Arrays.fill(dGains, 0);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(source, first + row * width, line, 0, width);
            System.arraycopy(dNormed, row * width, dLine, 0, width);
            float scale = scales[row];
            spread(line, dLine, gains, dGains, scale);
            float along = -Pointwise.dot(dLine, 0, line, 0, width) * scale * scale / width;
            combine(line, dLine, along, scale);
            Blas.add(dLine, 0, dx, into + row * width, width);
        }
        Blas.add(dGains, 0, gradient, gain, width);
    }

    /// dg += dy · x · s, and dy becomes dy · g.
    private static void spread(float[] x, float[] dy, float[] gains, float[] dGains, float scale) {
        for (int i = 0; i < gains.length; i++) {
            dGains[i] += dy[i] * x[i] * scale;
            dy[i] *= gains[i];
        }
    }

    private static void combine(float[] x, float[] dy, float along, float scale) {
        for (int i = 0; i < x.length; i++) {
            dy[i] = (dy[i] + x[i] * along) * scale;
        }
    }
}
