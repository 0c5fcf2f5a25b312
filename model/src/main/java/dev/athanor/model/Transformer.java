package dev.athanor.model;

import dev.athanor.torch.Attention;
import dev.athanor.torch.Layers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A decoder-only Transformer (Vaswani et al. 2017) in the Llama form (Touvron et al. 2023): root-mean-square
/// normalisation before each part (Zhang and Sennrich 2019), rotary positions (Su et al. 2021), a gated SwiGLU
/// feed-forward part (Shazeer 2020), grouped key-value heads (Ainslie et al. 2023), no biases.
///
/// Letters: B batch, T time, C width, H query heads, K key-value heads, D = C/H, F hidden width of the
/// feed-forward part, V vocabulary, L layers.
public final class Transformer extends Module implements LanguageModel {

    /// @param context the longest run of tokens that can be read at once
    /// @param keyValueHeads heads of keys and values, each shared by heads/keyValueHeads query heads
    /// @param hidden F, the width inside the feed-forward part
    /// @param epsilon added to the mean square before its root
    /// @param theta base of the rotary wavelengths
    /// @param tied whether the output uses the token embedding as its matrix
    public record Config(
            int vocabulary,
            int context,
            int layers,
            int heads,
            int keyValueHeads,
            int width,
            int hidden,
            double epsilon,
            double theta,
            boolean tied)
            implements LanguageConfig {
        static final String TYPE = "llama";

        public Config {
            Sizes.positive("vocabulary", vocabulary);
            Sizes.positive("context", context);
            Sizes.positive("layers", layers);
            Sizes.positive("heads", heads);
            Sizes.positive("keyValueHeads", keyValueHeads);
            Sizes.positive("width", width);
            Sizes.positive("hidden", hidden);
            Sizes.divides("width", width, "heads", heads);
            Sizes.divides("heads", heads, "keyValueHeads", keyValueHeads);
            if (width / heads % 2 != 0) {
                throw new IllegalArgumentException(
                        "width %d over %d heads gives heads of %d numbers, but rotary positions turn them in pairs: make it even"
                                .formatted(width, heads, width / heads));
            }
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("epsilon is %s: give a small positive number".formatted(epsilon));
            }
            if (!(theta > 1)) {
                throw new IllegalArgumentException(
                        "theta is %s: give a number above 1, usually 10000".formatted(theta));
            }
        }

        /// The usual proportions: as many key-value heads as heads, F = 8/3 C rounded up to a multiple of 8
        /// (Shazeer 2020), embedding and output tied.
        public static Config of(int vocabulary, int context, int layers, int heads, int width) {
            int hidden = (width * 8 / 3 + 7) / 8 * 8;
            return new Config(vocabulary, context, layers, heads, heads, width, hidden, 1e-5, 10_000, true);
        }

        /// Numbers in one query, key or value head.
        public int headWidth() {
            return width / heads;
        }

        /// Numbers in all keys (or all values) of one token.
        public int keyValueWidth() {
            return keyValueHeads * headWidth();
        }

        @Override
        public String family() {
            return "transformer";
        }

        @Override
        public long parameters() {
            long attention = 2L * width * width + 2L * width * keyValueWidth();
            long block = attention + 3L * width * hidden + 2L * width;
            return (tied ? 1L : 2L) * vocabulary * width + layers * block + width;
        }

        @Override
        public Transformer open() {
            return new Transformer(this);
        }

        /// The keys of Hugging Face's `LlamaConfig`; both spellings of the rotary base, since release 5 moved
        /// it.
        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.putArray("architectures").add("LlamaForCausalLM");
            json.put("model_type", TYPE);
            json.put("vocab_size", vocabulary);
            json.put("max_position_embeddings", context);
            json.put("num_hidden_layers", layers);
            json.put("num_attention_heads", heads);
            json.put("num_key_value_heads", keyValueHeads);
            json.put("head_dim", headWidth());
            json.put("hidden_size", width);
            json.put("intermediate_size", hidden);
            json.put("rms_norm_eps", epsilon);
            json.put("rope_theta", theta);
            json.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", theta);
            json.put("tie_word_embeddings", tied);
            json.put("hidden_act", "silu");
            json.put("attention_bias", false);
            json.put("mlp_bias", false);
            json.put("dtype", "float32");
            json.put("torch_dtype", "float32");
            return json;
        }

        static Config fromJson(JsonNode json) {
            refuseUnless(
                    json, "hidden_act", json.path("hidden_act").asString("silu").equals("silu"), "silu");
            refuseUnless(json, "attention_bias", !json.path("attention_bias").asBoolean(false), "false");
            refuseUnless(json, "mlp_bias", !json.path("mlp_bias").asBoolean(false), "false");
            JsonNode rope = json.has("rope_parameters") ? json.path("rope_parameters") : json.path("rope_scaling");
            String kind = rope.path("rope_type").asString(rope.path("type").asString("default"));
            if (!kind.equals("default")) {
                throw new ModelException(
                        "config.json asks for rotary positions of type \"%s\": only \"default\" is known here"
                                .formatted(kind));
            }
            int heads = Sizes.read(json, "num_attention_heads");
            int width = Sizes.read(json, "hidden_size");
            JsonNode headWidth = json.path("head_dim");
            if (headWidth.isNumber() && headWidth.asInt() * heads != width) {
                throw new ModelException(
                        "config.json has %d heads of %d numbers in width %d: only heads × head_dim = width is known here"
                                .formatted(heads, headWidth.asInt(), width));
            }
            return Sizes.fromFile(() -> new Config(
                    Sizes.read(json, "vocab_size"),
                    Sizes.read(json, "max_position_embeddings"),
                    Sizes.read(json, "num_hidden_layers"),
                    heads,
                    json.path("num_key_value_heads").asInt(heads),
                    width,
                    Sizes.read(json, "intermediate_size"),
                    json.path("rms_norm_eps").asDouble(1e-6),
                    rope.path("rope_theta").asDouble(json.path("rope_theta").asDouble(10_000)),
                    json.path("tie_word_embeddings").asBoolean(false)));
        }

        private static void refuseUnless(JsonNode json, String key, boolean known, String expected) {
            if (!known) {
                throw new ModelException(
                        "config.json has %s %s: only %s is known here".formatted(key, json.path(key), expected));
            }
        }
    }

    private final Config config;
    private final Tensor embedding; // (V, C)
    private final List<Block> blocks = new ArrayList<>();
    private final Tensor norm; // (C)
    private final Tensor head; // (V, C), the embedding itself where tied
    private Regime regime = Regime.EXACT;

    public Transformer(Config config) {
        this.config = config;
        this.embedding = weight("embedding", config.vocabulary(), config.width());
        for (int layer = 0; layer < config.layers(); layer++) {
            blocks.add(new Block(layer));
        }
        this.norm = Parameters.register(this, "norm", torch.ones(config.width()));
        this.head = config.tied() ? embedding : weight("head", config.vocabulary(), config.width());
    }

    /// Scores of the next token after every position: ids (B, T) of int64 to logits (B, T, V).
    public Tensor forward(Tensor ids) {
        return score(states(ids));
    }

    /// What the output layer reads: ids (B, T) to (B, T, C), normalised.
    public Tensor states(Tensor ids) {
        long T = ids.size(1);
        if (T > config.context()) {
            throw new IllegalArgumentException(
                    "%d tokens for a model that reads at most %d: shorten the text, or train with a longer context"
                            .formatted(T, config.context()));
        }
        Attention.Rotary rotary = Attention.rotary((int) T, config.headWidth(), config.theta(), ids.device());
        Tensor x = drop(Layers.embedding(ids, embedding)); // (B, T, C)
        for (Block block : blocks) {
            x = block.forward(x, rotary);
        }
        return Layers.rmsNorm(x, norm, config.epsilon());
    }

    /// The output layer: states (…, C) to logits (…, V).
    public Tensor score(Tensor states) {
        return Layers.linear(states, head, regime.products());
    }

    /// One layer: attention, then the gated feed-forward part, each behind its own normalisation.
    private final class Block {
        private final Tensor attentionNorm; // (C)
        private final Tensor queryKeyValue; // (C + 2·K·D, C): one product instead of three
        private final Tensor attentionOut; // (C, C)
        private final Tensor feedForwardNorm; // (C)
        private final Tensor gateUp; // (2·F, C): one product instead of two
        private final Tensor down; // (C, F)

        Block(int layer) {
            String prefix = "layer" + layer + "_";
            int C = config.width();
            attentionNorm = Parameters.register(Transformer.this, prefix + "attention_norm", torch.ones(C));
            queryKeyValue = weight(prefix + "query_key_value", C + 2 * config.keyValueWidth(), C);
            attentionOut = residual(prefix + "attention_out", C, C);
            feedForwardNorm = Parameters.register(Transformer.this, prefix + "feed_forward_norm", torch.ones(C));
            gateUp = weight(prefix + "gate_up", 2 * config.hidden(), C);
            down = residual(prefix + "down", C, config.hidden());
        }

        Tensor forward(Tensor x, Attention.Rotary rotary) {
            Tensor normed = Layers.rmsNorm(x, attentionNorm, config.epsilon());
            Tensor qkv = Layers.linear(normed, queryKeyValue, regime.products()); // (B, T, C + 2·K·D)
            Tensor heads = Attention.causal(qkv, config.heads(), config.keyValueHeads(), rotary); // (B, T, C)
            x = x.add(drop(Layers.linear(heads, attentionOut, regime.products())));

            normed = Layers.rmsNorm(x, feedForwardNorm, config.epsilon());
            Tensor gated = Layers.swiGlu(Layers.linear(normed, gateUp, regime.products())); // (B, T, F)
            return x.add(drop(Layers.linear(gated, down, regime.products())));
        }
    }

    /// Under the names that Hugging Face's `LlamaForCausalLM` uses; the joined matrices give a view per name.
    @Override
    public SequencedMap<String, Tensor> tensors() {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        named.put("model.embed_tokens.weight", embedding);
        int C = config.width();
        int keyValue = config.keyValueWidth();
        int F = config.hidden();
        for (int layer = 0; layer < blocks.size(); layer++) {
            Block block = blocks.get(layer);
            String prefix = "model.layers." + layer + ".";
            named.put(prefix + "self_attn.q_proj.weight", block.queryKeyValue.narrow(0, 0, C));
            named.put(prefix + "self_attn.k_proj.weight", block.queryKeyValue.narrow(0, C, keyValue));
            named.put(prefix + "self_attn.v_proj.weight", block.queryKeyValue.narrow(0, C + keyValue, keyValue));
            named.put(prefix + "self_attn.o_proj.weight", block.attentionOut);
            named.put(prefix + "mlp.gate_proj.weight", block.gateUp.narrow(0, 0, F));
            named.put(prefix + "mlp.up_proj.weight", block.gateUp.narrow(0, F, F));
            named.put(prefix + "mlp.down_proj.weight", block.down);
            named.put(prefix + "input_layernorm.weight", block.attentionNorm);
            named.put(prefix + "post_attention_layernorm.weight", block.feedForwardNorm);
        }
        named.put("model.norm.weight", norm);
        if (!config.tied()) {
            named.put("lm_head.weight", head);
        }
        return named;
    }

    /// Normal with deviation 0.02 (Radford et al. 2019, section 2.3).
    private Tensor weight(String name, long rows, long columns) {
        return Parameters.register(this, name, torch.randn(rows, columns).mul_(new Scalar(0.02)));
    }

    /// The same, divided by the root of the number of residual additions (ibid.), so that their sum keeps its
    /// size.
    private Tensor residual(String name, long rows, long columns) {
        double deviation = 0.02 / Math.sqrt(2.0 * config.layers());
        return Parameters.register(this, name, torch.randn(rows, columns).mul_(new Scalar(deviation)));
    }

    private Tensor drop(Tensor x) {
        return regime.dropout() > 0 && is_training() ? torch.dropout(x, regime.dropout(), true) : x;
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public Module module() {
        return this;
    }

    @Override
    public void regime(Regime regime) {
        this.regime = regime;
    }
}
