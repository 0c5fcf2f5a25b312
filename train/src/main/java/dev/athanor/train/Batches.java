package dev.athanor.train;

/// The batches of a run by their number. A batch depends on its number alone, so the position in the data is
/// one number and a run continues where it stopped.
public interface Batches<B extends Batch> {

    /// Batch number `index`, counted from 0 over the whole run.
    B batch(long index);

    /// How many batches go through the data once.
    double perEpoch();
}
