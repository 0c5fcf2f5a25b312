package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Kind;
import dev.athanor.data.Nearest;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.NoiseProcess;
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
        AUDIO_CODEC,
        VOCODER;

        /// What the family's models are of.
        Kind kind() {
            return switch (this) {
                case TRANSFORMER, LSTM, GRU, VAE -> Kind.TEXT;
                case IMAGE_DIFFUSION, IMAGE_CLASSIFIER, IMAGE_VAE, IMAGE_GAN, AUDIO_CODEC -> Kind.IMAGE;
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
                    1,
                    500,
                    0.05,
                    1),
            new SamplePart(List.of(""), 200, 0.8, 0, 0.95));
}
