package dev.athanor.train;

/// Pieces of sounds, all of one length.
///
/// @param samples (rows, samples of a piece), from -1 to 1
public record SoundBatch(float[] samples, int rows) implements Batch {

    /// Samples of each piece.
    int length() {
        return samples.length / rows;
    }

    @Override
    public long asked() {
        return rows;
    }
}
