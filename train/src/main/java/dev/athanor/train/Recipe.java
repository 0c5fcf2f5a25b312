package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Kind;
import dev.athanor.data.Nearest;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.model.CaptionShape;
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
import dev.athanor.model.SoundConfig;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.model.UNet;
import dev.athanor.model.Vocoder;
import dev.athanor.torch.Precision;
import java.util.List;

/// What a person writes to have a model trained: which model, which tokens, which numbers. See
/// docs/training.md.
public record Recipe(
        String name,
        ModelPart model,
        TokenizerPart tokenizer,
        DataPart data,
        ImagePart image,
        TrainingPart training,
        SamplePart samples) {

    /// The same for a model that starts from one of these sizes.
    Recipe sizedAs(ModelConfig config) {
        return new Recipe(name, model.sizedAs(config), tokenizer, data, image, training, samples);
    }

    public enum Family {
        TRANSFORMER,
        LSTM,
        GRU,
        VAE,
        IMAGE_DIFFUSION,
        IMAGE_CLASSIFIER,
        IMAGE_VAE,
        IMAGE_GAN,
        VOCODER;

        /// What the family's models are of.
        Kind kind() {
            return switch (this) {
                case TRANSFORMER, LSTM, GRU, VAE -> Kind.TEXT;
                case IMAGE_DIFFUSION, IMAGE_CLASSIFIER, IMAGE_VAE, IMAGE_GAN -> Kind.IMAGE;
                case VOCODER -> Kind.SOUND;
            };
        }
    }

    public enum Tokens {
        CHARACTERS,
        BYTE_PAIRS
    }

    public enum Arrangement {
        /// Documents where samples are short, stream where they are long.
        AUTO,
        DOCUMENTS,
        SEPARATE,
        STREAM
    }

    /// @param layers of a transformer, lstm or gru
    /// @param heads of a transformer
    /// @param keyValueHeads of a transformer; 0: as many as heads
    /// @param width C of the family's paper; of a model of pictures, the channels of its first level
    /// @param hidden of a transformer's feed-forward part; 0: 8/3 of the width
    /// @param context tokens read at once; of a vocoder, frames of a piece that it learns from
    /// @param tied whether a transformer's output is its embedding
    /// @param embedding of a vae
    /// @param latent numbers of a point in the space of a vae, of texts or pictures, or of what a gan begins
    ///     with
    /// @param levels of a model of pictures: the channels of each size as multiples of the width
    /// @param blocks of a model of pictures, at each level; of a vocoder
    /// @param patch pixels of a square's side that a model of pictures takes as one; 0: so that 16 or fewer are
    ///     left
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
                case IMAGE_DIFFUSION, IMAGE_CLASSIFIER, IMAGE_VAE, IMAGE_GAN, VOCODER ->
                    throw new IllegalStateException(family + " is no model of texts");
            };
        }

        /// The configuration for pictures of a shape, and what is known of them.
        public ImageConfig image(ImageShape shape, List<Integer> classes, CaptionShape captions) {
            int folded = patch == 0 ? patch(shape) : patch;
            return switch (family) {
                case IMAGE_DIFFUSION ->
                    new UNet.Config(shape, folded, width, levels, blocks, classes, captions, process);
                case IMAGE_CLASSIFIER ->
                    new ImageClassifier.Config(shape, folded, width, levels, blocks, classes.getFirst());
                case IMAGE_VAE -> new ImageVae.Config(shape, folded, width, levels, blocks, latent, classes);
                case IMAGE_GAN -> new ImageGan.Config(shape, folded, width, levels, blocks, latent, classes);
                case TRANSFORMER, LSTM, GRU, VAE, VOCODER ->
                    throw new IllegalStateException(family + " is no model of pictures");
            };
        }

        /// The configuration for spectrograms that are made like this.
        SoundConfig sound(MelSettings mel) {
            return switch (family) {
                case VOCODER -> new Vocoder.Config(mel, width, blocks);
                case TRANSFORMER, LSTM, GRU, VAE, IMAGE_DIFFUSION, IMAGE_CLASSIFIER, IMAGE_VAE, IMAGE_GAN ->
                    throw new IllegalStateException(family + " is no model that makes sounds of spectrograms");
            };
        }

        /// What height and width of pictures must be multiples of, as far as the recipe says.
        int factor(int size) {
            int folded = patch == 0 ? patch(new ImageShape(1, size, size)) : patch;
            return switch (family) {
                case IMAGE_DIFFUSION, IMAGE_VAE, IMAGE_GAN -> UNet.Config.factor(folded, levels);
                case IMAGE_CLASSIFIER -> folded;
                case TRANSFORMER, LSTM, GRU, VAE, VOCODER ->
                    throw new IllegalStateException(family + " is no model of pictures");
            };
        }

        private static int patch(ImageShape shape) {
            int patch = 1;
            while (Math.max(shape.height(), shape.width()) > LARGEST_SIDE * patch) {
                patch *= 2;
            }
            return patch;
        }
    }

    /// Squares on a side that the first level of a diffusion model sees at most.
    private static final int LARGEST_SIDE = 16;

    /// @param vocabulary ids of a byte-pair tokenizer
    public record TokenizerPart(Tokens kind, int vocabulary) {}

    /// @param fields what the model is conditioned on: names of fields, `all`, or none
    /// @param verbatim those fields whose values are said as they are, names for example
    public record DataPart(Arrangement arrangement, List<String> fields, List<String> verbatim) {
        public DataPart {
            fields = List.copyOf(fields);
            verbatim = List.copyOf(verbatim);
        }

        /// The fields of a dataset that are asked for.
        ///
        /// @throws IllegalArgumentException for one that it does not have
        List<String> conditions(Dataset dataset) {
            List<String> known = dataset.manifest().fields();
            if (fields.equals(List.of("all"))) {
                return known;
            }
            if (fields.equals(List.of("none"))) {
                return List.of();
            }
            for (String field : fields) {
                if (!known.contains(field)) {
                    throw new IllegalArgumentException(
                            "data.fields names \"%s\", which the dataset %s does not have%s; it has %s"
                                    .formatted(
                                            field,
                                            dataset.reference(),
                                            Nearest.hint(field, known),
                                            known.isEmpty() ? "no fields" : String.join(", ", known)));
                }
            }
            return fields;
        }
    }

    public enum Color {
        /// As the pictures are: grey where all are.
        AUTO,
        GREY,
        COLOR
    }

    public enum Captions {
        /// Where most pictures have one.
        AUTO,
        NONE
    }

    /// How pictures are made ready.
    ///
    /// @param size pixels of a side; 0: that of the pictures where they are square, alike and no larger than
    ///     64, else 32
    /// @param mirrored whether each picture is also learnt from as in a mirror
    /// @param shifted pixels by which pictures are moved at most, each time anew, when they are learnt from
    /// @param captions whether a diffusion model reads them
    /// @param unguided share of pictures that a model learns without being told what they show, for
    ///     guidance (Ho and Salimans 2022, algorithm 1)
    public record ImagePart(int size, Color color, boolean mirrored, int shifted, Captions captions, double unguided) {
        public ImagePart {
            if (size < 0 || size > 1024) {
                throw new IllegalArgumentException(
                        "image.size is %d: give the pixels of a side from 1 to 1024, or 0 for that of the pictures"
                                .formatted(size));
            }
            if (shifted < 0 || shifted > 64) {
                throw new IllegalArgumentException(
                        "image.shifted is %d: give the pixels by which pictures are moved at most, 0 for none, usually 2"
                                .formatted(shifted));
            }
            if (!(unguided >= 0 && unguided < 1)) {
                throw new IllegalArgumentException(
                        "image.unguided is %s: give a share from 0 to below 1, usually 0.1".formatted(unguided));
            }
        }
    }

    /// @param steps budget in optimizer steps; 0: another budget
    /// @param epochs budget in passes over the training split; 0: another budget
    /// @param minutes budget in time; 0: another budget
    /// @param batch rows of a step
    /// @param accumulate batches whose gradients are added before a step
    /// @param rate the highest learning rate
    /// @param warmup steps of linear growth to it
    /// @param finalRate what the cosine ends at, as a share of the rate
    /// @param clip limit of the gradient's norm
    /// @param average decay of the weights' moving average, used for validation and for the model; 0: none
    /// @param evaluateEvery steps between two looks at the validation split
    /// @param evaluationBatches batches of such a look; the last look is over the whole split
    /// @param patience looks without gain before the run stops; 0: never
    /// @param checkpointEvery steps between two checkpoints; 0: at each look
    /// @param divergenceWarmup steps until a vae's KL term has its full weight
    /// @param freeBits nats of each latent dimension that cost nothing
    /// @param penalty weight of the slopes of a gan's scores: larger is calmer and slower
    public record TrainingPart(
            int steps,
            double epochs,
            double minutes,
            int batch,
            int accumulate,
            double rate,
            int warmup,
            double finalRate,
            double weightDecay,
            double beta1,
            double beta2,
            double clip,
            double dropout,
            Precision precision,
            double average,
            int evaluateEvery,
            int evaluationBatches,
            int patience,
            int checkpointEvery,
            long seed,
            int divergenceWarmup,
            double freeBits,
            double penalty) {
        public TrainingPart {
            int budgets = (steps > 0 ? 1 : 0) + (epochs > 0 ? 1 : 0) + (minutes > 0 ? 1 : 0);
            if (budgets != 1 || steps < 0 || epochs < 0 || minutes < 0) {
                throw new IllegalArgumentException(
                        "training has steps %d, epochs %s and minutes %s: give exactly one of them above 0, and leave out the others"
                                .formatted(steps, epochs, minutes));
            }
            atLeast("training.batch", batch, 1);
            atLeast("training.accumulate", accumulate, 1);
            atLeast("training.warmup", warmup, 0);
            atLeast("training.evaluateEvery", evaluateEvery, 1);
            atLeast("training.evaluationBatches", evaluationBatches, 1);
            atLeast("training.patience", patience, 0);
            atLeast("training.checkpointEvery", checkpointEvery, 0);
            atLeast("training.divergenceWarmup", divergenceWarmup, 0);
            if (!(rate > 0 && rate < 100)) {
                throw new IllegalArgumentException(
                        "training.rate is %s: give a positive number, usually from 0.0001 to 0.01".formatted(rate));
            }
            if (!(finalRate >= 0 && finalRate <= 1)) {
                throw new IllegalArgumentException(
                        "training.finalRate is %s: give a share from 0 to 1, usually 0.1".formatted(finalRate));
            }
            share("training.beta1", beta1, "usually 0.9");
            share("training.beta2", beta2, "usually 0.99");
            share("training.dropout", dropout, "0 for none");
            if (!(weightDecay >= 0)) {
                throw new IllegalArgumentException(
                        "training.weightDecay is %s: give 0 or more, usually 0.1".formatted(weightDecay));
            }
            if (!(clip > 0)) {
                throw new IllegalArgumentException(
                        "training.clip is %s: give a positive number, usually 1".formatted(clip));
            }
            if (!(average >= 0 && average < 1)) {
                throw new IllegalArgumentException(
                        "training.average is %s: give 0 for none, or a decay below 1 such as 0.999".formatted(average));
            }
            if (!(freeBits >= 0)) {
                throw new IllegalArgumentException("training.freeBits is %s: give 0 or more".formatted(freeBits));
            }
            if (!(penalty >= 0)) {
                throw new IllegalArgumentException(
                        "training.penalty is %s: give 0 or more, usually 0.1 to 10".formatted(penalty));
            }
        }

        /// The same with another number of rows, for a look at other data.
        public TrainingPart withBatch(int rows) {
            return new TrainingPart(
                    steps,
                    epochs,
                    minutes,
                    rows,
                    accumulate,
                    rate,
                    warmup,
                    finalRate,
                    weightDecay,
                    beta1,
                    beta2,
                    clip,
                    dropout,
                    precision,
                    average,
                    evaluateEvery,
                    evaluationBatches,
                    patience,
                    checkpointEvery,
                    seed,
                    divergenceWarmup,
                    freeBits,
                    penalty);
        }

        private static void share(String name, double value, String usual) {
            if (!(value >= 0 && value < 1)) {
                throw new IllegalArgumentException(
                        "%s is %s: give a number from 0 to below 1, %s".formatted(name, value, usual));
            }
        }

        private static void atLeast(String name, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "%s is %d: give a whole number from %d".formatted(name, value, least));
            }
        }
    }

    /// What is shown of the model when it is trained, and what `generate` begins with.
    ///
    /// @param prompts beginnings of texts; may be empty strings
    public record SamplePart(List<String> prompts, int length, double temperature, int topK, double topP) {
        public SamplePart {
            prompts = List.copyOf(prompts);
        }
    }

    /// What holds where a recipe says nothing.
    public static final Recipe DEFAULTS = new Recipe(
            "",
            new ModelPart(
                    Family.TRANSFORMER,
                    4,
                    4,
                    0,
                    128,
                    0,
                    128,
                    true,
                    128,
                    32,
                    List.of(1, 2),
                    1,
                    0,
                    NoiseProcess.FLOW_MATCHING,
                    ""),
            new TokenizerPart(Tokens.BYTE_PAIRS, 1024),
            new DataPart(Arrangement.AUTO, List.of(), List.of()),
            new ImagePart(0, Color.AUTO, false, 0, Captions.AUTO, 0.1),
            new TrainingPart(
                    1000,
                    0,
                    0,
                    16,
                    1,
                    0.002,
                    50,
                    0.1,
                    0.1,
                    0.9,
                    0.99,
                    1.0,
                    0.0,
                    Precision.FLOAT32,
                    0,
                    100,
                    20,
                    0,
                    0,
                    1,
                    500,
                    0.05,
                    1),
            new SamplePart(List.of(""), 200, 0.8, 0, 0.95));
}
