package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
import org.bytedeco.pytorch.Tensor;

/// A convolution with its bias; the size of the picture stays where the stride is 1.
///
/// @param weight (O, I, K, K), K odd
/// @param bias (O)
record Convolution(Tensor weight, Tensor bias) {

    /// @param size K
    static Convolution of(WeightTable table, String name, int inputs, int outputs, int size) {
        long fan = (long) inputs * size * size;
        return new Convolution(
                table.uniform(name + ".weight", fan, outputs, inputs, size, size),
                table.uniform(name + ".bias", fan, outputs));
    }

    /// One that gives nothing until it has learnt: what it stands in begins as if it were not there.
    static Convolution silent(WeightTable table, String name, int inputs, int outputs, int size) {
        return new Convolution(
                table.zeros(name + ".weight", outputs, inputs, size, size), table.zeros(name + ".bias", outputs));
    }

    static long parameters(int inputs, int outputs, int size) {
        return (long) inputs * outputs * size * size + outputs;
    }

    /// (B, I, H, W) to (B, O, H, W).
    Tensor apply(Tensor x, Precision products) {
        return Layers.convolution(x, weight, bias, products);
    }

    /// (B, I, H, W) to (B, O, ⌈H/stride⌉, ⌈W/stride⌉).
    Tensor apply(Tensor x, int stride, Precision products) {
        return Layers.convolution(x, weight, bias, stride, products);
    }
}
