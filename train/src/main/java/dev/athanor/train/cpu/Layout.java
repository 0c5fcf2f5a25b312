package dev.athanor.train.cpu;

import dev.athanor.torch.Blas.View;
import java.util.Map;

/// Where each weight stands in the row of all of them, by its name in the model's folder. Gradients stand in
/// the same places of a row of their own.
public record Layout(Map<String, Integer> places) {
    public Layout {
        places = Map.copyOf(places);
    }

    /// A matrix of weights.
    record Matrix(int at, int rows, int columns) {
        View in(float[] row) {
            return View.of(row, at, rows, columns);
        }
    }

    Matrix matrix(String name, int rows, int columns) {
        return new Matrix(at(name), rows, columns);
    }

    int at(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no weight \"%s\" among %s"
                    .formatted(name, places.keySet().stream().sorted().toList()));
        }
        return place;
    }
}
