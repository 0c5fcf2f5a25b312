package dev.athanor.torch;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), over [FlatParameters].
///
/// Legend: firstMoment = m, secondMoment = v, steps = t, rate = α·η, decay = λ. The state is a few tensors and
/// a number, so that a checkpoint can keep it.
public final class AdamW {

    /// @param beta1 forgetting of the gradient's mean, from 0 to below 1
    /// @param beta2 forgetting of its square
    /// @param epsilon added to the root (1e-8 in the paper)
    /// @param decay weight decay λ, times the rate at each step
    public record Settings(double beta1, double beta2, double epsilon, double decay) {
        public Settings {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
                throw new IllegalArgumentException(
                        "betas %s and %s: both must be from 0 to below 1, usually 0.9 and 0.99"
                                .formatted(beta1, beta2));
            }
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException(
                        "epsilon is %s: give a small positive number, usually 1e-8".formatted(epsilon));
            }
            if (!(decay >= 0)) {
                throw new IllegalArgumentException("weight decay is %s: give 0 or more".formatted(decay));
            }
        }
    }

    private final FlatParameters parameters;
    private final Settings settings;
    private final Tensor firstMoment; // (N)
    private final Tensor secondMoment; // (N)
    private final Tensor root; // (N), kept only to be written again
    private long steps;

    public AdamW(FlatParameters parameters, Settings settings) {
        this.parameters = parameters;
        this.settings = settings;
        this.firstMoment = torch.zeros_like(parameters.values());
        this.secondMoment = torch.zeros_like(parameters.values());
        this.root = torch.zeros_like(parameters.values());
    }

    /// One step against the gradient at a learning rate.
    public void step(double rate) {
        steps++;
        double correction1 = 1 - Math.pow(settings.beta1(), steps);
        double correction2 = 1 - Math.pow(settings.beta2(), steps);
        try (NoGradGuard _ = new NoGradGuard()) {
            Tensor gradient = parameters.gradients();
            if (settings.decay() > 0) {
                parameters.values().narrow(0, 0, parameters.decayed()).mul_(new Scalar(1 - rate * settings.decay()));
            }
            firstMoment.lerp_(gradient, new Scalar(1 - settings.beta1()));
            secondMoment
                    .mul_(new Scalar(settings.beta2()))
                    .addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
            // √(v/c₂) + ε = (√v + ε·√c₂) / √c₂: one pass over all numbers less
            double scale = Math.sqrt(correction2);
            torch.sqrt_out(root, secondMoment).add_(new Scalar(settings.epsilon() * scale));
            parameters.values().addcdiv_(firstMoment, root, new Scalar(-rate * scale / correction1));
        }
    }

    public Settings settings() {
        return settings;
    }

    /// m, (N).
    public Tensor firstMoment() {
        return firstMoment;
    }

    /// v, (N).
    public Tensor secondMoment() {
        return secondMoment;
    }

    /// t, the steps taken.
    public long steps() {
        return steps;
    }

    /// Sets t when a run is resumed; the moments are written in place.
    public void resume(long steps) {
        this.steps = steps;
    }
}
