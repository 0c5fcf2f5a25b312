package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas.View;

/// Two layers of one size become one: y = (a beside b) · weightᵀ + bias, in two products that need no copy of
/// them side by side.
///
/// Letters: N pictures, C channels of a and of b, K outputs.
///
/// @param place of the weight (K, 2C)
/// @param same each place to itself
public record Merge(Dense place, Tap same) {

    /// @param y (N, K) at each place, set
    public void forward(float[] row, Cells a, Cells b, Cells y) {
        place.repeat(row, y);
        same.add(a, half(row, 0), y);
        same.add(b, half(row, 1), y);
    }

    /// Adds the gradient of the weights.
    public void learn(float[] gradient, Cells a, Cells b, Cells dy) {
        place.learnBias(gradient, dy);
        same.learn(a, dy, half(gradient, 0));
        same.learn(b, dy, half(gradient, 1));
    }

    /// Adds the gradients of a and b.
    public void backward(float[] row, Cells dy, Cells da, Cells db) {
        same.back(dy, half(row, 0), da);
        same.back(dy, half(row, 1), db);
    }

    private View half(float[] row, int number) {
        int half = place.inputs() / 2;
        return View.of(row, place.weight() + number * half, place.outputs(), half, place.inputs());
    }
}
