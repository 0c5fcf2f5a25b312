package dev.athanor.model;

import dev.athanor.torch.Layers;
import org.bytedeco.pytorch.Tensor;

/// Group normalisation (Wu and He 2018, equation 7) in eight groups of channels.
///
/// @param weight (C)
/// @param bias (C)
record GroupNorm(Tensor weight, Tensor bias) {
    static final int GROUPS = 8;

    static GroupNorm of(WeightTable table, String name, int channels) {
        return new GroupNorm(table.ones(name + ".weight", channels), table.zeros(name + ".bias", channels));
    }

    static long parameters(int channels) {
        return 2L * channels;
    }

    /// (B, C, …) to the same.
    Tensor apply(Tensor x) {
        return Layers.groupNorm(x, GROUPS, weight, bias);
    }
}
