package dev.athanor.train;

/// What one forward pass reads: rows × columns of tokens in row-major order.
///
/// @param inputs what the model reads
/// @param targets the token that follows each, or [#IGNORED] where nothing is asked
/// @param lengths tokens of each row that are no padding
/// @param begins whether recurrent state starts afresh with this batch
public record TokenBatch(int[] inputs, int[] targets, int[] lengths, int columns, boolean begins) implements Batch {
    /// A target that costs nothing.
    public static final int IGNORED = -100;

    @Override
    public int rows() {
        return lengths.length;
    }

    /// Targets that count.
    @Override
    public long asked() {
        int asked = 0;
        for (int target : targets) {
            asked += target == IGNORED ? 0 : 1;
        }
        return asked;
    }
}
