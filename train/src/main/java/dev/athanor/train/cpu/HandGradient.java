package dev.athanor.train.cpu;

/// Loss and gradient of one model for a part of a batch. One thread uses one of these.
public sealed interface HandGradient permits TransformerGradient, RecurrentGradient {

    /// Adds the gradient of the part's loss.
    ///
    /// @param weights all of them, as [Layout] says
    /// @param gradient one number for each weight
    /// @return the loss in nats, summed over the targets asked for, times the part's scale
    double add(float[] weights, float[] gradient, Part part);

    /// What is carried from part to part, layer by layer; writing into it changes it. Empty for models that
    /// carry nothing.
    float[][] carried();
}
