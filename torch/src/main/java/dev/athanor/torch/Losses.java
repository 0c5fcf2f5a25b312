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

    private static Tensor reduce(Tensor logits, Tensor targets, int ignored, long reduction) {
        Tensor rows = logits.reshape(-1, logits.size(-1));
        return torch.cross_entropy_loss(rows, targets.reshape(-1), new TensorOptional(), reduction, ignored, 0.0);
    }
}
