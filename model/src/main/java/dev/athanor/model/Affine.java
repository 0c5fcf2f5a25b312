package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
import org.bytedeco.pytorch.Tensor;

/// x · weightᵀ + bias.
///
/// @param weight (O, I)
/// @param bias (O)
record Affine(Tensor weight, Tensor bias) {

    static Affine of(WeightTable table, String name, int inputs, int outputs) {
        return new Affine(
                table.uniform(name + ".weight", inputs, outputs, inputs),
                table.uniform(name + ".bias", inputs, outputs));
    }

    static long parameters(int inputs, int outputs) {
        return (long) inputs * outputs + outputs;
    }

    /// (…, I) to (…, O).
    Tensor apply(Tensor x, Precision products) {
        return Layers.linear(x, weight, bias, products);
    }
}
