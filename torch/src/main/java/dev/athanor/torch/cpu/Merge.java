package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas.View;

/// Two layers of one size become one: y = (a beside b) · weightᵀ + bias, in two products that need no copy of
/// them side by side.
///
/// Letters: N pictures, C channels of a and of b, K outputs.
public final class Merge {
    private final Dense place; // (K, 2C)
    private final Tap same;
    private final Turned aheadOfA; // (C, K)
    private final Turned aheadOfB; // (C, K)

    /// @param place of a weight (K, 2C)
    /// @param places of each layer
    public Merge(Dense place, int places) {
        this.place = place;
        this.same = Tap.same(places);
        this.aheadOfA = ahead(0);
        this.aheadOfB = ahead(1);
    }

    private Turned ahead(int number) {
        int half = place.inputs() / 2;
        return new Turned(new Turned.Stand(place.weight() + number * half, place.outputs(), half, place.inputs(), 1));
    }

    /// Takes over weights. They are kept until the next call.
    public void take(float[] row) {
        aheadOfA.take(row);
        aheadOfB.take(row);
    }

    /// @param y (N, K) at each place, set
    public void forward(float[] row, Cells a, Cells b, Cells y) {
        place.repeat(row, y);
        same.add(a, aheadOfA.view(), y);
        same.add(b, aheadOfB.view(), y);
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
