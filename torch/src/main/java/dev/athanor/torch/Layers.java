package dev.athanor.torch;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The parts that models are put together from, each with its gradient.
public final class Layers {
    private Layers() {}

    /// Rows of a table: ids (…) of int64 and weight (V, C) to (…, C).
    public static Tensor embedding(Tensor ids, Tensor weight) {
        return torch.embedding(weight, ids);
    }

    /// x · weightᵀ: x (…, I) and weight (O, I) to (…, O).
    public static Tensor linear(Tensor x, Tensor weight, Precision precision) {
        return switch (precision) {
            case FLOAT32 -> torch.linear(x, weight);
            case BFLOAT16 -> {
                Tensor product = torch.linear(x.to(torch.ScalarType.BFloat16), weight.to(torch.ScalarType.BFloat16));
                yield product.to(torch.ScalarType.Float);
            }
        };
    }

    /// x · weightᵀ + bias: x (…, I), weight (O, I), bias (O) to (…, O).
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias, Precision precision) {
        return precision == Precision.FLOAT32
                ? torch.linear(x, weight, new TensorOptional(bias))
                : linear(x, weight, precision).add(bias);
    }

    /// x / √(mean(x²) + epsilon) · weight over the last axis (Zhang and Sennrich 2019, equation 4).
    public static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
        long[] shape = {weight.size(0)};
        return torch.rms_norm(x, shape, new TensorOptional(weight), new DoubleOptional(epsilon));
    }

    /// silu(a) · b of the halves a, b of the last axis (Shazeer 2020, equation 6): (…, 2F) to (…, F).
    public static Tensor swiGlu(Tensor gateAndUp) {
        TensorVector halves = gateAndUp.chunk(2, -1);
        return torch.silu(halves.get(0)).mul(halves.get(1));
    }

    /// Joined along the last axis: (…, I) and (…, J) to (…, I + J).
    public static Tensor concatenate(Tensor a, Tensor b) {
        return torch.cat(new TensorVector(a, b), -1);
    }
}
