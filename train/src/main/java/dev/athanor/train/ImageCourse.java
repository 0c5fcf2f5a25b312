package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Kind;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.text.BytePairTokenizer;
import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.Form;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageModel;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageSource;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Network;
import dev.athanor.model.SoundCodec;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A model of pictures learns from the pictures of a dataset.
///
/// @param name of the dataset, with its version
/// @param testing the test split in order, where the model's family is measured on it
record ImageCourse(
        String name,
        Recipe recipe,
        ImageFormat format,
        Optional<Tokenizer> tokenizer,
        ImageConfig config,
        ImageBatches learning,
        List<ImageBatch> looking,
        List<ImageBatch> testing)
        implements Course<ImageBatch> {

    private static final int LONGEST_CAPTION = 64; // tokens
    private static final int LIKENESS_ROWS = 1000; // pictures that are compared with as many made ones at a time

    /// Looks over the training split for sizes, values and captions, and draws both splits.
    ///
    /// @param run the run's folder, where the tokenizer of captions stays
    static ImageCourse prepare(Recipe recipe, Dataset dataset, Optional<ModelFolder> start, Path run) {
        Kind kind = dataset.manifest().kind();
        if (kind == Kind.TEXT) {
            throw new IllegalArgumentException(
                    "the recipe %s learns from pictures or sounds and the dataset %s is of kind text: import pictures or sounds, or use a recipe for texts"
                            .formatted(recipe.name(), dataset.reference()));
        }
        if (recipe.model().family() == Recipe.Family.AUDIO_CODEC && kind != Kind.SOUND) {
            throw new IllegalArgumentException(
                    "the recipe %s learns from sounds and the dataset %s is of kind %s: import sounds, or use a recipe for pictures"
                            .formatted(recipe.name(), dataset.reference(), kind.word()));
        }
        start.ifPresent(folder -> refuseOther(folder, kind));
        PictureSurvey survey = PictureSurvey.of(recipe, dataset);
        boolean captions = start.map(folder -> folder.images().captionLength() > 0)
                .orElse(recipe.model().family() == Recipe.Family.IMAGE_DIFFUSION
                        && recipe.image().captions() == Recipe.Captions.AUTO
                        && survey.isCaptioned());
        Optional<Tokenizer> tokenizer = captions
                ? Optional.of(RunTokenizer.in(run).orTrained(start, () -> tokenizer(recipe, survey)))
                : Optional.empty();
        ImageFormat format = start.map(ModelFolder::images)
                .orElseGet(() -> new ImageFormat(
                        survey.fields(),
                        tokenizer.map(reading -> longest(reading, survey)).orElse(0),
                        survey.sound()));
        ImageConfig config = start.map(folder -> (ImageConfig) folder.config())
                .orElseGet(() -> recipe.model()
                        .image(
                                survey.shape(),
                                format.classes(),
                                tokenizer
                                        .map(reading -> new CaptionShape(reading.size(), format.captionLength()))
                                        .orElse(CaptionShape.NONE)));
        refuseIfTooCoarse(config, recipe.training().precision());
        refuseIfTooLarge(config, recipe.training().batch(), dataset);
        ImageShape shape = config.shape();
        Pictures.Reading reading = new Pictures.Reading(shape, format, tokenizer, ImageSource.of(format, shape));
        TrainingPart training = recipe.training();
        return new ImageCourse(
                dataset.reference(),
                recipe,
                format,
                tokenizer,
                config,
                new ImageBatches(
                        refuseIfEmpty(fit(config, reading.read(dataset, Split.TRAIN)), dataset, format),
                        training.batch(),
                        new Seed(training.seed()).branch("order"),
                        Augmentation.of(recipe.image())),
                ImageBatches.once(
                        fit(config, reading.read(dataset, Split.VALIDATION)),
                        config instanceof ImageGan.Config ? LIKENESS_ROWS : training.batch()),
                config instanceof ImageClassifier.Config
                        ? ImageBatches.once(fit(config, reading.read(dataset, Split.TEST)), training.batch())
                        : List.of());
    }

    private static void refuseOther(ModelFolder start, Kind kind) {
        boolean sounds = start.images().sound().isPresent();
        if (sounds != (kind == Kind.SOUND)) {
            throw new IllegalArgumentException(
                    "model.start %s knows %s and the dataset is of kind %s: both must be of one"
                            .formatted(start.name(), sounds ? "sounds" : "pictures", kind.word()));
        }
    }

    private static void refuseIfTooCoarse(ImageConfig config, Precision precision) {
        if (config instanceof ImageGan.Config && precision != Precision.FLOAT32) {
            throw new IllegalArgumentException(
                    "training.precision is %s, and a gan measures slopes by differences that it would round away: leave it at float32"
                            .formatted(precision.name().toLowerCase(Locale.ROOT)));
        }
    }

    /// A classifier can do nothing with a picture that has no value, or one that it has no number for.
    private static Pictures fit(ImageConfig config, Pictures pictures) {
        return config instanceof ImageClassifier.Config ? pictures.labelled() : pictures;
    }

    private static Pictures refuseIfEmpty(Pictures learning, Dataset dataset, ImageFormat format) {
        if (learning.count() == 0) {
            throw new IllegalArgumentException(
                    "the training split of %s has no picture to learn from%s: import more, or divide the dataset anew"
                            .formatted(
                                    dataset.reference(),
                                    dataset.count(Split.TRAIN) == 0
                                            ? ""
                                            : " with a known value of " + String.join(", ", format.names())));
        }
        return learning;
    }

    private static Tokenizer tokenizer(Recipe recipe, PictureSurvey survey) {
        return switch (recipe.tokenizer().kind()) {
            case CHARACTERS -> CharacterTokenizer.train(survey.captions().iterator());
            case BYTE_PAIRS ->
                BytePairTokenizer.train(
                        survey.captions().iterator(), recipe.tokenizer().vocabulary());
        };
    }

    private static int longest(Tokenizer tokenizer, PictureSurvey survey) {
        return survey.captions().stream()
                .mapToInt(caption -> Math.min(LONGEST_CAPTION, tokenizer.encode(caption).length))
                .max()
                .orElse(1);
    }

    /// Six copies of the weights, the pictures, and in rough what each picture of a batch leaves behind on its
    /// way through the model.
    private static void refuseIfTooLarge(ImageConfig config, int rows, Dataset dataset) {
        long pictures =
                2L * config.shape().numbers() * (dataset.count(Split.TRAIN) + 3 * dataset.count(Split.VALIDATION));
        long bytes = 4L * 6 * config.parameters() + pictures + 4L * rows * config.activations();
        long available = ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        if (bytes > available) {
            throw new IllegalArgumentException(
                    "this training needs at least %d MB of memory and the machine has %d MB: make image.size, model.width or training.batch smaller, or give fewer pictures"
                            .formatted(bytes >> 20, available >> 20));
        }
    }

    @Override
    public Form form() {
        return format;
    }

    @Override
    public Unit unit() {
        return new Unit(format.sound().isPresent() ? "sounds" : "pictures", config.loss());
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                learning.pictures().count(),
                looking.stream().mapToLong(ImageBatch::rows).sum());
    }

    @Override
    public ImageObjective objective(Network model, Engine engine) {
        return ImageObjective.of((ImageModel) model, recipe, engine.place());
    }

    /// By hand where there is such a way ([ByHand]), otherwise by libtorch.
    @Override
    public Learner<ImageBatch> learner(Learner.Subject<ImageBatch> subject, Engine engine) {
        TrainingPart training = recipe.training();
        boolean plain = engine.place().is_cpu() && training.precision() == Precision.FLOAT32;
        if (plain && ByHand.suits(config, training, engine.threads())) {
            return ByHand.ofPictures(subject, recipe, engine.threads());
        }
        return config instanceof ImageGan.Config
                ? new Adversarial(subject, recipe)
                : new Learner.ByTorch<>(subject, training);
    }

    @Override
    public void describe(ObjectNode card) {
        ObjectNode values = card.putObject("values");
        format.fields().forEach(field -> field.values().forEach(values.putArray(field.name())::add));
        card.put("shape", config.shape().toString());
        card.put("captions", format.captionLength() > 0);
    }

    @Override
    public List<String> warnings() {
        return Sameness.of(learning.pictures()).warnings();
    }

    @Override
    public List<String> remarks(Network model, Engine engine) {
        return looking.isEmpty()
                ? List.of()
                : Variation.remarks((ImageModel) model, looking.getFirst(), engine.place());
    }

    @Override
    public void measure(Network model, Engine engine, ObjectNode metrics) {
        if (model instanceof ImageClassifier classifier) {
            Accuracy.of(classifier, engine, this).write(metrics);
        }
        if (model instanceof SoundCodec codec) {
            CodeUse.of(codec, looking, engine.place()).write(metrics);
        }
    }

    @Override
    public String readme(ObjectNode card) {
        return ImageReadme.of(this, card);
    }
}
