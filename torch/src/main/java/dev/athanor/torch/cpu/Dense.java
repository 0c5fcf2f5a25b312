package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;

/// y = x · weightᵀ + bias for rows of numbers, and its gradients.
///
/// @param weight where the weight stands in the row of weights, (outputs, inputs)
/// @param bias where the bias does, (outputs)
public record Dense(int weight, int bias, int inputs, int outputs) {

    /// @param x (rows, inputs)
    /// @param y (rows, outputs), set
    public void forward(float[] weights, float[] x, float[] y, int rows) {
        repeat(weights, y, rows);
        Blas.add(
                View.of(y, 0, rows, outputs),
                View.of(x, 0, rows, inputs),
                in(weights).turned());
    }

    /// The bias once for each row.
    void repeat(float[] weights, float[] y, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(weights, bias, y, row * outputs, outputs);
        }
    }

    /// The bias at each place of each picture.
    void repeat(float[] weights, Cells y) {
        for (float[] place : y.values()) {
            repeat(weights, place, y.pictures());
        }
    }

    /// Adds the gradient of weight and bias.
    ///
    /// @param x (rows, inputs)
    /// @param dy (rows, outputs)
    public void learn(float[] gradient, float[] x, float[] dy, int rows) {
        Blas.add(in(gradient), View.of(dy, 0, rows, outputs).turned(), View.of(x, 0, rows, inputs));
        learnBias(gradient, dy, rows);
    }

    /// Adds the gradient of the bias alone.
    void learnBias(float[] gradient, float[] dy, int rows) {
        for (int row = 0; row < rows; row++) {
            Blas.add(dy, row * outputs, gradient, bias, outputs);
        }
    }

    /// The same for all places.
    void learnBias(float[] gradient, Cells dy) {
        for (float[] place : dy.values()) {
            learnBias(gradient, place, dy.pictures());
        }
    }

    /// dx += dy · weight.
    public void backward(float[] weights, float[] dy, float[] dx, int rows) {
        Blas.add(View.of(dx, 0, rows, inputs), View.of(dy, 0, rows, outputs), in(weights));
    }

    private View in(float[] row) {
        return View.of(row, weight, outputs, inputs);
    }
}
