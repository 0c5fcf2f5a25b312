package dev.athanor.generate;

import java.util.Arrays;

/// A weight matrix, arranged for products with one vector or a few.
///
/// The weights stand in panels of some outputs each, and within a panel input by input, so a product adds
/// `input × (weights of that input)` to the panel's sums and reads memory once, straight ahead. The compiler
/// turns that loop into vector instructions because the sums are `double` and the weights `float`: two arrays
/// of one type might be the same array, and then it would not dare. The wider sums also make results
/// independent of how work is split.
///
/// Measured in November 2026 (two-core x86-64 with AVX-512, JDK 25), memory read by two threads over weights of
/// 440 MB: one input at a time in panels of 512 outputs 38 GB/s, four inputs at a time 17 GB/s (four places in
/// one memory page confuse the prefetcher), the incubating vector API by rows 20 GB/s, a plain sum in C 40
/// GB/s. From cache four inputs at a time win, hence the two kernels.
final class Matrix {
    private static final int PANEL = 512;

    /// Below this many weights a product stays on one thread and the weights stay in the core's own cache.
    private static final int SMALL = 1 << 18;

    /// From this many vectors on a small product is shared between threads too, by vectors.
    private static final int SHARED = 8;

    private final int inputs;
    private final int outputs;
    private final int panel;
    private final int panels;
    private final float[] weights;

    private Matrix(int inputs, int outputs) {
        if ((long) inputs * outputs > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a weight of %d x %d numbers is more than one array holds (%d)"
                    .formatted(outputs, inputs, Integer.MAX_VALUE - 8));
        }
        this.inputs = inputs;
        this.outputs = outputs;
        int wanted = outputs <= PANEL && inputs * outputs < SMALL ? 1 : 2 * Math.ceilDiv(outputs, 2 * PANEL);
        panel = Math.min(outputs, Math.ceilDiv(Math.ceilDiv(outputs, wanted), 16) * 16);
        panels = Math.ceilDiv(outputs, panel);
        weights = new float[inputs * outputs];
    }

    /// One matrix of several that read the same input, stacked: each part is row-major, (its outputs, inputs).
    static Matrix of(int inputs, float[]... parts) {
        int outputs = 0;
        for (float[] part : parts) {
            outputs += part.length / inputs;
        }
        Matrix matrix = new Matrix(inputs, outputs);
        int first = 0;
        for (float[] part : parts) {
            int rows = part.length / inputs;
            for (int row = 0; row < rows; row++) {
                matrix.put(first + row, part, row * inputs);
            }
            first += rows;
        }
        return matrix;
    }

    private void put(int output, float[] from, int start) {
        int number = output / panel;
        int width = width(number);
        int at = number * panel * inputs + output % panel;
        for (int input = 0; input < inputs; input++) {
            weights[at + input * width] = from[start + input];
        }
    }

    private int width(int number) {
        return Math.min(panel, outputs - number * panel);
    }

    int outputs() {
        return outputs;
    }

    /// The weights of one output: an embedding's row, where embedding and head are tied.
    void row(int output, float[] into) {
        int number = output / panel;
        int width = width(number);
        int at = number * panel * inputs + output % panel;
        for (int input = 0; input < inputs; input++) {
            into[input] = weights[at + input * width];
        }
    }

    /// Sums of a product under way, for one crew.
    static final class Scratch {
        private final double[][][] sums;

        /// @param positions how many vectors a product has at most
        Scratch(int positions) {
            sums = new double[Crew.WORKERS][positions][PANEL];
        }

        int positions() {
            return sums[0].length;
        }
    }

    /// `y[t] = W x[t]` for the first `count` vectors.
    void multiply(float[][] x, float[][] y, int count, Hands hands) {
        if (inputs * outputs >= SMALL) {
            hands.crew()
                    .run(
                            panels,
                            (number, worker) ->
                                    multiplyPanel(number, x, y, new Vectors(0, count), hands.scratch().sums[worker]));
        } else if (count >= SHARED) {
            hands.crew().run(2, (half, worker) -> {
                Vectors vectors = half == 0 ? new Vectors(0, count / 2) : new Vectors(count / 2, count);
                multiplyPanels(x, y, vectors, hands.scratch().sums[worker]);
            });
        } else {
            multiplyPanels(x, y, new Vectors(0, count), hands.scratch().sums[0]);
        }
    }

    /// Which of the vectors, from the first up to but not with `end`.
    private record Vectors(int from, int end) {}

    private void multiplyPanels(float[][] x, float[][] y, Vectors vectors, double[][] sums) {
        for (int number = 0; number < panels; number++) {
            multiplyPanel(number, x, y, vectors, sums);
        }
    }

    private void multiplyPanel(int number, float[][] x, float[][] y, Vectors vectors, double[][] sums) {
        int width = width(number);
        int start = number * panel * inputs;
        int from = vectors.from();
        int end = vectors.end();
        for (int t = from; t < end; t++) {
            Arrays.fill(sums[t], 0, width, 0);
        }
        int input = 0;
        if (end - from > 1 || inputs * outputs < SMALL) {
            for (; input + 3 < inputs; input += 4) {
                int at = start + input * width;
                for (int t = from; t < end; t++) {
                    float[] v = x[t];
                    addFour(sums[t], width, weights, at, v[input], v[input + 1], v[input + 2], v[input + 3]);
                }
            }
        }
        for (; input < inputs; input++) {
            int at = start + input * width;
            for (int t = from; t < end; t++) {
                addOne(sums[t], width, weights, at, x[t][input]);
            }
        }
        for (int t = from; t < end; t++) {
            narrow(sums[t], y[t], number * panel, width);
        }
    }

    private static void addOne(double[] sums, int width, float[] w, int at, float x) {
        for (int i = 0; i < width; i++) {
            sums[i] += x * w[at + i];
        }
    }

    private static void addFour(double[] sums, int width, float[] w, int at, float x0, float x1, float x2, float x3) {
        int at1 = at + width;
        int at2 = at1 + width;
        int at3 = at2 + width;
        for (int i = 0; i < width; i++) {
            sums[i] += Math.fma(x0, w[at + i], Math.fma(x1, w[at1 + i], Math.fma(x2, w[at2 + i], x3 * w[at3 + i])));
        }
    }

    private static void narrow(double[] sums, float[] y, int at, int width) {
        for (int i = 0; i < width; i++) {
            y[at + i] = (float) sums[i];
        }
    }
}
