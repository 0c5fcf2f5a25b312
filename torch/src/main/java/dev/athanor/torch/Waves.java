package dev.athanor.torch;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Sounds and their short-time Fourier transforms under a Hann window, each with its gradient: frames stand
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

    /// The sound from the middle of the first frame to that of the last: magnitudes and phases (B, F, T) to
    /// (B, (T − 1)·hop).
    public static Tensor sounds(Tensor magnitudes, Tensor phases, int hop) {
        long size = 2 * (magnitudes.size(1) - 1);
        return torch.istft(
                torch.polar(magnitudes, phases),
                size,
                new LongOptional(hop),
                new LongOptional(size),
                new TensorOptional(window(magnitudes, size)),
                true,
                false,
                new BoolOptional(true),
                new LongOptional(),
                false);
    }

    private static Tensor window(Tensor beside, long size) {
        return torch.hann_window(size, beside.options());
    }
}
