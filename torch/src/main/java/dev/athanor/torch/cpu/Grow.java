package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// One place becomes four: y = unfold(x · weightᵀ + bias), where channels become squares of 2 x 2 (Shi et al.
/// 2016, equation 4), in four products that write the squares where they stand.
///
/// Letters: N pictures, C inputs, K outputs at each of the four places.
public final class Grow {
    private static final int CORNERS = 4;

    private final Dense place; // (4K, C), by output and corner
    private final int outputs; // K
    private final Tap[] corners;
    private final Turned[] ahead; // (C, K) by corner
    private final float[] bias; // (K), of one corner

    /// @param place of a weight (4K, C)
    /// @param height of x
    /// @param width of x
    public Grow(Dense place, int height, int width) {
        this.place = place;
        this.outputs = place.outputs() / CORNERS;
        this.corners = new Tap[CORNERS];
        Arrays.setAll(corners, corner -> Tap.larger(height, width, corner));
        this.ahead = new Turned[CORNERS];
        int inputs = place.inputs();
        Arrays.setAll(
                ahead,
                corner -> new Turned(
                        new Turned.Stand(place.weight() + corner * inputs, outputs, inputs, CORNERS * inputs, 1)));
        this.bias = new float[outputs];
    }

    /// Takes over weights. They are kept until the next call.
    public void take(float[] row) {
        for (Turned corner : ahead) {
            corner.take(row);
        }
    }

    /// @param x (N, C) at each place
    /// @param y (N, K) at each place of twice the height and width, set
    public void forward(float[] row, Cells x, Cells y) {
        for (int corner = 0; corner < CORNERS; corner++) {
            for (int i = 0; i < outputs; i++) {
                bias[i] = row[place.bias() + i * CORNERS + corner];
            }
            for (int to : corners[corner].to()) {
                for (int picture = 0; picture < x.pictures(); picture++) {
                    System.arraycopy(bias, 0, y.values()[to], picture * outputs, outputs);
                }
            }
            corners[corner].add(x, ahead[corner].view(), y);
        }
    }

    /// Adds the gradient of the weights.
    public void learn(float[] gradient, Cells x, Cells dy) {
        for (int corner = 0; corner < CORNERS; corner++) {
            corners[corner].learn(x, dy, in(gradient, corner));
            Arrays.fill(bias, 0);
            for (int to : corners[corner].to()) {
                for (int picture = 0; picture < x.pictures(); picture++) {
                    Blas.add(dy.values()[to], picture * outputs, bias, 0, outputs);
                }
            }
            for (int i = 0; i < outputs; i++) {
                gradient[place.bias() + i * CORNERS + corner] += bias[i];
            }
        }
    }

    /// Adds the gradient of x.
    public void backward(float[] row, Cells dy, Cells dx) {
        for (int corner = 0; corner < CORNERS; corner++) {
            corners[corner].back(dy, in(row, corner), dx);
        }
    }

    /// Every fourth row: (K, C).
    private View in(float[] row, int corner) {
        int inputs = place.inputs();
        return View.of(row, place.weight() + corner * inputs, outputs, inputs, CORNERS * inputs);
    }
}
