package dev.athanor.model;

import dev.athanor.torch.Layers;
import dev.athanor.torch.Losses;
import dev.athanor.torch.Recurrent;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A variational autoencoder of texts (Kingma and Welling 2014; for sentences Bowman et al. 2016): a recurrent
/// encoder turns a text into a normal distribution over a latent vector, a recurrent decoder writes a text from
/// such a vector. The latent vector is given to the decoder at every step, so that it is worth using.
///
/// Letters: B batch, T time, E embedding, C width of the recurrent layers, Z latent, V vocabulary.
public final class TextVae extends Module implements LanguageModel {

    /// @param context the longest text in tokens, with its begin and end
    /// @param embedding E
    /// @param width C, of encoder and decoder
    /// @param latent Z
    public record Config(int vocabulary, int context, int embedding, int width, int latent) implements LanguageConfig {
        static final String TYPE = "athanor-text-vae";

        public Config {
            Sizes.positive("vocabulary", vocabulary);
            Sizes.positive("context", context);
            Sizes.positive("embedding", embedding);
            Sizes.positive("width", width);
            Sizes.positive("latent", latent);
        }

        @Override
        public String family() {
            return "vae";
        }

        @Override
        public long parameters() {
            long encoder = 3L * width * (embedding + width + 2);
            long decoder = 3L * width * (embedding + latent + width + 2);
            long bridge = 2L * latent * (width + 1) + (long) width * (latent + 1);
            return (long) vocabulary * embedding + encoder + bridge + decoder + (long) vocabulary * (width + 1);
        }

        @Override
        public TextVae open() {
            return new TextVae(this);
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("model_type", TYPE);
            json.put("vocab_size", vocabulary);
            json.put("context", context);
            json.put("embedding", embedding);
            json.put("width", width);
            json.put("latent", latent);
            return json;
        }

        static Config fromJson(JsonNode json) {
            return Sizes.fromFile(() -> new Config(
                    Sizes.read(json, "vocab_size"),
                    Sizes.read(json, "context"),
                    Sizes.read(json, "embedding"),
                    Sizes.read(json, "width"),
                    Sizes.read(json, "latent")));
        }
    }

    /// The two parts of the negative evidence lower bound, in nats.
    ///
    /// @param reconstruction (), −ln p(x|z) summed over the tokens of the batch
    /// @param divergence (B, Z), see [Posterior#divergence]
    public record Bound(Tensor reconstruction, Tensor divergence) {}

    private final Config config;
    private final Tensor embedding; // (V, E), shared by encoder and decoder
    private final Recurrent.Weights encoder; // E to C
    private final Tensor mean; // (Z, C)
    private final Tensor meanBias; // (Z)
    private final Tensor logVariance; // (Z, C)
    private final Tensor logVarianceBias; // (Z)
    private final Tensor initial; // (C, Z)
    private final Tensor initialBias; // (C)
    private final Recurrent.Weights decoder; // E + Z to C
    private final Tensor head; // (V, C)
    private final Tensor headBias; // (V)
    private Regime regime = Regime.EXACT;

    public TextVae(Config config) {
        this.config = config;
        int E = config.embedding();
        int C = config.width();
        int Z = config.latent();
        int V = config.vocabulary();
        embedding = Parameters.register(this, "embedding", torch.randn(V, E).mul_(new Scalar(0.1)));
        encoder = RecurrentLayers.weights(this, "encoder_", 3, E, C);
        mean = RecurrentLayers.uniform(this, "mean", C, Z, C);
        meanBias = RecurrentLayers.uniform(this, "mean_bias", C, Z);
        logVariance = RecurrentLayers.uniform(this, "log_variance", C, Z, C);
        logVarianceBias = RecurrentLayers.uniform(this, "log_variance_bias", C, Z);
        initial = RecurrentLayers.uniform(this, "initial", Z, C, Z);
        initialBias = RecurrentLayers.uniform(this, "initial_bias", Z, C);
        decoder = RecurrentLayers.weights(this, "decoder_", 3, E + Z, C);
        head = RecurrentLayers.uniform(this, "head", C, V, C);
        headBias = RecurrentLayers.uniform(this, "head_bias", C, V);
    }

    /// The distribution of each text: ids (B, T), of which the last token of row b stands at lengths[b] − 1.
    ///
    /// @param lengths (B) of int64, from 1 to T
    public Posterior encode(Tensor ids, Tensor lengths) {
        Tensor x = Layers.embedding(ids, embedding); // (B, T, E)
        Tensor start = torch.zeros(new long[] {ids.size(0), config.width()}, embedding.options());
        Tensor outputs = Recurrent.gru(x, start, encoder).outputs(); // (B, T, C)
        Tensor at = lengths.sub(new Scalar(1)).view(-1, 1, 1).expand(new long[] {ids.size(0), 1, config.width()});
        Tensor last = outputs.gather(1, at).squeeze(1); // (B, C)
        return new Posterior(
                Layers.linear(last, mean, meanBias, regime.products()),
                Layers.linear(last, logVariance, logVarianceBias, regime.products()));
    }

    /// Logits of each next token, (B, T, V), where the decoder has read inputs (B, T) and knows z (B, Z).
    public Tensor decode(Tensor latent, Tensor inputs) {
        long T = inputs.size(1);
        Tensor x = drop(Layers.embedding(inputs, embedding)); // (B, T, E)
        Tensor repeated = latent.unsqueeze(1).expand(new long[] {latent.size(0), T, config.latent()});
        Tensor joined = Layers.concatenate(x, repeated); // (B, T, E + Z)
        Tensor start =
                Layers.linear(latent, initial, initialBias, regime.products()).tanh(); // (B, C)
        Tensor outputs = Recurrent.gru(joined, start, decoder).outputs(); // (B, T, C)
        return Layers.linear(drop(outputs), head, headBias, regime.products());
    }

    /// The parts of the bound for texts written `BEGIN … END` and padded.
    ///
    /// @param ids (B, T)
    /// @param lengths (B) of int64, the tokens of each row before padding
    /// @param targets (B, T - 1), the token that follows each, or `ignored` where none is asked for
    public Bound bound(Tensor ids, Tensor lengths, Tensor targets, int ignored) {
        long T = ids.size(1);
        Posterior posterior = encode(ids, lengths);
        Tensor latent = posterior.draw();
        Tensor logits = decode(latent, ids.narrow(1, 0, T - 1)); // (B, T - 1, V)
        return new Bound(Losses.crossEntropySum(logits, targets, ignored), posterior.divergence());
    }

    @Override
    public SequencedMap<String, Tensor> tensors() {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        named.put("embed.weight", embedding);
        RecurrentLayers.name(named, "encoder.", encoder);
        named.put("mean.weight", mean);
        named.put("mean.bias", meanBias);
        named.put("log_variance.weight", logVariance);
        named.put("log_variance.bias", logVarianceBias);
        named.put("initial.weight", initial);
        named.put("initial.bias", initialBias);
        RecurrentLayers.name(named, "decoder.", decoder);
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
