package dev.athanor.train;

import dev.athanor.data.RecordCopy;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.CodeGrid;
import dev.athanor.model.Gru;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.Lstm;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.SoundConfig;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.model.UNet;
import dev.athanor.model.Vocoder;
import dev.athanor.train.Recipe.Family;
import java.util.List;
import java.util.Map;

/// Which model a recipe trains, and of which sizes.
///
/// @param layers of a transformer, lstm or gru; of a codec, of the transformer over its codes
/// @param heads of a transformer; of a codec likewise
/// @param keyValueHeads of a transformer; 0: as many as heads
/// @param width C of the family's paper; of a model of pictures, the channels of its first level
/// @param hidden of a transformer's feed-forward part; 0: 8/3 of the width
/// @param context tokens read at once; of a vocoder, frames of a piece that it learns from
/// @param tied whether a transformer's output is its embedding
/// @param embedding of a vae
/// @param latent numbers of a point in the space of a vae, of texts or pictures, or of what a gan begins
///     with
/// @param levels of a model of pictures: the channels of each size as multiples of the width; of a codec,
///     the places of each number of a code
/// @param blocks of a model of pictures, at each level; of a vocoder; of a codec, each way
/// @param patch pixels of a square's side that a model of pictures takes as one; 0: so that 16 or fewer are
///     left on a side, 32 in a classifier; of a codec, frames of a code, 0: one
/// @param process noise of a diffusion model, and what it predicts
/// @param start name of a model in the workspace whose tokenizer, sizes and weights the new one begins
///     with; empty: one from nothing
public record ModelPart(
        Family family,
        int layers,
        int heads,
        int keyValueHeads,
        int width,
        int hidden,
        int context,
        boolean tied,
        int embedding,
        int latent,
        List<Integer> levels,
        int blocks,
        int patch,
        NoiseProcess process,
        String start) {

    /// Squares on a side that the first level of a generator sees at most.
    private static final int LARGEST_SIDE = 16;

    /// The same of a classifier, which tells a shirt from a coat by fine lines.
    private static final int LARGEST_SIDE_JUDGED = 32;

    public ModelPart {
        levels = List.copyOf(levels);
    }

    /// The same with the sizes of the model that it starts from: what else it says does not count.
    ModelPart sizedAs(ModelConfig config) {
        return RecordCopy.with(
                this,
                switch (config) {
                    case Transformer.Config c ->
                        Map.of(
                                "family", Family.TRANSFORMER,
                                "layers", c.layers(),
                                "heads", c.heads(),
                                "keyValueHeads", c.keyValueHeads(),
                                "width", c.width(),
                                "hidden", c.hidden(),
                                "context", c.context(),
                                "tied", c.tied());
                    case Lstm.Config c ->
                        Map.of("family", Family.LSTM, "layers", c.layers(), "width", c.width(), "context", c.context());
                    case Gru.Config c ->
                        Map.of("family", Family.GRU, "layers", c.layers(), "width", c.width(), "context", c.context());
                    case TextVae.Config c ->
                        Map.of(
                                "family", Family.VAE,
                                "width", c.width(),
                                "context", c.context(),
                                "embedding", c.embedding(),
                                "latent", c.latent());
                    case UNet.Config c ->
                        Map.of(
                                "family", Family.IMAGE_DIFFUSION,
                                "width", c.width(),
                                "levels", c.levels(),
                                "blocks", c.blocks(),
                                "patch", c.patch(),
                                "process", c.process());
                    case ImageClassifier.Config c ->
                        Map.of(
                                "family", Family.IMAGE_CLASSIFIER,
                                "width", c.width(),
                                "levels", c.levels(),
                                "blocks", c.blocks(),
                                "patch", c.patch());
                    case ImageGan.Config c ->
                        Map.of(
                                "family", Family.IMAGE_GAN,
                                "width", c.width(),
                                "levels", c.levels(),
                                "blocks", c.blocks(),
                                "patch", c.patch(),
                                "latent", c.latent());
                    case ImageVae.Config c ->
                        Map.of(
                                "family", Family.IMAGE_VAE,
                                "width", c.width(),
                                "levels", c.levels(),
                                "blocks", c.blocks(),
                                "patch", c.patch(),
                                "latent", c.latent());
                    case SoundCodec.Config c ->
                        Map.of(
                                "family", Family.AUDIO_CODEC,
                                "layers", c.speech().layers(),
                                "heads", c.speech().heads(),
                                "width", c.coding().width(),
                                "levels", c.coding().grid().levels(),
                                "blocks", c.coding().blocks(),
                                "patch", c.coding().patch());
                    case Vocoder.Config c -> Map.of("family", Family.VOCODER, "width", c.width(), "blocks", c.blocks());
                });
    }

    /// The configuration for a vocabulary that is known once the tokenizer is.
    public LanguageConfig text(int vocabulary) {
        return switch (family) {
            case TRANSFORMER -> {
                Transformer.Config usual = Transformer.Config.of(vocabulary, context, layers, heads, width);
                yield new Transformer.Config(
                        vocabulary,
                        context,
                        layers,
                        heads,
                        keyValueHeads == 0 ? heads : keyValueHeads,
                        width,
                        hidden == 0 ? usual.hidden() : hidden,
                        usual.epsilon(),
                        usual.theta(),
                        tied);
            }
            case LSTM -> new Lstm.Config(vocabulary, context, layers, width);
            case GRU -> new Gru.Config(vocabulary, context, layers, width);
            case VAE -> new TextVae.Config(vocabulary, context, embedding, width, latent);
            case IMAGE_DIFFUSION, IMAGE_CLASSIFIER, IMAGE_VAE, IMAGE_GAN, AUDIO_CODEC, VOCODER ->
                throw new IllegalStateException(family + " is no model of texts");
        };
    }

    /// The configuration for pictures of a shape, and what is known of them.
    public ImageConfig image(ImageShape shape, List<Integer> classes, CaptionShape captions) {
        int folded = patch(shape);
        return switch (family) {
            case IMAGE_DIFFUSION -> new UNet.Config(shape, folded, width, levels, blocks, classes, captions, process);
            case IMAGE_CLASSIFIER ->
                new ImageClassifier.Config(shape, folded, width, levels, blocks, classes.getFirst());
            case IMAGE_VAE -> new ImageVae.Config(shape, folded, width, levels, blocks, latent, classes);
            case IMAGE_GAN -> new ImageGan.Config(shape, folded, width, levels, blocks, latent, classes);
            case AUDIO_CODEC ->
                new SoundCodec.Config(
                        shape,
                        new SoundCodec.Coding(new CodeGrid(levels), Math.max(1, patch), width, blocks),
                        classes,
                        new SoundCodec.Speech(layers, heads, width));
            case TRANSFORMER, LSTM, GRU, VAE, VOCODER ->
                throw new IllegalStateException(family + " is no model of pictures");
        };
    }

    /// The configuration for spectrograms that are made like this.
    SoundConfig sound(MelSettings mel) {
        return switch (family) {
            case VOCODER -> new Vocoder.Config(mel, width, blocks);
            case TRANSFORMER, LSTM, GRU, VAE, IMAGE_DIFFUSION, IMAGE_CLASSIFIER, IMAGE_VAE, IMAGE_GAN, AUDIO_CODEC ->
                throw new IllegalStateException(family + " is no model that makes sounds of spectrograms");
        };
    }

    /// What height and width of pictures must be multiples of, as far as the recipe says.
    int factor(int size) {
        int folded = patch(new ImageShape(1, size, size));
        return switch (family) {
            case IMAGE_DIFFUSION, IMAGE_VAE, IMAGE_GAN -> UNet.Config.factor(folded, levels);
            case IMAGE_CLASSIFIER -> folded;
            case AUDIO_CODEC -> Math.max(1, patch);
            case TRANSFORMER, LSTM, GRU, VAE, VOCODER ->
                throw new IllegalStateException(family + " is no model of pictures");
        };
    }

    /// The one that the recipe says, otherwise the smallest that leaves few enough squares.
    private int patch(ImageShape shape) {
        if (patch != 0) {
            return patch;
        }
        int side = family == Family.IMAGE_CLASSIFIER ? LARGEST_SIDE_JUDGED : LARGEST_SIDE;
        int folded = 1;
        while (Math.max(shape.height(), shape.width()) > side * folded) {
            folded *= 2;
        }
        return folded;
    }
}
