package dev.athanor.model;

import dev.athanor.torch.Precision;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A block of ConvNeXt (Liu et al. 2022, figure 4) over the frames of a sound: x + gain · what frames have to do
/// with each other, channel by channel, then channels, frame by frame.
record FrameBlock(TimeConvolution frames, LayerNorm norm, Affine grow, Affine shrink, Tensor gain) {
    static final int KERNEL = 7; // frames (Siuzdak 2023, section 3.2)
    private static final int HIDDEN = 3; // times the channels inside, as there

    /// @param gain at the beginning, usually one over the number of blocks
    static FrameBlock of(WeightTable table, String name, int channels, double gain) {
        return new FrameBlock(
                TimeConvolution.apart(table, name + ".frames", channels, KERNEL),
                LayerNorm.of(table, name + ".norm", channels),
                Affine.of(table, name + ".grow", channels, HIDDEN * channels),
                Affine.of(table, name + ".shrink", HIDDEN * channels, channels),
                table.add(name + ".gain", torch.full(new long[] {channels}, new Scalar(gain))));
    }

    static long parameters(int channels) {
        return TimeConvolution.parameters(1, channels, KERNEL)
                + LayerNorm.parameters(channels)
                + Affine.parameters(channels, HIDDEN * channels)
                + Affine.parameters(HIDDEN * channels, channels)
                + channels;
    }

    /// In rough, how many numbers a frame leaves behind in it while it is trained.
    static long activations(int channels) {
        return (5L + 2 * HIDDEN) * channels;
    }

    /// (B, T, C) to the same.
    ///
    /// @param drop what becomes of the activations inside
    Tensor apply(Tensor x, Precision products, UnaryOperator<Tensor> drop) {
        Tensor h = norm.apply(frames.apply(x.transpose(1, 2)).transpose(1, 2));
        h = drop.apply(torch.gelu(grow.apply(h, products))); // (B, T, 3C)
        return x.add(shrink.apply(h, products).mul(gain));
    }
}
