package dev.athanor.model;

import dev.athanor.torch.Layers;
import org.bytedeco.pytorch.Tensor;

/// Normalisation of each place's channels (Ba, Kiros and Hinton 2016, equation 4).
///
/// @param weight (C)
/// @param bias (C)
record LayerNorm(Tensor weight, Tensor bias) {

    static LayerNorm of(WeightTable table, String name, int channels) {
        return new LayerNorm(table.ones(name + ".weight", channels), table.zeros(name + ".bias", channels));
    }

    static long parameters(int channels) {
        return 2L * channels;
    }

    /// (…, C) to the same.
    Tensor apply(Tensor x) {
        return Layers.layerNorm(x, weight, bias);
    }
}
