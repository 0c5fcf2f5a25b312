package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// A convolution of 3 x 3 as one product: the nine places around each stand side by side in a row.
///
/// It takes four times the multiplications of [Winograd] and reads a quarter of the filters, so it is for few places
/// of few pictures, where reading them is what takes the time.
///
/// Letters: N pictures, C inputs, K outputs.
final class Gathered {
    private static final int SIDE = 3;
    private static final int TAPS = SIDE * SIDE;

    private final Dense place;
    private float[] filters = {}; // (TAPS, C, K)
    private float[] weights = {};
    private float[] rows = {}; // (places, N, TAPS, C)
    private float[] products = {}; // (places, N, K)

    /// @param place of the filters in the row of weights, (outputs, inputs, 3, 3), and of the bias
    Gathered(Dense place) {
        this.place = place;
    }

    /// Takes over weights once they are needed: they must stay as they are until the next call.
    void take(float[] weights) {
        this.weights = weights;
    }

    private void turn() {
        int C = place.inputs();
        int K = place.outputs();
        filters = reserve(filters, TAPS * C * K);
        for (int k = 0; k < K; k++) {
            for (int c = 0; c < C; c++) {
                for (int tap = 0; tap < TAPS; tap++) {
                    filters[(tap * C + c) * K + k] = weights[place.weight() + (k * C + c) * TAPS + tap];
                }
            }
        }
        weights = new float[0];
    }

    /// @param bias (K)
    /// @param x (N, C) at each place
    /// @param y (N, K) at each place, set
    void forward(float[] bias, Cells x, Cells y) {
        if (weights.length > 0) {
            turn();
        }
        int N = x.pictures();
        int K = place.outputs();
        int count = x.places() * N;
        rows = reserve(rows, count * TAPS * place.inputs());
        products = reserve(products, count * K);
        for (int at = 0; at < x.places(); at++) {
            gather(x, at);
        }
        Blas.set(
                View.of(products, 0, count, K),
                View.of(rows, 0, count, TAPS * place.inputs()),
                View.of(filters, 0, TAPS * place.inputs(), K));
        for (int at = 0; at < x.places(); at++) {
            float[] out = y.values()[at];
            for (int i = 0; i < N * K; i++) {
                out[i] = products[at * N * K + i] + bias[i % K];
            }
        }
    }

    private static float[] reserve(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }

    private void gather(Cells x, int at) {
        int C = place.inputs();
        int row = at / x.width() - 1;
        int column = at % x.width() - 1;
        for (int tap = 0; tap < TAPS; tap++) {
            float[] from = x.at(row + tap / SIDE, column + tap % SIDE, new float[0]);
            for (int picture = 0; picture < x.pictures(); picture++) {
                int to = ((at * x.pictures() + picture) * TAPS + tap) * C;
                if (from.length == 0) {
                    Arrays.fill(rows, to, to + C, 0);
                } else {
                    System.arraycopy(from, picture * C, rows, to, C);
                }
            }
        }
    }
}
