package dev.athanor.train.cpu;

import dev.athanor.model.Transformer;
import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Loss and gradient of [Transformer]: its `forward`, part by part, and back in the reverse order.
///
/// Letters: M tokens (B rows of T), C width, K key-value heads, D width of a head, Q = C + 2·K·D, F hidden
/// width of the feed-forward part, V vocabulary, L layers.
public final class TransformerGradient implements HandGradient {
    private final Transformer.Config config;
    private final double dropout;
    private final Layout.Matrix embedding; // (V, C)
    private final List<Block> blocks = new ArrayList<>();
    private final RootMeanSquare norm;
    private final TokenLoss loss;

    private float[] stream = {}; // (M, C), the residual stream behind the highest layer
    private float[] dStream = {}; // (M, C), its gradient, at the place where the way back stands
    private float[] dPart = {}; // (M, C), of what one part of a layer added to it
    private float[] dNormed = {}; // (M, C)

    public TransformerGradient(Transformer.Config config, Layout layout, double dropout) {
        this.config = config;
        this.dropout = dropout;
        embedding = layout.matrix("model.embed_tokens.weight", config.vocabulary(), config.width());
        for (int layer = 0; layer < config.layers(); layer++) {
            blocks.add(new Block(layout, layer));
        }
        norm = new RootMeanSquare(layout.at("model.norm.weight"), config.width(), config.epsilon());
        loss = new TokenLoss(
                config.tied() ? embedding : layout.matrix("lm_head.weight", config.vocabulary(), config.width()),
                TokenLoss.NO_BIAS);
    }

    @Override
    public float[][] carried() {
        return new float[0][];
    }

    @Override
    public double add(float[] weights, float[] gradient, Part part) {
        int M = part.tokens();
        int C = config.width();
        stream = Buffers.atLeast(stream, M * C);
        dStream = Buffers.atLeast(dStream, M * C);
        dPart = Buffers.atLeast(dPart, M * C);
        dNormed = Buffers.atLeast(dNormed, Math.max(M, config.vocabulary()) * C);

        for (int layer = 0; layer < blocks.size(); layer++) {
            float[] into = layer + 1 < blocks.size() ? blocks.get(layer + 1).input(M) : stream;
            blocks.get(layer).forward(weights, into, part);
        }
        View states = View.of(norm.forward(weights, stream, 0, M), 0, M, C);
        double sum = loss.add(weights, gradient, states, part.targets(), View.of(dNormed, 0, M, C), part.scale());

        Arrays.fill(dStream, 0, M * C, 0);
        norm.backward(weights, gradient, dNormed, dStream, 0);
        for (Block block : blocks.reversed()) {
            block.backward(weights, gradient, part);
        }
        Pointwise.drop(dStream, M * C, dropout, part.key());
        Pointwise.scatter(dStream, part.inputs(), gradient, embedding.at(), C);
        return sum;
    }

    /// One layer: attention, then the gated feed-forward part, each behind its own normalisation.
    private final class Block {
        private final int number;
        private final RootMeanSquare attentionNorm;
        private final Layout.Matrix queryKeyValue; // (Q, C): three matrices of the folder, side by side
        private final CausalAttention attention;
        private final Layout.Matrix attentionOut; // (C, C)
        private final RootMeanSquare feedForwardNorm;
        private final Layout.Matrix gate; // (F, C)
        private final Layout.Matrix up; // (F, C)
        private final Layout.Matrix down; // (C, F)

        private float[] input = {}; // (M, C)
        private float[] qkv = {}; // (M, Q), and on the way back their gradient
        private float[] dQkv = {}; // (M, Q)
        private float[] table = {}; // (V, Q)
        private float[] mixed = {}; // (M, C)
        private float[] middle = {}; // (M, C)
        private float[] gates = {}; // (M, F), and then their gradient
        private float[] open = {}; // (M, F), the sigmoid of the gates
        private float[] ups = {}; // (M, F), and then their gradient
        private float[] hidden = {}; // (M, F), and then its gradient

        Block(Layout layout, int number) {
            this.number = number;
            String prefix = "model.layers." + number + ".";
            int C = config.width();
            int Q = C + 2 * config.keyValueWidth();
            attentionNorm = new RootMeanSquare(layout.at(prefix + "input_layernorm.weight"), C, config.epsilon());
            queryKeyValue = layout.matrix(prefix + "self_attn.q_proj.weight", Q, C);
            attention = new CausalAttention(config.heads(), config.keyValueHeads(), config.headWidth(), config.theta());
            attentionOut = layout.matrix(prefix + "self_attn.o_proj.weight", C, C);
            feedForwardNorm =
                    new RootMeanSquare(layout.at(prefix + "post_attention_layernorm.weight"), C, config.epsilon());
            gate = layout.matrix(prefix + "mlp.gate_proj.weight", config.hidden(), C);
            up = layout.matrix(prefix + "mlp.up_proj.weight", config.hidden(), C);
            down = layout.matrix(prefix + "mlp.down_proj.weight", C, config.hidden());
        }

        float[] input(int tokens) {
            input = Buffers.atLeast(input, tokens * config.width());
            return input;
        }

        /// @param above (M, C), set to what the layer makes of its input
        void forward(float[] weights, float[] above, Part part) {
            int M = part.tokens();
            int C = config.width();
            int F = config.hidden();
            float[] x = input(M);
            if (number == 0) {
                Pointwise.gather(weights, embedding.at(), part.inputs(), x, C);
                Pointwise.drop(x, M * C, dropout, part.key());
            }
            project(weights, part);
            mixed = attention.forward(qkv, part.rows(), part.columns());
            middle = Buffers.atLeast(middle, M * C);
            addProduct(weights, x, middle, mixed, attentionOut, part, 0);

            View normed = View.of(feedForwardNorm.forward(weights, middle, 0, M), 0, M, C);
            gates = Buffers.atLeast(gates, M * F);
            open = Buffers.atLeast(open, M * F);
            ups = Buffers.atLeast(ups, M * F);
            hidden = Buffers.atLeast(hidden, M * F);
            Blas.set(View.of(gates, 0, M, F), normed, gate.in(weights).turned());
            Blas.set(View.of(ups, 0, M, F), normed, up.in(weights).turned());
            Pointwise.sigmoid(gates, open, 0, M * F);
            swiGlu(gates, open, ups, hidden, M * F);
            addProduct(weights, middle, above, hidden, down, part, 1);
        }

        /// Queries, keys and values of each token. With nothing dropped, equal tokens enter the lowest layer as
        /// equal vectors, and only rotary positions set them apart: there they are computed once for each token
        /// of the vocabulary, where those are fewer.
        private void project(float[] weights, Part part) {
            int M = part.tokens();
            int C = config.width();
            int Q = queryKeyValue.rows();
            qkv = Buffers.atLeast(qkv, M * Q);
            if (isByVocabulary(M)) {
                int V = config.vocabulary();
                table = Buffers.atLeast(table, V * Q);
                View normed = View.of(attentionNorm.forward(weights, weights, embedding.at(), V), 0, V, C);
                Blas.set(
                        View.of(table, 0, V, Q),
                        normed,
                        queryKeyValue.in(weights).turned());
                Pointwise.gather(table, 0, part.inputs(), qkv, Q);
            } else {
                View normed = View.of(attentionNorm.forward(weights, input, 0, M), 0, M, C);
                Blas.set(
                        View.of(qkv, 0, M, Q), normed, queryKeyValue.in(weights).turned());
            }
        }

        private boolean isByVocabulary(int tokens) {
            return number == 0 && dropout == 0 && config.vocabulary() < tokens;
        }

        /// into = x + drop(y · Wᵀ).
        private void addProduct(
                float[] weights, float[] x, float[] into, float[] y, Layout.Matrix matrix, Part part, int place) {
            int M = part.tokens();
            int C = config.width();
            View sum = View.of(into, 0, M, C);
            View factor = View.of(y, 0, M, matrix.columns());
            if (dropout == 0) {
                System.arraycopy(x, 0, into, 0, M * C);
                Blas.add(sum, factor, matrix.in(weights).turned());
            } else {
                Blas.set(sum, factor, matrix.in(weights).turned());
                Pointwise.drop(into, M * C, dropout, key(part, place));
                Blas.add(x, 0, into, 0, M * C);
            }
        }

        /// Key 0 of a part belongs to the embedding, two more to each layer.
        private long key(Part part, int place) {
            return part.key() + 1 + 2 * number + place;
        }

        /// Takes `dStream` from behind the layer to before it.
        void backward(float[] weights, float[] gradient, Part part) {
            int M = part.tokens();
            int C = config.width();
            int F = config.hidden();
            View dOut = dropped(part, 1);
            Blas.add(down.in(gradient), dOut.turned(), View.of(hidden, 0, M, F));
            Blas.set(View.of(hidden, 0, M, F), dOut, down.in(weights));
            dSwiGlu(gates, open, ups, hidden, M * F);
            View normed = View.of(feedForwardNorm.normed(), 0, M, C);
            View dGates = View.of(gates, 0, M, F);
            View dUps = View.of(ups, 0, M, F);
            Blas.add(gate.in(gradient), dGates.turned(), normed);
            Blas.add(up.in(gradient), dUps.turned(), normed);
            Blas.set(View.of(dNormed, 0, M, C), dGates, gate.in(weights));
            Blas.add(View.of(dNormed, 0, M, C), dUps, up.in(weights));
            feedForwardNorm.backward(weights, gradient, dNormed, dStream, 0);

            dOut = dropped(part, 0);
            Blas.add(attentionOut.in(gradient), dOut.turned(), View.of(mixed, 0, M, C));
            Blas.set(View.of(dNormed, 0, M, C), dOut, attentionOut.in(weights));
            dQkv = Buffers.atLeast(dQkv, M * queryKeyValue.rows());
            attention.backward(dNormed, dQkv, part.rows(), part.columns());
            unproject(weights, gradient, part);
        }

        /// The gradient of what a part of the layer added to the residual stream.
        private View dropped(Part part, int place) {
            int size = part.tokens() * config.width();
            float[] values = dStream;
            if (dropout > 0) {
                System.arraycopy(dStream, 0, dPart, 0, size);
                Pointwise.drop(dPart, size, dropout, key(part, place));
                values = dPart;
            }
            return View.of(values, 0, part.tokens(), config.width());
        }

        private void unproject(float[] weights, float[] gradient, Part part) {
            int M = part.tokens();
            int C = config.width();
            int Q = queryKeyValue.rows();
            boolean byVocabulary = isByVocabulary(M);
            int rows = byVocabulary ? config.vocabulary() : M;
            if (byVocabulary) {
                Arrays.fill(table, 0, rows * Q, 0);
                Pointwise.scatter(dQkv, part.inputs(), table, 0, Q);
            }
            View d = View.of(byVocabulary ? table : dQkv, 0, rows, Q);
            Blas.add(queryKeyValue.in(gradient), d.turned(), View.of(attentionNorm.normed(), 0, rows, C));
            Blas.set(View.of(dNormed, 0, rows, C), d, queryKeyValue.in(weights));
            attentionNorm.backward(
                    weights, gradient, dNormed, byVocabulary ? gradient : dStream, byVocabulary ? embedding.at() : 0);
        }
    }
    /// hidden = silu(gate) · up, where `open` is the gate's sigmoid.
    private static void swiGlu(float[] gates, float[] open, float[] ups, float[] hidden, int count) {
        for (int i = 0; i < count; i++) {
            hidden[i] = gates[i] * open[i] * ups[i];
        }
    }

    /// From the gradient of `hidden` to that of gate and up, in their places: silu'(g) = s · (1 + g · (1 − s)).
    private static void dSwiGlu(float[] gates, float[] open, float[] ups, float[] dHidden, int count) {
        for (int i = 0; i < count; i++) {
            float g = gates[i];
            float s = open[i];
            float d = dHidden[i];
            gates[i] = d * ups[i] * s * (1 + g * (1 - s));
            ups[i] = d * g * s;
        }
    }
}
