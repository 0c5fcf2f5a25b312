package dev.athanor.torch;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// The short-time Fourier transform of sounds under a Hann window: frames stand
/// `hop` samples apart with their middles on samples 0, hop, 2 hop, and beyond the ends is silence.
///
/// Letters: B batch, N samples, F = size/2 + 1 frequencies, T frames.
public final class Waves {
    private Waves() {}

    /// How strong each frequency is: (B, N) to (B, F, ⌊N/hop⌋ + 1).
    public static Tensor magnitudes(Tensor sounds, int size, int hop) {
        return torch.stft(
                        sounds,
                        size,
                        new LongOptional(hop),
                        new LongOptional(size),
                        new TensorOptional(window(sounds, size)),
                        true,
                        "constant",
                        false,
                        new BoolOptional(true),
                        new BoolOptional(true),
                        new BoolOptional())
                .abs();
    }

    private static Tensor window(Tensor beside, long size) {
        return torch.hann_window(size, beside.options());
    }
}
