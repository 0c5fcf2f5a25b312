package dev.athanor.train.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;

/// Gated recurrent unit (Cho et al. 2014, with the reset gate after the product, as in cuDNN), gates in the
/// order r, z, n: n = tanh(x_n + r·h_n), h = (1 − z)·n + z·h'.
///
/// Letters: B rows, T time, C width.
final class GruCell implements RecurrentCell {
    private final int width;
    private final float[] hidden; // (B, C)
    private float[] remembered = {}; // (T, B, 3·C), the last output's share of the gates, and then its gradient
    // rows of (C) for what one row of one step has: see Pointwise
    private final float[] r;
    private final float[] z;
    private final float[] n;
    private final float[] rh;
    private final float[] zh;
    private final float[] nh;
    private final float[] h;
    private final float[] dh;
    private float[] weights = {};
    private Steps steps = Steps.NONE;

    GruCell(int width, int rows) {
        this.width = width;
        this.hidden = new float[rows * width];
        r = new float[width];
        z = new float[width];
        n = new float[width];
        rh = new float[width];
        zh = new float[width];
        nh = new float[width];
        h = new float[width];
        dh = new float[width];
    }

    @Override
    public int gates() {
        return 3;
    }

    @Override
    public void begin(float[] weights, Steps steps) {
        this.weights = weights;
        this.steps = steps;
        int M = steps.rows() * steps.columns();
        remembered = Buffers.atLeast(remembered, M * 3 * width);
        for (int m = 0; m < M; m++) {
            System.arraycopy(weights, steps.hiddenBias(), remembered, m * 3 * width, 3 * width);
        }
        System.arraycopy(hidden, 0, steps.outputs(), 0, steps.rows() * width);
    }

    @Override
    public void forward(int t) {
        int C = width;
        int B = steps.rows();
        Blas.add(
                remembered(t),
                View.of(steps.outputs(), t * B * C, B, C),
                steps.hiddenWeights().in(weights).turned());
        for (int b = 0; b < B; b++) {
            int at = (t * B + b) * C;
            take(at);
            addUp(r, z, rh, zh);
            Pointwise.sigmoid(r, r, 0, C);
            Pointwise.sigmoid(z, z, 0, C);
            propose(n, r, nh);
            Pointwise.tanh(n, n, 0, C);
            mix(z, n, h);
            put(steps.projected(), at * 3, r, z, n);
            System.arraycopy(h, 0, steps.outputs(), at + B * C, C);
        }
    }

    /// What stands for one row of one step, into rows of their own.
    private void take(int at) {
        int C = width;
        System.arraycopy(steps.projected(), at * 3, r, 0, C);
        System.arraycopy(steps.projected(), at * 3 + C, z, 0, C);
        System.arraycopy(steps.projected(), at * 3 + 2 * C, n, 0, C);
        System.arraycopy(remembered, at * 3, rh, 0, C);
        System.arraycopy(remembered, at * 3 + C, zh, 0, C);
        System.arraycopy(remembered, at * 3 + 2 * C, nh, 0, C);
        System.arraycopy(steps.outputs(), at, h, 0, C);
    }

    private static void put(float[] into, int at, float[] first, float[] second, float[] third) {
        int C = first.length;
        System.arraycopy(first, 0, into, at, C);
        System.arraycopy(second, 0, into, at + C, C);
        System.arraycopy(third, 0, into, at + 2 * C, C);
    }

    private static void addUp(float[] r, float[] z, float[] rh, float[] zh) {
        for (int j = 0; j < r.length; j++) {
            r[j] += rh[j];
            z[j] += zh[j];
        }
    }

    /// x_n + r·h_n.
    private static void propose(float[] n, float[] r, float[] nh) {
        for (int j = 0; j < n.length; j++) {
            n[j] += r[j] * nh[j];
        }
    }

    private static void mix(float[] z, float[] n, float[] h) {
        for (int j = 0; j < h.length; j++) {
            h[j] = n[j] + z[j] * (h[j] - n[j]);
        }
    }

    @Override
    public void keep() {
        int size = steps.rows() * width;
        System.arraycopy(steps.outputs(), steps.columns() * size, hidden, 0, size);
    }

    @Override
    public void backward(int t, float[] dOutputs) {
        int C = width;
        int B = steps.rows();
        for (int b = 0; b < B; b++) {
            int at = (t * B + b) * C;
            take(at);
            System.arraycopy(dOutputs, at, dh, 0, C);
            throughMix(z, n, h, dh);
            throughReset(r, n, nh);
            put(steps.projected(), at * 3, r, h, n);
            put(remembered, at * 3, r, h, nh);
            if (t > 0) {
                Blas.add(dh, 0, dOutputs, at - B * C, C);
            }
        }
        if (t > 0) {
            Blas.add(
                    View.of(dOutputs, (t - 1) * B * C, B, C),
                    remembered(t),
                    steps.hiddenWeights().in(weights));
        }
    }

    /// n becomes the gradient of its argument, h that of z's argument, and dh what goes straight on to the
    /// output before.
    private static void throughMix(float[] z, float[] n, float[] h, float[] dh) {
        for (int j = 0; j < h.length; j++) {
            float d = dh[j];
            float kept = z[j];
            float proposed = n[j];
            h[j] = d * (h[j] - proposed) * kept * (1 - kept);
            n[j] = d * (1 - kept) * (1 - proposed * proposed);
            dh[j] = d * kept;
        }
    }

    /// r becomes the gradient of its argument, and h_n its own gradient.
    private static void throughReset(float[] r, float[] dn, float[] nh) {
        for (int j = 0; j < r.length; j++) {
            float open = r[j];
            r[j] = dn[j] * nh[j] * open * (1 - open);
            nh[j] = dn[j] * open;
        }
    }

    @Override
    public void addGradient(float[] gradient) {
        int M = steps.rows() * steps.columns();
        Blas.add(
                steps.hiddenWeights().in(gradient),
                View.of(remembered, 0, M, 3 * width).turned(),
                View.of(steps.outputs(), 0, M, width));
        Pointwise.addColumns(remembered, M, gradient, steps.hiddenBias(), 3 * width);
    }

    /// (B, 3·C) at time t.
    private View remembered(int t) {
        return View.of(remembered, t * steps.rows() * 3 * width, steps.rows(), 3 * width);
    }

    @Override
    public float[] hidden() {
        return hidden;
    }

    @Override
    public float[] memory() {
        return new float[0];
    }
}
