package dev.athanor.train.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), gates in the order i, f, g, o:
/// c = f·c' + i·g, h = o·tanh c.
///
/// Letters: B rows, T time, C width.
final class LstmCell implements RecurrentCell {
    private final int width;
    private final float[] hidden; // (B, C)
    private final float[] memory; // (B, C)
    private float[] cells = {}; // (T + 1, B, C)
    private float[] curved = {}; // (T, B, C), tanh c
    private float[] dCells = {}; // (B, C)
    // rows of (C) for what one row of one step has: see Pointwise
    private final float[] i;
    private final float[] f;
    private final float[] g;
    private final float[] o;
    private final float[] c;
    private final float[] h;
    private final float[] bent; // tanh c
    private final float[] dc;
    private float[] weights = {};
    private Steps steps = Steps.NONE;

    LstmCell(int width, int rows) {
        this.width = width;
        this.hidden = new float[rows * width];
        this.memory = new float[rows * width];
        i = new float[width];
        f = new float[width];
        g = new float[width];
        o = new float[width];
        c = new float[width];
        h = new float[width];
        bent = new float[width];
        dc = new float[width];
    }

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public void begin(float[] weights, Steps steps) {
        this.weights = weights;
        this.steps = steps;
        int size = steps.rows() * width;
        cells = Buffers.atLeast(cells, (steps.columns() + 1) * size);
        curved = Buffers.atLeast(curved, steps.columns() * size);
        dCells = Buffers.atLeast(dCells, size);
        Arrays.fill(dCells, 0, size, 0);
        System.arraycopy(hidden, 0, steps.outputs(), 0, size);
        System.arraycopy(memory, 0, cells, 0, size);
        for (int m = 0; m < steps.columns() * steps.rows(); m++) {
            Blas.add(weights, steps.hiddenBias(), steps.projected(), m * 4 * width, 4 * width);
        }
    }

    @Override
    public void forward(int t) {
        int C = width;
        int B = steps.rows();
        float[] z = steps.projected();
        Blas.add(
                gates(t),
                View.of(steps.outputs(), t * B * C, B, C),
                steps.hiddenWeights().in(weights).turned());
        for (int b = 0; b < B; b++) {
            int at = (t * B + b) * C;
            take(z, at);
            Pointwise.sigmoid(i, i, 0, C);
            Pointwise.sigmoid(f, f, 0, C);
            Pointwise.tanh(g, g, 0, C);
            Pointwise.sigmoid(o, o, 0, C);
            remember(i, f, g, c);
            Pointwise.tanh(c, bent, 0, C);
            emit(o, bent, h);
            putGates(z, at * 4);
            System.arraycopy(c, 0, cells, at + B * C, C);
            System.arraycopy(bent, 0, curved, at, C);
            System.arraycopy(h, 0, steps.outputs(), at + B * C, C);
        }
    }

    /// Gates of one row of one step, and the cell before, into rows of their own.
    private void take(float[] z, int at) {
        int C = width;
        System.arraycopy(z, at * 4, i, 0, C);
        System.arraycopy(z, at * 4 + C, f, 0, C);
        System.arraycopy(z, at * 4 + 2 * C, g, 0, C);
        System.arraycopy(z, at * 4 + 3 * C, o, 0, C);
        System.arraycopy(cells, at, c, 0, C);
    }

    private static void remember(float[] i, float[] f, float[] g, float[] c) {
        for (int j = 0; j < c.length; j++) {
            c[j] = f[j] * c[j] + i[j] * g[j];
        }
    }

    private static void emit(float[] o, float[] bent, float[] h) {
        for (int j = 0; j < h.length; j++) {
            h[j] = o[j] * bent[j];
        }
    }

    private void putGates(float[] z, int at) {
        int C = width;
        System.arraycopy(i, 0, z, at, C);
        System.arraycopy(f, 0, z, at + C, C);
        System.arraycopy(g, 0, z, at + 2 * C, C);
        System.arraycopy(o, 0, z, at + 3 * C, C);
    }

    @Override
    public void keep() {
        int size = steps.rows() * width;
        System.arraycopy(steps.outputs(), steps.columns() * size, hidden, 0, size);
        System.arraycopy(cells, steps.columns() * size, memory, 0, size);
    }

    @Override
    public void backward(int t, float[] dOutputs) {
        int C = width;
        int B = steps.rows();
        float[] z = steps.projected();
        for (int b = 0; b < B; b++) {
            int at = (t * B + b) * C;
            take(z, at);
            System.arraycopy(curved, at, bent, 0, C);
            System.arraycopy(dOutputs, at, h, 0, C);
            System.arraycopy(dCells, b * C, dc, 0, C);
            throughOutput(o, bent, h, dc);
            throughCell(i, g, dc);
            throughForget(f, c, dc);
            putGates(z, at * 4);
            System.arraycopy(dc, 0, dCells, b * C, C);
        }
        if (t > 0) {
            Blas.add(
                    View.of(dOutputs, (t - 1) * B * C, B, C),
                    gates(t),
                    steps.hiddenWeights().in(weights));
        }
    }

    /// From dh to dc, and the gradient of o's argument in its place.
    private static void throughOutput(float[] o, float[] bent, float[] dh, float[] dc) {
        for (int j = 0; j < o.length; j++) {
            dc[j] += dh[j] * o[j] * (1 - bent[j] * bent[j]);
            o[j] = dh[j] * bent[j] * o[j] * (1 - o[j]);
        }
    }

    /// The gradients of the arguments of i and g in their places.
    private static void throughCell(float[] i, float[] g, float[] dc) {
        for (int j = 0; j < i.length; j++) {
            float open = i[j];
            float proposed = g[j];
            i[j] = dc[j] * proposed * open * (1 - open);
            g[j] = dc[j] * open * (1 - proposed * proposed);
        }
    }

    /// The gradient of f's argument in its place, and dc one step earlier.
    private static void throughForget(float[] f, float[] before, float[] dc) {
        for (int j = 0; j < f.length; j++) {
            float kept = f[j];
            f[j] = dc[j] * before[j] * kept * (1 - kept);
            dc[j] *= kept;
        }
    }

    @Override
    public void addGradient(float[] gradient) {
        int M = steps.rows() * steps.columns();
        View dGates = View.of(steps.projected(), 0, M, 4 * width);
        Blas.add(steps.hiddenWeights().in(gradient), dGates.turned(), View.of(steps.outputs(), 0, M, width));
        Pointwise.addColumns(steps.projected(), M, gradient, steps.hiddenBias(), 4 * width);
    }

    /// (B, 4·C) at time t.
    private View gates(int t) {
        return View.of(steps.projected(), t * steps.rows() * 4 * width, steps.rows(), 4 * width);
    }

    @Override
    public float[] hidden() {
        return hidden;
    }

    @Override
    public float[] memory() {
        return memory;
    }
}
