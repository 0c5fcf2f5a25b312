package dev.athanor.model;

import dev.athanor.torch.Layers;
import org.bytedeco.pytorch.Tensor;

/// A convolution over time with its bias; the length stays.
///
/// @param weight (O, I/groups, K), K odd
/// @param bias (O)
record TimeConvolution(Tensor weight, Tensor bias, int groups) {

    /// @param size K
    static TimeConvolution of(WeightTable table, String name, int inputs, int outputs, int size) {
        long fan = (long) inputs * size;
        return new TimeConvolution(
                table.uniform(name + ".weight", fan, outputs, inputs, size),
                table.uniform(name + ".bias", fan, outputs),
                1);
    }

    /// Each channel by itself.
    static TimeConvolution apart(WeightTable table, String name, int channels, int size) {
        return new TimeConvolution(
                table.uniform(name + ".weight", size, channels, 1, size),
                table.uniform(name + ".bias", size, channels),
                channels);
    }

    static long parameters(int inputs, int outputs, int size) {
        return (long) inputs * outputs * size + outputs;
    }

    /// (B, I, T) to (B, O, T).
    Tensor apply(Tensor x) {
        return Layers.convolutionInTime(x, weight, bias, groups);
    }
}
