package dev.athanor.train;

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
        return switch (config) {
            case Transformer.Config c ->
                new ModelPart(
                        Family.TRANSFORMER,
                        c.layers(),
                        c.heads(),
                        c.keyValueHeads(),
                        c.width(),
                        c.hidden(),
                        c.context(),
                        c.tied(),
                        embedding,
                        latent,
                        levels,
                        blocks,
                        patch,
                        process,
                        start);
            case Lstm.Config c -> recurrent(Family.LSTM, c.layers(), c.width(), c.context());
            case Gru.Config c -> recurrent(Family.GRU, c.layers(), c.width(), c.context());
            case TextVae.Config c ->
                new ModelPart(
                        Family.VAE,
                        layers,
                        heads,
                        keyValueHeads,
                        c.width(),
                        hidden,
                        c.context(),
                        tied,
                        c.embedding(),
                        c.latent(),
                        levels,
                        blocks,
                        patch,
                        process,
                        start);
            case UNet.Config c ->
                pictures(Family.IMAGE_DIFFUSION, new Levels(c.width(), c.levels(), c.blocks(), c.patch()))
                        .with(c.process());
            case ImageClassifier.Config c ->
                pictures(Family.IMAGE_CLASSIFIER, new Levels(c.width(), c.levels(), c.blocks(), c.patch()));
            case ImageGan.Config c ->
                pictures(Family.IMAGE_GAN, new Levels(c.width(), c.levels(), c.blocks(), c.patch()))
                        .with(c.latent());
            case ImageVae.Config c ->
                pictures(Family.IMAGE_VAE, new Levels(c.width(), c.levels(), c.blocks(), c.patch()))
                        .with(c.latent());
            case SoundCodec.Config c -> codec(c);
            case Vocoder.Config c -> pictures(Family.VOCODER, new Levels(c.width(), levels, c.blocks(), patch));
        };
    }

    private ModelPart recurrent(Family family, int layers, int width, int context) {
        return new ModelPart(
                family,
                layers,
                heads,
                keyValueHeads,
                width,
                hidden,
                context,
                tied,
                embedding,
                latent,
                levels,
                blocks,
                patch,
                process,
                start);
    }

    private ModelPart codec(SoundCodec.Config config) {
        SoundCodec.Coding coding = config.coding();
        return new ModelPart(
                Family.AUDIO_CODEC,
                config.speech().layers(),
                config.speech().heads(),
                keyValueHeads,
                coding.width(),
                hidden,
                context,
                tied,
                embedding,
                latent,
                coding.grid().levels(),
                coding.blocks(),
                coding.patch(),
                process,
                start);
    }

    private record Levels(int width, List<Integer> multiples, int blocks, int patch) {}

    private ModelPart pictures(Family family, Levels sizes) {
        return new ModelPart(
                family,
                layers,
                heads,
                keyValueHeads,
                sizes.width(),
                hidden,
                context,
                tied,
                embedding,
                latent,
                sizes.multiples(),
                sizes.blocks(),
                sizes.patch(),
                process,
                start);
    }

    private ModelPart with(int latent) {
        return new ModelPart(
                family,
                layers,
                heads,
                keyValueHeads,
                width,
                hidden,
                context,
                tied,
                embedding,
                latent,
                levels,
                blocks,
                patch,
                process,
                start);
    }

    private ModelPart with(NoiseProcess process) {
        return new ModelPart(
                family,
                layers,
                heads,
                keyValueHeads,
                width,
                hidden,
                context,
                tied,
                embedding,
                latent,
                levels,
                blocks,
                patch,
                process,
                start);
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
