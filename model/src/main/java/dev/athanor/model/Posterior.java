package dev.athanor.model;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The normal distribution q(z|x) that a variational autoencoder turns a sample into, with independent
/// dimensions.
///
/// Letters: B batch, Z latent.
///
/// @param mean (B, Z)
/// @param logVariance (B, Z), the logarithm of the squared deviation
public record Posterior(Tensor mean, Tensor logVariance) {

    /// One latent vector each, (B, Z): mean + deviation · noise (Kingma and Welling 2014, section 2.4).
    public Tensor draw() {
        Tensor deviation = logVariance.mul(new Scalar(0.5)).exp();
        return mean.add(deviation.mul(torch.randn_like(mean)));
    }

    /// KL(q(z|x) || N(0, 1)) in nats for each sample and dimension, (B, Z): ½ (μ² + σ² − 1 − ln σ²) (ibid.,
    /// appendix B).
    public Tensor divergence() {
        return mean.square()
                .add(logVariance.exp())
                .sub(new Scalar(1))
                .sub(logVariance)
                .mul(new Scalar(0.5));
    }
}
