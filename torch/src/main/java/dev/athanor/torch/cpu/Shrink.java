package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// Four places become one: squares of 2 x 2 are folded into channels (Shi et al. 2016, equation 4, the other
/// way round) and multiplied, y = fold(x) · weightᵀ + bias, in four products that read the squares where they
/// stand.
///
/// Letters: N pictures, C inputs at each of the four places, K outputs.
public final class Shrink {
    private static final int CORNERS = 4;

    private final Dense place; // (K, 4C), by input and corner
    private final int inputs; // C
    private final Tap[] corners;
    private final Turned[] ahead; // (C, K) by corner
    private final float[][] weights; // (K, C) by corner
    private final float[] dWeight; // (K, C)

    /// @param place of a weight (K, 4C)
    /// @param height of y
    /// @param width of y
    public Shrink(Dense place, int height, int width) {
        this.place = place;
        this.inputs = place.inputs() / CORNERS;
        this.corners = new Tap[CORNERS];
        Arrays.setAll(corners, corner -> Tap.larger(height, width, corner).turned());
        this.ahead = new Turned[CORNERS];
        Arrays.setAll(
                ahead,
                corner -> new Turned(
                        new Turned.Stand(place.weight() + corner, place.outputs(), inputs, place.inputs(), CORNERS)));
        this.weights = new float[CORNERS][place.outputs() * inputs];
        this.dWeight = new float[place.outputs() * inputs];
    }

    /// Takes over weights. They are kept until the next call.
    public void take(float[] row) {
        for (int corner = 0; corner < CORNERS; corner++) {
            ahead[corner].take(row);
            for (int i = 0; i < weights[corner].length; i++) {
                weights[corner][i] = row[place.weight() + i * CORNERS + corner];
            }
        }
    }

    /// @param x (N, C) at each place
    /// @param y (N, K) at each place of half the height and width, set
    public void forward(float[] row, Cells x, Cells y) {
        place.repeat(row, y);
        for (int corner = 0; corner < CORNERS; corner++) {
            corners[corner].add(x, ahead[corner].view(), y);
        }
    }

    /// Adds the gradient of the weights.
    public void learn(float[] gradient, Cells x, Cells dy) {
        place.learnBias(gradient, dy);
        for (int corner = 0; corner < CORNERS; corner++) {
            Arrays.fill(dWeight, 0);
            corners[corner].learn(x, dy, in(dWeight));
            for (int i = 0; i < dWeight.length; i++) {
                gradient[place.weight() + i * CORNERS + corner] += dWeight[i];
            }
        }
    }

    /// Adds the gradient of x.
    public void backward(Cells dy, Cells dx) {
        for (int corner = 0; corner < CORNERS; corner++) {
            corners[corner].back(dy, in(weights[corner]), dx);
        }
    }

    private View in(float[] values) {
        return View.of(values, 0, place.outputs(), inputs);
    }
}
