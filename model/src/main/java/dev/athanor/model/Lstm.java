package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Recurrent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A language model of stacked long short-term memory layers (Hochreiter and Schmidhuber 1997, with the forget
/// gate of Gers et al. 2000). Its state can be carried from one piece of a text to the next, so it reads texts
/// of any length.
///
/// Letters: B batch, T time, C width, V vocabulary, L layers.
public final class Lstm extends Module implements LanguageModel {

    /// @param context the tokens that one training step reads; the state carries further back than that
    /// @param layers L, stacked
    /// @param width C, of the embedding and of every layer
    public record Config(int vocabulary, int context, int layers, int width) implements LanguageConfig {
        static final String TYPE = "athanor-lstm";

        public Config {
            Sizes.positive("vocabulary", vocabulary);
            Sizes.positive("context", context);
            Sizes.positive("layers", layers);
            Sizes.positive("width", width);
        }

        @Override
        public String family() {
            return "lstm";
        }

        @Override
        public long parameters() {
            long cell = 8L * width * width + 8L * width;
            return 2L * vocabulary * width + vocabulary + layers * cell;
        }

        @Override
        public Lstm open() {
            return new Lstm(this);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("model_type", TYPE);
            json.put("vocab_size", vocabulary);
            json.put("context", context);
            json.put("layers", layers);
            json.put("width", width);
            return json;
        }

        static Config fromJson(JsonNode json) {
            return Sizes.fromFile(() -> new Config(
                    Sizes.read(json, "vocab_size"),
                    Sizes.read(json, "context"),
                    Sizes.read(json, "layers"),
                    Sizes.read(json, "width")));
        }
    }

    /// What the layers remember: output and cell of each, (B, C).
    public record State(List<Tensor> hidden, List<Tensor> cells) {}

    /// What a piece of text gives.
    ///
    /// @param states (B, T, C), for [#score]
    /// @param state after its last token
    public record Read(Tensor states, State state) {}

    private final Config config;
    private final Tensor embedding; // (V, C)
    private final List<Recurrent.Weights> layers = new ArrayList<>(); // gates in the order i, f, g, o
    private final Tensor head; // (V, C)
    private final Tensor headBias; // (V)
    private Regime regime = Regime.EXACT;

    public Lstm(Config config) {
        this.config = config;
        this.embedding = Parameters.register(this, "embedding", torch.randn(config.vocabulary(), config.width()));
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(RecurrentLayers.weights(this, "layer" + layer + "_", 4, config.width(), config.width()));
        }
        this.head = RecurrentLayers.uniform(this, "head", config.width(), config.vocabulary(), config.width());
        this.headBias = RecurrentLayers.uniform(this, "head_bias", config.width(), config.vocabulary());
    }

    /// The state before any text, on the model's device.
    public State start(int batch) {
        List<Tensor> hidden = new ArrayList<>();
        List<Tensor> cells = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            hidden.add(RecurrentLayers.zeros(batch, embedding));
            cells.add(RecurrentLayers.zeros(batch, embedding));
        }
        return new State(hidden, cells);
    }

    /// Reads ids (B, T) of int64 on from a state.
    public Read forward(Tensor ids, State state) {
        Tensor x = drop(Layers.embedding(ids, embedding)); // (B, T, C)
        List<Tensor> hidden = new ArrayList<>();
        List<Tensor> cells = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            Recurrent.LstmOutput out =
                    Recurrent.lstm(x, state.hidden().get(layer), state.cells().get(layer), layers.get(layer));
            x = drop(out.outputs());
            hidden.add(out.hidden());
            cells.add(out.cell());
        }
        return new Read(x, new State(hidden, cells));
    }

    /// The output layer: states (…, C) to logits (…, V).
    public Tensor score(Tensor states) {
        return Layers.linear(states, head, headBias, regime.products());
    }

    @Override
    public SequencedMap<String, Tensor> tensors() {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        named.put("embed.weight", embedding);
        for (int layer = 0; layer < layers.size(); layer++) {
            RecurrentLayers.name(named, "layers." + layer + ".", layers.get(layer));
        }
        named.put("head.weight", head);
        named.put("head.bias", headBias);
        return named;
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
