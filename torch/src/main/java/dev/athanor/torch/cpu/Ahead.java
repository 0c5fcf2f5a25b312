package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;

/// [Dense] for many rows: the way there by a copy of the weight that stands as the fastest product needs it.
public final class Ahead {
    private final Dense place;
    private final Turned turned;

    public Ahead(Dense place) {
        this.place = place;
        this.turned = new Turned(new Turned.Stand(place.weight(), place.outputs(), place.inputs(), place.inputs(), 1));
    }

    /// Takes over weights. They are kept until the next call.
    public void take(float[] row) {
        turned.take(row);
    }

    /// @param x (rows, inputs)
    /// @param y (rows, outputs), set
    public void forward(float[] row, float[] x, float[] y, int rows) {
        place.repeat(row, y, rows);
        Blas.add(View.of(y, 0, rows, place.outputs()), View.of(x, 0, rows, place.inputs()), turned.view());
    }
}
