package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas.View;

/// A copy of a weight (K, C) as (C, K): a product whose factors both stand as they are is the fastest there is.
final class Turned {
    private final Stand stand;
    private final float[] values;

    /// Where a weight stands in a row of weights.
    ///
    /// @param rows K
    /// @param columns C
    /// @param down from one row to the next
    /// @param right from one column to the next
    record Stand(int at, int rows, int columns, int down, int right) {}

    Turned(Stand stand) {
        this.stand = stand;
        this.values = new float[stand.rows * stand.columns];
    }

    void take(float[] row) {
        for (int k = 0; k < stand.rows; k++) {
            for (int c = 0; c < stand.columns; c++) {
                values[c * stand.rows + k] = row[stand.at + k * stand.down + c * stand.right];
            }
        }
    }

    /// (C, K).
    View view() {
        return View.of(values, 0, stand.columns, stand.rows);
    }
}
