package dev.athanor.train;

import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/// What training makes small.
public sealed interface Objective<B extends Batch> permits TextObjective, ImageObjective, SoundObjective {

    /// The loss of a batch summed over what counts in it, (): what validation reports.
    Tensor sum(B batch);

    /// What the gradient is taken of, (): the mean loss over what counts, with what only training adds.
    ///
    /// @param step how many steps came before
    Tensor training(B batch, long step);

    /// What is carried from batch to batch, to be kept in checkpoints; writing into it changes it.
    SequencedMap<String, Tensor> carried();
}
