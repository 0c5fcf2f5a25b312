package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Kind;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.Form;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Network;
import dev.athanor.model.SoundConfig;
import dev.athanor.model.Vocoder;
import dev.athanor.model.WaveForm;
import dev.athanor.torch.Engine;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A vocoder learns from pieces of the sounds of a dataset.
///
/// @param name of the dataset, with its version
record SoundCourse(String name, Recipe recipe, SoundConfig config, SoundBatches learning, List<SoundBatch> looking)
        implements Course<SoundBatch> {

    /// Reads both splits.
    static SoundCourse prepare(Recipe recipe, Dataset dataset, Optional<ModelFolder> start) {
        Kind kind = dataset.manifest().kind();
        if (kind != Kind.SOUND) {
            throw new IllegalArgumentException(
                    "the recipe %s learns from sounds and the dataset %s is of kind %s: import sounds, or use a recipe for what you have"
                            .formatted(recipe.name(), dataset.reference(), kind.word()));
        }
        Sounds sounds = Sounds.read(dataset, Split.TRAIN);
        if (sounds.count() == 0) {
            throw new IllegalArgumentException(
                    "the training split of %s has no sound to learn from: import more, or divide the dataset anew"
                            .formatted(dataset.reference()));
        }
        MelSettings mel = MelSettings.forRate(sounds.rate());
        SoundConfig config = start.map(folder -> (SoundConfig) folder.config())
                .orElseGet(() -> recipe.model().sound(mel));
        refuseOther(config, mel, recipe);
        TrainingPart training = recipe.training();
        SoundBatches.Shape shape = new SoundBatches.Shape(
                training.batch(), mel.samples(recipe.model().context() + 1));
        refuseIfTooLarge(config, recipe);
        return new SoundCourse(
                dataset.reference(),
                recipe,
                config,
                new SoundBatches(sounds, shape, new Seed(training.seed()).branch("order")),
                SoundBatches.once(Sounds.read(dataset, Split.VALIDATION), shape));
    }

    private static void refuseOther(SoundConfig start, MelSettings mel, Recipe recipe) {
        if (!start.mel().equals(mel)) {
            throw new IllegalArgumentException(
                    "model.start %s reads spectrograms of sounds at %d samples a second and the dataset's have %d: both must be alike"
                            .formatted(recipe.model().start(), start.mel().rate(), mel.rate()));
        }
    }

    /// Six copies of the weights, and in rough what each frame of a batch leaves behind on its way through the
    /// model.
    private static void refuseIfTooLarge(SoundConfig config, Recipe recipe) {
        long frames = (long) recipe.training().batch() * (recipe.model().context() + 1);
        long bytes = 4L * 6 * config.parameters() + 4L * frames * config.activations();
        long available = ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        if (bytes > available) {
            throw new IllegalArgumentException(
                    "this training needs at least %d MB of memory and the machine has %d MB: make model.width, model.context or training.batch smaller"
                            .formatted(bytes >> 20, available >> 20));
        }
    }

    @Override
    public Form form() {
        return new WaveForm(config.mel());
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return Optional.empty();
    }

    @Override
    public Unit unit() {
        return new Unit("pieces", "log-spectral distance in nepers");
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                Math.ceilDiv(learning.sounds().length(), (long) learning.shape().length()),
                looking.stream().mapToLong(SoundBatch::rows).sum());
    }

    @Override
    public SoundObjective objective(Network model, Engine engine) {
        return SoundObjective.of((Vocoder) model, engine.place());
    }

    @Override
    public Learner<SoundBatch> learner(Learner.Subject<SoundBatch> subject, Engine engine) {
        return new Learner.ByTorch<>(subject, recipe.training());
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public List<String> remarks(Network model, Engine engine) {
        return List.of();
    }

    @Override
    public void describe(ObjectNode card) {
        card.put("rate", config.mel().rate());
        card.put(
                "secondsHeard",
                Math.round((double) learning.sounds().length() / config.mel().rate()));
    }

    @Override
    public void measure(Network model, Engine engine, ObjectNode metrics) {}

    @Override
    public String readme(ObjectNode card) {
        return SoundReadme.of(this, card);
    }
}
