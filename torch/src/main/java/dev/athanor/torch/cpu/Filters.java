package dev.athanor.torch.cpu;

import java.util.Arrays;

/// Filters of 3 x 3 at the points of [Reach]: G·g·Gᵀ, and the way back of their gradient.
///
/// Letters: K outputs, C inputs.
final class Filters {
    private static final int SIDE = 3;
    private static final int TAPS = SIDE * SIDE;
    private static final int POINTS = Reach.POINTS;

    /// Numbers that go through both directions before the next ones do, so that they stay in the first cache.
    private static final int STRETCH = 128;

    private final int outputs;
    private final int inputs;
    private final Order order;
    private final int count; // K·C
    private final float[][] values = new float[POINTS * POINTS][]; // (K, C) or (C, K) each
    private final float[][] taps = new float[TAPS][STRETCH];
    private final float[][] half = new float[POINTS * SIDE][STRETCH];
    private final float[][] whole = new float[POINTS * POINTS][STRETCH];
    private final float[][] three = new float[SIDE][];
    private final float[][] six = new float[POINTS][];

    /// How the numbers at a pair of points stand. Weights and gradients in a row are by output.
    enum Order {
        BY_OUTPUT, // (K, C)
        BY_INPUT // (C, K)
    }

    Filters(int outputs, int inputs, Order order) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.order = order;
        count = outputs * inputs;
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[count];
        }
    }

    /// At a pair of points.
    float[] at(int pair) {
        return values[pair];
    }

    void clear() {
        for (float[] point : values) {
            Arrays.fill(point, 0);
        }
    }

    /// Takes over the filters that stand in a row of weights from `at` on, (K, C, 3, 3).
    void take(float[] weights, int at) {
        for (int from = 0; from < count; from += STRETCH) {
            int size = Math.min(STRETCH, count - from);
            for (int tap = 0; tap < TAPS; tap++) {
                switch (order) {
                    case BY_OUTPUT -> take(weights, at + from * TAPS + tap, taps[tap], size);
                    case BY_INPUT -> takeTurned(weights, at + tap, taps[tap], new Part(from, size));
                }
            }
            for (int column = 0; column < SIDE; column++) {
                pick(taps, column, SIDE, three);
                pick(half, column, SIDE, six);
                transform(three, six, size);
            }
            for (int i = 0; i < POINTS; i++) {
                pick(half, i * SIDE, 1, three);
                pick(whole, i * POINTS, 1, six);
                transform(three, six, size);
            }
            for (int pair = 0; pair < values.length; pair++) {
                System.arraycopy(whole[pair], 0, values[pair], from, size);
            }
        }
    }

    /// Adds the gradient of the filters, where this holds that at the points by output, to a row from `at` on.
    void addGradient(float[] gradient, int at) {
        for (int from = 0; from < count; from += STRETCH) {
            int size = Math.min(STRETCH, count - from);
            for (int pair = 0; pair < values.length; pair++) {
                System.arraycopy(values[pair], from, whole[pair], 0, size);
            }
            for (int i = 0; i < POINTS; i++) {
                pick(whole, i * POINTS, 1, six);
                pick(half, i * SIDE, 1, three);
                back(six, three, size);
            }
            for (int column = 0; column < SIDE; column++) {
                pick(half, column, SIDE, six);
                pick(taps, column, SIDE, three);
                back(six, three, size);
            }
            for (int tap = 0; tap < TAPS; tap++) {
                add(taps[tap], gradient, at + from * TAPS + tap, size);
            }
        }
    }

    private static void pick(float[][] all, int first, int step, float[][] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = all[first + i * step];
        }
    }

    private static void take(float[] weights, int at, float[] tap, int size) {
        for (int i = 0; i < size; i++) {
            tap[i] = weights[at + i * TAPS];
        }
    }

    private record Part(int from, int size) {}

    private void takeTurned(float[] weights, int at, float[] tap, Part part) {
        int input = part.from / outputs;
        int output = part.from % outputs;
        for (int i = 0; i < part.size; i++) {
            tap[i] = weights[at + (output * inputs + input) * TAPS];
            output++;
            if (output == outputs) {
                output = 0;
                input++;
            }
        }
    }

    private static void add(float[] tap, float[] gradient, int at, int size) {
        for (int i = 0; i < size; i++) {
            gradient[at + i * TAPS] += tap[i];
        }
    }

    /// G. The first row is four times that of Lavin and Gray (2016, section 4.3), the first of Bᵀ a quarter.
    private static void transform(float[][] filter, float[][] points, int size) {
        float[] g0 = filter[0];
        float[] g1 = filter[1];
        float[] g2 = filter[2];
        float[] p0 = points[0];
        float[] p1 = points[1];
        float[] p2 = points[2];
        float[] p3 = points[3];
        float[] p4 = points[4];
        float[] p5 = points[5];
        for (int i = 0; i < size; i++) {
            float a = g0[i];
            float b = g1[i];
            float c = g2[i];
            float p = (a + c) * (-1 / 6f);
            float q = b * (1 / 6f);
            float r = Math.fma(4f, c, a) * (1 / 24f);
            p0[i] = a;
            p1[i] = p - q;
            p2[i] = p + q;
            p3[i] = Math.fma(0.5f, q, r);
            p4[i] = Math.fma(-0.5f, q, r);
            p5[i] = c;
        }
    }

    /// Gᵀ.
    private static void back(float[][] points, float[][] filter, int size) {
        float[] p0 = points[0];
        float[] p1 = points[1];
        float[] p2 = points[2];
        float[] p3 = points[3];
        float[] p4 = points[4];
        float[] p5 = points[5];
        float[] g0 = filter[0];
        float[] g1 = filter[1];
        float[] g2 = filter[2];
        for (int i = 0; i < size; i++) {
            float p = (p1[i] + p2[i]) * (-1 / 6f);
            float r = (p3[i] + p4[i]) * (1 / 24f);
            g0[i] = p0[i] + p + r;
            g1[i] = Math.fma(p2[i] - p1[i], 1 / 6f, (p3[i] - p4[i]) * (1 / 12f));
            g2[i] = Math.fma(4f, r, p) + p5[i];
        }
    }
}
