package dev.athanor.train.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// The output layer and its loss: logits = states · headᵀ + bias, then −ln p of each target.
///
/// Letters: M tokens, C width, V vocabulary.
final class TokenLoss {
    static final int NO_BIAS = -1;

    private final Layout.Matrix head; // (V, C)
    private final int bias; // place of (V)
    private float[] logits = {}; // (M, V), then their gradient

    TokenLoss(Layout.Matrix head, int bias) {
        this.head = head;
        this.bias = bias;
    }

    /// @param states (M, C)
    /// @param targets (M), negative where nothing is asked
    /// @param dStates (M, C), set to the gradient of the states
    double add(float[] weights, float[] gradient, View states, int[] targets, View dStates, float scale) {
        int M = targets.length;
        int vocabulary = head.rows();
        logits = Buffers.atLeast(logits, M * vocabulary);
        View scores = View.of(logits, 0, M, vocabulary);
        Blas.set(scores, states, head.in(weights).turned());
        double loss = 0;
        for (int m = 0; m < M; m++) {
            int at = m * vocabulary;
            if (targets[m] < 0) {
                Arrays.fill(logits, at, at + vocabulary, 0);
                continue;
            }
            if (bias != NO_BIAS) {
                Blas.add(weights, bias, logits, at, vocabulary);
            }
            loss += Pointwise.crossEntropy(logits, at, vocabulary, targets[m], scale);
        }
        Blas.add(head.in(gradient), scores.turned(), states);
        if (bias != NO_BIAS) {
            Pointwise.addColumns(logits, M, gradient, bias, vocabulary);
        }
        Blas.set(dStates, scores, head.in(weights));
        return loss * scale;
    }
}
