package dev.athanor.train.cpu;

/// Some rows of a batch, and what their loss counts for.
///
/// @param inputs (rows, columns) in row-major order
/// @param targets the token that follows each, or a negative number where nothing is asked
/// @param scale what one target's loss counts for: 1 over the targets of the whole batch gives the mean
/// @param key of what is dropped; another one drops others
public record Part(int[] inputs, int[] targets, int rows, int columns, float scale, long key) {
    int tokens() {
        return rows * columns;
    }

    /// The tokens time by time, (columns, rows): what stands together in time stands together in memory.
    int[] timeMajor(int[] rowMajor) {
        int[] turned = new int[rowMajor.length];
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < columns; t++) {
                turned[t * rows + row] = rowMajor[row * columns + t];
            }
        }
        return turned;
    }
}
