package dev.athanor.generate;

/// The curved functions of networks, on arrays.
final class Curves {
    private Curves() {}

    /// Turns scores into shares that sum to one.
    static void softmax(float[] scores, int count) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, scores[i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            scores[i] = exp(scores[i] - highest);
            sum += scores[i];
        }
        float scale = (float) (1 / sum);
        for (int i = 0; i < count; i++) {
            scores[i] *= scale;
        }
    }

    static float sigmoid(float x) {
        return 1 / (1 + exp(-x));
    }

    static float tanh(float x) {
        if (Math.abs(x) < 0.1f) { // 1 - 2 / (e^2x + 1) loses digits near zero
            return (float) Math.tanh(x);
        }
        return 1 - 2 / (exp(2 * x) + 1);
    }

    /// `e^x` within two units in the last place: `2^n · e^r` with `|r| <= ln 2 / 2`, `e^r` by its Taylor
    /// polynomial of degree 7 (next term under 6e-9). Three times as fast as [Math#exp] here, and softmax and
    /// SwiGLU are full of it.
    static float exp(float x) {
        if (!(x > -87)) {
            return x <= -87 ? 0 : Float.NaN;
        }
        if (x > 88) {
            return (float) Math.exp(x);
        }
        float n = (float) Math.rint(x * 1.44269504f);
        float r = Math.fma(n, -0.693359375f, x); // ln 2 in two parts (Cody and Waite 1980), so that r is exact
        r = Math.fma(n, 2.12194440e-4f, r);
        float p = 1 / 5040f;
        p = Math.fma(p, r, 1 / 720f);
        p = Math.fma(p, r, 1 / 120f);
        p = Math.fma(p, r, 1 / 24f);
        p = Math.fma(p, r, 1 / 6f);
        p = Math.fma(p, r, 0.5f);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        return p * Float.intBitsToFloat((int) n + 127 << 23);
    }
}
