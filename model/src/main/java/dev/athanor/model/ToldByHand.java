package dev.athanor.model;

import dev.athanor.torch.Blas;
import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What [UNet] makes of times and labels, there and back.
///
/// Letters: N pictures, E width of what is told.
final class ToldByHand {
    private final int width;
    private final Dense time1;
    private final Dense time2;
    private final List<Integer> labels = new ArrayList<>(); // places of (values + 1, E)
    private float[] waves = {}; // (N, E)
    private float[] early = {}; // (N, E), before the activation
    private float[] late = {}; // (N, E), behind it
    private float[] sum = {}; // (N, E), before the last activation
    private float[] told = {}; // (N, E)
    private float[] dTold = {}; // (N, E)
    private float[] dLate = {}; // (N, E)

    ToldByHand(Places places, UNet.Config config) {
        width = config.told();
        time1 = places.dense("time.0", width, width);
        time2 = places.dense("time.1", width, width);
        for (int field = 0; field < config.classes().size(); field++) {
            labels.add(places.at("label." + field + ".weight"));
        }
    }

    /// @return (N, E)
    float[] forward(float[] weights, UNetByHand.Noisy noisy) {
        int N = noisy.rows();
        reserve(N * width);
        waves(noisy.times());
        time1.forward(weights, waves, early, N);
        Curve.SILU.forward(early, late, N * width);
        time2.forward(weights, late, sum, N);
        for (int row = 0; row < N; row++) {
            for (int field = 0; field < labels.size(); field++) {
                Blas.add(weights, label(noisy, row, field), sum, row * width, width);
            }
        }
        Curve.SILU.forward(sum, told, N * width);
        Arrays.fill(dTold, 0, N * width, 0);
        return told;
    }

    private void reserve(int length) {
        if (waves.length < length) {
            waves = new float[length];
            early = new float[length];
            late = new float[length];
            sum = new float[length];
            told = new float[length];
            dTold = new float[length];
            dLate = new float[length];
        }
    }

    /// Sines and cosines of 1000·t, as in [UNet].
    private void waves(float[] times) {
        int half = width / 2;
        for (int i = 0; i < half; i++) {
            double frequency = 1000 * Math.pow(10_000, -(double) i / half);
            for (int row = 0; row < times.length; row++) {
                double angle = (float) (times[row] * frequency);
                waves[row * width + i] = (float) Math.cos(angle);
                waves[row * width + half + i] = (float) Math.sin(angle);
            }
        }
    }

    private int label(UNetByHand.Noisy noisy, int row, int field) {
        return labels.get(field) + noisy.labels()[row * labels.size() + field] * width;
    }

    /// Where the blocks add the gradient of what they were told; 0 since [#forward].
    float[] gradient() {
        return dTold;
    }

    void backward(float[] weights, float[] gradient, UNetByHand.Noisy noisy) {
        int N = noisy.rows();
        Curve.SILU.backward(sum, dTold, N * width);
        for (int row = 0; row < N; row++) {
            for (int field = 0; field < labels.size(); field++) {
                Blas.add(dTold, row * width, gradient, label(noisy, row, field), width);
            }
        }
        time2.learn(gradient, late, dTold, N);
        Arrays.fill(dLate, 0, N * width, 0);
        time2.backward(weights, dTold, dLate, N);
        Curve.SILU.backward(early, dLate, N * width);
        time1.learn(gradient, waves, dLate, N);
    }
}
