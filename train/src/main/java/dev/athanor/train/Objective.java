package dev.athanor.train;

import java.util.List;
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

    /// The part of a run that a share of its budget falls into. Most runs are of one part.
    ///
    /// @param used share of the budget, from 0; 1 and more is the end
    default Part<B> part(double used) {
        return new Part<>(this, used, List.of());
    }

    /// @param objective what is made small in it
    /// @param done share of the part, from 0 to 1
    /// @param resting weights that stay as they are in it
    record Part<B extends Batch>(Objective<B> objective, double done, List<Tensor> resting) {}

    /// What is carried from batch to batch, to be kept in checkpoints; writing into it changes it.
    SequencedMap<String, Tensor> carried();
}
