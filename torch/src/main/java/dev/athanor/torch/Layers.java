package dev.athanor.torch;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The parts that models are put together from, each with its gradient.
public final class Layers {
    private static final long[] DENSE = {1, 1}; // no holes in the kernel

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

    /// A convolution that keeps the size: x (B, I, H, W), weight (O, I, K, K) with K odd, bias (O) to (B, O,
    /// H, W).
    public static Tensor convolution(Tensor x, Tensor weight, Tensor bias, Precision precision) {
        return convolution(x, weight, bias, 1, precision);
    }

    /// The same at every place of a grid with this stride: (B, O, ⌈H/stride⌉, ⌈W/stride⌉).
    public static Tensor convolution(Tensor x, Tensor weight, Tensor bias, long stride, Precision precision) {
        long[] padding = {weight.size(2) / 2, weight.size(3) / 2};
        long[] strides = {stride, stride};
        return switch (precision) {
            case FLOAT32 -> torch.conv2d(x, weight, new TensorOptional(bias), strides, padding, DENSE, 1);
            case BFLOAT16 ->
                torch.conv2d(
                                x.to(torch.ScalarType.BFloat16),
                                weight.to(torch.ScalarType.BFloat16),
                                new TensorOptional(bias.to(torch.ScalarType.BFloat16)),
                                strides,
                                padding,
                                DENSE,
                                1)
                        .to(torch.ScalarType.Float);
        };
    }

    /// The same numbers with the channels of a place side by side in memory, which convolutions read fastest.
    public static Tensor channelsLast(Tensor x) {
        return x.contiguous(torch.MemoryFormat.ChannelsLast);
    }

    /// Channels normalised in groups: x (B, C, …), weight (C), bias (C) to the same shape (Wu and He 2018,
    /// equation 7, with ε = 1e-5 as there).
    public static Tensor groupNorm(Tensor x, int groups, Tensor weight, Tensor bias) {
        return torch.group_norm(x, groups, new TensorOptional(weight), new TensorOptional(bias), 1e-5, false);
    }

    /// Joined along the channels: (B, I, H, W) and (B, J, H, W) to (B, I + J, H, W).
    public static Tensor stack(Tensor a, Tensor b) {
        return torch.cat(new TensorVector(a, b), 1);
    }

    /// Squares of pixels become channels: (B, C, H·f, W·f) to (B, C·f², H, W) (Shi et al. 2016, equation 4, the
    /// other way round).
    public static Tensor fold(Tensor x, int factor) {
        return factor == 1 ? x : torch.pixel_unshuffle(x, factor);
    }

    /// Channels become squares of pixels: (B, C·f², H, W) to (B, C, H·f, W·f).
    public static Tensor unfold(Tensor x, int factor) {
        return factor == 1 ? x : torch.pixel_shuffle(x, factor);
    }

    /// A convolution over time that keeps the length: x (B, I, T), weight (O, I/groups, K) with K odd, bias
    /// (O) to (B, O, T).
    public static Tensor convolutionInTime(Tensor x, Tensor weight, Tensor bias, long groups) {
        long[] padding = {weight.size(2) / 2};
        long[] one = {1};
        return torch.conv1d(x, weight, new TensorOptional(bias), one, padding, one, groups);
    }

    /// The last axis with mean 0 and deviation 1, scaled and shifted: x (…, C), weight (C), bias (C) to the
    /// same shape (Ba, Kiros and Hinton 2016, equation 4, with ε = 1e-6).
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias) {
        long[] shape = {weight.size(0)};
        return torch.layer_norm(x, shape, new TensorOptional(weight), new TensorOptional(bias), 1e-6, true);
    }
}
