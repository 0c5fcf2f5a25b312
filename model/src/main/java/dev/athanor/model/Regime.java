package dev.athanor.model;

import dev.athanor.torch.Precision;

/// How a model computes while it is trained; not part of what it is.
///
/// @param dropout share of activations set to zero in training mode, from 0 to below 1 (Srivastava et al. 2014)
/// @param products precision of the matrix products; weights and everything else stay in float32
public record Regime(double dropout, Precision products) {

    /// Everything in float32 and nothing dropped.
    public static final Regime EXACT = new Regime(0, Precision.FLOAT32);

    public Regime {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "dropout %s is not a share: give a number from 0 to below 1, for example 0.1".formatted(dropout));
        }
    }
}
