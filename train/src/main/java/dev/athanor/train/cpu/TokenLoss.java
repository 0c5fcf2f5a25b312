package dev.athanor.train.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The output layer and its loss: logits = states · headᵀ + bias, then −ln p of each target. Tokens after
/// which nothing is asked (padding, given fields) are left out before the product, which is most of the work
/// where vocabularies are large.
///
/// Letters: M tokens, A of them asked about, C width, V vocabulary.
final class TokenLoss {
    static final int NO_BIAS = -1;

    private final Layout.Matrix head; // (V, C)
    private final int bias; // place of (V)
    private float[] chosen = {}; // (A, C), and then their gradient
    private float[] logits = {}; // (A, V), and then their gradient

    TokenLoss(Layout.Matrix head, int bias) {
        this.head = head;
        this.bias = bias;
    }

    /// @param states (M, C)
    /// @param targets (M), negative where nothing is asked
    /// @param dStates (M, C), set to the gradient of the states
    double add(float[] weights, float[] gradient, View states, int[] targets, View dStates, float scale) {
        int C = head.columns();
        int[] asked =
                IntStream.range(0, targets.length).filter(m -> targets[m] >= 0).toArray();
        Arrays.fill(dStates.values(), dStates.at(), dStates.at() + targets.length * C, 0);
        if (asked.length == 0) {
            return 0;
        }
        chosen = Buffers.atLeast(chosen, asked.length * C);
        Pointwise.gather(states.values(), states.at(), asked, chosen, C);
        double loss =
                add(weights, gradient, Arrays.stream(asked).map(m -> targets[m]).toArray(), scale);
        Pointwise.scatter(chosen, asked, dStates.values(), dStates.at(), C);
        return loss;
    }

    /// The same for the chosen states, whose gradient takes their place.
    private double add(float[] weights, float[] gradient, int[] targets, float scale) {
        int A = targets.length;
        int V = head.rows();
        logits = Buffers.atLeast(logits, A * V);
        View scores = View.of(logits, 0, A, V);
        View states = View.of(chosen, 0, A, head.columns());
        Blas.set(scores, states, head.in(weights).turned());
        double loss = 0;
        for (int a = 0; a < A; a++) {
            if (bias != NO_BIAS) {
                Blas.add(weights, bias, logits, a * V, V);
            }
            loss += Pointwise.crossEntropy(logits, a * V, V, targets[a], scale);
        }
        Blas.add(head.in(gradient), scores.turned(), states);
        if (bias != NO_BIAS) {
            Pointwise.addColumns(logits, A, gradient, bias, V);
        }
        Blas.set(states, scores, head.in(weights));
        return loss * scale;
    }
}
