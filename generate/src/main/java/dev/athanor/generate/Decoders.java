package dev.athanor.generate;

import dev.athanor.model.Gru;
import dev.athanor.model.Lstm;
import dev.athanor.model.ModelException;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;

/// Opens models for reading and writing text.
public final class Decoders {
    private Decoders() {}

    /// A decoder with the folder's weights.
    ///
    /// @throws ModelException naming the file at fault, or for a text VAE, which writes from a latent vector:
    ///     see [TextVariations]
    public static Decoder open(ModelFolder folder) {
        try (WeightFiles weights = new WeightFiles(folder.weights())) {
            return switch (folder.language()) {
                case Transformer.Config config -> new TransformerDecoder(config, weights);
                case Lstm.Config config -> new LstmDecoder(config, weights);
                case Gru.Config config -> new GruDecoder(config, weights);
                case TextVae.Config _ ->
                    throw new ModelException(
                            "%s is a text VAE, which writes from a latent vector and has no decoder of its own"
                                    .formatted(folder.folder()));
            };
        }
    }

    static LatentNetwork latent(ModelFolder folder) {
        if (folder.config() instanceof TextVae.Config config) {
            try (WeightFiles weights = new WeightFiles(folder.weights())) {
                return new LatentNetwork(config, weights);
            }
        }
        throw new ModelException("%s is a %s and has no latent space: expected a text VAE, as recipe text-vae trains"
                .formatted(folder.folder(), folder.config().family()));
    }
}
