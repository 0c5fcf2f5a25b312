package dev.athanor.train;

/// What one forward pass reads.
public sealed interface Batch permits TokenBatch, ImageBatch, SoundBatch {

    int rows();

    /// How many targets count: the loss is a mean over them, and speed is told in them.
    long asked();
}
