package dev.athanor.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// What training makes small.
public final class Losses {
    private static final long MEAN = 1; // at::Reduction
    private static final long SUM = 2;

    private Losses() {}

    /// −ln p(target), averaged over the targets that are not `ignored`: logits (…, V) and targets (…) of int64
    /// to ().
    public static Tensor crossEntropy(Tensor logits, Tensor targets, int ignored) {
        return reduce(logits, targets, ignored, MEAN);
    }

    /// The same, summed.
    public static Tensor crossEntropySum(Tensor logits, Tensor targets, int ignored) {
        return reduce(logits, targets, ignored, SUM);
    }

    /// The mean where each target counts for 1 − smoothing and all values share the rest (Szegedy et al. 2016,
    /// section 7): logits (B, K) and targets (B) of int64 to ().
    public static Tensor smoothedCrossEntropy(Tensor logits, Tensor targets, double smoothing) {
        return torch.cross_entropy_loss(logits, targets, new TensorOptional(), MEAN, -1, smoothing);
    }

    private static Tensor reduce(Tensor logits, Tensor targets, int ignored, long reduction) {
        Tensor rows = logits.reshape(-1, logits.size(-1));
        return torch.cross_entropy_loss(rows, targets.reshape(-1), new TensorOptional(), reduction, ignored, 0.0);
    }
}
