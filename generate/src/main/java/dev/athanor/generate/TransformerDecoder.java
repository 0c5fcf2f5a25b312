package dev.athanor.generate;

import dev.athanor.model.Transformer;
import java.util.Arrays;
import java.util.OptionalInt;

/// Reads a sequence as the Llama form does (Touvron et al. 2023; Hugging Face's `LlamaForCausalLM`): RMS
/// normalisation, rotary positions, grouped key-value heads, SwiGLU. Keys and values of earlier tokens are
/// kept, so a token costs one pass over the weights; a prompt is read in blocks.
///
/// Letters: C width, D head size, H query heads, G key-value heads, T tokens of a block.
public final class TransformerDecoder implements Decoder {

    /// The weights of one layer; products that read the same vector are one matrix.
    private record Layer(
            float[] attentionNorm, Matrix queryKeyValue, Matrix output, float[] feedNorm, Matrix gateUp, Matrix down) {}

    /// How many tokens of a prompt are read at once: each weight then serves that many.
    private static final int BLOCK = 16;

    private final Transformer.Config shape;
    private final float[] embedding; // (V, C), empty where tied
    private final Layer[] layers;
    private final float[] norm;
    private final Matrix head;
    private final Hands hands;
    private final Room room;
    private final KeyValueMemory memory;

    /// Takes its weights under the names that Hugging Face gives them.
    public TransformerDecoder(Transformer.Config shape, WeightSource weights) {
        int width = shape.width();
        int small = shape.keyValueHeads() * shape.headWidth();
        this.shape = shape;
        layers = new Layer[shape.layers()];
        for (int i = 0; i < layers.length; i++) {
            String at = "model.layers." + i + ".";
            layers[i] = new Layer(
                    weights.read(at + "input_layernorm.weight", width),
                    Matrix.of(
                            width,
                            weights.read(at + "self_attn.q_proj.weight", width, width),
                            weights.read(at + "self_attn.k_proj.weight", small, width),
                            weights.read(at + "self_attn.v_proj.weight", small, width)),
                    Matrix.of(width, weights.read(at + "self_attn.o_proj.weight", width, width)),
                    weights.read(at + "post_attention_layernorm.weight", width),
                    Matrix.of(
                            width,
                            weights.read(at + "mlp.gate_proj.weight", shape.hidden(), width),
                            weights.read(at + "mlp.up_proj.weight", shape.hidden(), width)),
                    Matrix.of(shape.hidden(), weights.read(at + "mlp.down_proj.weight", width, shape.hidden())));
        }
        norm = weights.read("model.norm.weight", width);
        float[] table = weights.read("model.embed_tokens.weight", shape.vocabulary(), width);
        head = Matrix.of(width, shape.tied() ? table : weights.read("lm_head.weight", shape.vocabulary(), width));
        embedding = shape.tied() ? new float[0] : table;
        hands = new Hands(BLOCK);
        room = new Room(shape);
        memory = new KeyValueMemory(shape);
    }

    private TransformerDecoder(TransformerDecoder from) {
        shape = from.shape;
        layers = from.layers;
        norm = from.norm;
        embedding = from.embedding;
        head = from.head;
        hands = from.hands;
        room = from.room;
        memory = new KeyValueMemory(from.memory);
    }

    @Override
    public int vocabulary() {
        return shape.vocabulary();
    }

    @Override
    public OptionalInt context() {
        return OptionalInt.of(shape.context());
    }

    @Override
    public int position() {
        return memory.length;
    }

    @Override
    public Decoder fork() {
        return new TransformerDecoder(this);
    }

    @Override
    public void reset() {
        memory.length = 0;
    }

    @Override
    public float[] accept(int... tokens) {
        check(tokens);
        for (int from = 0; from < tokens.length; from += BLOCK) {
            readBlock(tokens, from, Math.min(BLOCK, tokens.length - from), Wanted.LAST);
        }
        normalise(room.x[0], norm, room.normed[0]);
        float[] logits = new float[shape.vocabulary()];
        head.multiply(room.normed, new float[][] {logits}, 1, hands);
        return logits;
    }

    @Override
    public void acceptEach(int[] tokens, Scores scores) {
        check(tokens);
        float[][] logits = new float[BLOCK][shape.vocabulary()];
        for (int from = 0; from < tokens.length; from += BLOCK) {
            int count = Math.min(BLOCK, tokens.length - from);
            readBlock(tokens, from, count, Wanted.EACH);
            for (int t = 0; t < count; t++) {
                normalise(room.x[t], norm, room.normed[t]);
            }
            head.multiply(room.normed, logits, count, hands);
            for (int t = 0; t < count; t++) {
                scores.take(from + t, logits[t]);
            }
        }
    }

    private void check(int[] tokens) {
        Checks.tokens(tokens, shape.vocabulary());
        if (memory.length + tokens.length > shape.context()) {
            throw new IllegalArgumentException(
                    "%d tokens after %d do not fit a context of %d: reset the decoder, or give fewer"
                            .formatted(tokens.length, memory.length, shape.context()));
        }
    }

    /// Of which tokens of a block the state behind the last layer is asked for. That of the last comes first.
    private enum Wanted {
        LAST,
        EACH
    }

    private void readBlock(int[] tokens, int from, int count, Wanted wantedOnes) {
        int first = memory.length;
        memory.reserve(first + count);
        for (int t = 0; t < count; t++) {
            embed(tokens[from + t], room.x[t]);
            room.turn(t, first + t);
        }
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            for (int t = 0; t < count; t++) {
                normalise(room.x[t], layer.attentionNorm, room.normed[t]);
            }
            layer.queryKeyValue.multiply(room.normed, room.projected, count, hands);
            for (int t = 0; t < count; t++) {
                remember(i, t, first + t);
            }
            // Of the last layer only keys and values are wanted of all, but for the block's last token.
            boolean last = i == layers.length - 1 && wantedOnes == Wanted.LAST;
            for (int t = last ? count - 1 : 0; t < count; t++) {
                attend(i, t, first + t);
            }
            int wanted = count;
            if (last) {
                room.bringToFront(count - 1);
                wanted = 1;
            }
            layer.output.multiply(room.mixed, room.added, wanted, hands);
            for (int t = 0; t < wanted; t++) {
                add(room.added[t], room.x[t]);
                normalise(room.x[t], layer.feedNorm, room.normed[t]);
            }
            layer.gateUp.multiply(room.normed, room.gated, wanted, hands);
            for (int t = 0; t < wanted; t++) {
                gate(room.gated[t], room.fed[t], shape.hidden());
            }
            layer.down.multiply(room.fed, room.added, wanted, hands);
            for (int t = 0; t < wanted; t++) {
                add(room.added[t], room.x[t]);
            }
        }
        memory.length = first + count;
    }

    private void embed(int token, float[] into) {
        if (shape.tied()) {
            head.row(token, into);
        } else {
            System.arraycopy(embedding, token * shape.width(), into, 0, shape.width());
        }
    }

    /// `x / rms(x) · weight`, in float32 as Llama does it.
    private void normalise(float[] x, float[] weight, float[] into) {
        double s0 = 0;
        double s1 = 0;
        int i = 0;
        for (; i + 1 < x.length; i += 2) {
            s0 += x[i] * x[i];
            s1 += x[i + 1] * x[i + 1];
        }
        if (i < x.length) {
            s0 += x[i] * x[i];
        }
        float scale = (float) (1 / Math.sqrt((s0 + s1) / x.length + shape.epsilon()));
        for (int j = 0; j < x.length; j++) {
            into[j] = weight[j] * (x[j] * scale);
        }
    }

    /// One token's key and value join the memory.
    private void remember(int layer, int t, int position) {
        int size = shape.headWidth();
        int groups = shape.keyValueHeads();
        int keys = shape.width();
        int values = keys + groups * size;
        float[] qkv = room.projected[t];
        float[][][] keyMemory = memory.keys[layer];
        float[][][] valueMemory = memory.values[layer];
        for (int h = 0; h < shape.heads() + groups; h++) {
            room.rotate(qkv, h * size, t);
        }
        for (int g = 0; g < groups; g++) {
            for (int d = 0; d < size; d++) {
                keyMemory[g][d][position] = qkv[keys + g * size + d];
            }
            System.arraycopy(qkv, values + g * size, valueMemory[g][position], 0, size);
        }
    }

    /// Causal attention of one token: each head mixes the values so far.
    private void attend(int layer, int t, int position) {
        int size = shape.headWidth();
        int groups = shape.keyValueHeads();
        float[] qkv = room.projected[t];
        float[][][] keyMemory = memory.keys[layer];
        float[][][] valueMemory = memory.values[layer];
        int count = position + 1;
        float scale = (float) (1 / Math.sqrt(size));
        for (int h = 0; h < shape.heads(); h++) {
            int g = h / (shape.heads() / groups);
            for (int d = 0; d < size; d++) {
                room.query[d] = qkv[h * size + d] * scale;
            }
            combine(keyMemory[g], room.query, size, room.scores, count);
            Curves.softmax(room.scores, count);
            combine(valueMemory[g], room.scores, count, room.headOut, size);
            System.arraycopy(room.headOut, 0, room.mixed[t], h * size, size);
        }
    }

    /// `into[i] = Σ_r factors[r] · rows[r][i]`, four rows at a time, each loop a form the compiler makes
    /// vectors of.
    private static void combine(float[][] rows, float[] factors, int count, float[] into, int width) {
        Arrays.fill(into, 0, width, 0);
        int r = 0;
        for (; r + 3 < count; r += 4) {
            addFour(into, width, rows, r, factors[r], factors[r + 1], factors[r + 2], factors[r + 3]);
        }
        for (; r < count; r++) {
            float[] row = rows[r];
            float factor = factors[r];
            for (int i = 0; i < width; i++) {
                into[i] = Math.fma(factor, row[i], into[i]);
            }
        }
    }

    private static void addFour(float[] y, int width, float[][] rows, int r, float x0, float x1, float x2, float x3) {
        float[] r0 = rows[r];
        float[] r1 = rows[r + 1];
        float[] r2 = rows[r + 2];
        float[] r3 = rows[r + 3];
        for (int i = 0; i < width; i++) {
            y[i] = Math.fma(x0, r0[i], Math.fma(x1, r1[i], Math.fma(x2, r2[i], Math.fma(x3, r3[i], y[i]))));
        }
    }

    private static void add(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /// SwiGLU: `silu(gate) · up`.
    private static void gate(float[] gateUp, float[] into, int hidden) {
        for (int i = 0; i < hidden; i++) {
            float g = gateUp[i];
            into[i] = g * Curves.sigmoid(g) * gateUp[hidden + i];
        }
    }

    /// The arrays a block passes through, used anew by each.
    private static final class Room {
        private final float[][] x;
        private final float[][] normed;
        private final float[][] projected;
        private final float[][] mixed;
        private final float[][] added;
        private final float[][] gated;
        private final float[][] fed;
        private final float[] query;
        private final float[] headOut;
        private final float[] scores;
        private final float[] frequencies; // (D / 2)
        private final float[][] cosines; // (T, D / 2)
        private final float[][] sines;

        Room(Transformer.Config shape) {
            int size = shape.headWidth();
            x = new float[BLOCK][shape.width()];
            normed = new float[BLOCK][shape.width()];
            projected = new float[BLOCK][shape.width() + 2 * shape.keyValueHeads() * size];
            mixed = new float[BLOCK][shape.width()];
            added = new float[BLOCK][shape.width()];
            gated = new float[BLOCK][2 * shape.hidden()];
            fed = new float[BLOCK][shape.hidden()];
            query = new float[size];
            headOut = new float[size];
            scores = new float[shape.context()];
            frequencies = new float[size / 2];
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = (float) (1 / Math.pow(shape.theta(), 2.0 * i / size));
            }
            cosines = new float[BLOCK][size / 2];
            sines = new float[BLOCK][size / 2];
        }

        /// Makes the state of token `t` the first of the block.
        void bringToFront(int t) {
            swap(x, t);
            swap(mixed, t);
        }

        private static void swap(float[][] rows, int t) {
            float[] row = rows[0];
            rows[0] = rows[t];
            rows[t] = row;
        }

        /// The angles of one position (Su et al. 2021, equation 15), the same in every layer and head.
        void turn(int t, int position) {
            for (int i = 0; i < frequencies.length; i++) {
                float angle = position * frequencies[i];
                cosines[t][i] = (float) Math.cos(angle);
                sines[t][i] = (float) Math.sin(angle);
            }
        }

        /// Turns one head's pairs `(i, i + D / 2)`: Hugging Face pairs the halves, not neighbours as the paper
        /// does.
        void rotate(float[] heads, int at, int t) {
            float[] cos = cosines[t];
            float[] sin = sines[t];
            int half = cos.length;
            for (int i = 0; i < half; i++) {
                float a = heads[at + i];
                float b = heads[at + half + i];
                heads[at + i] = a * cos[i] - b * sin[i];
                heads[at + half + i] = b * cos[i] + a * sin[i];
            }
        }
    }
}
