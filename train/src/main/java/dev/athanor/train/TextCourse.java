package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.text.BytePairTokenizer;
import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.Form;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Network;
import dev.athanor.model.SampleFormat;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// A model of texts learns from the texts of a dataset.
record TextCourse(
        Dataset dataset,
        Recipe recipe,
        SampleFormat format,
        Tokenizer reading,
        LanguageConfig config,
        TokenBatches learning,
        List<TokenBatch> looking,
        Sizes sizes)
        implements Course<TokenBatch> {

    /// Trains the tokenizer, or takes the run's own, and encodes both splits.
    ///
    /// @param run the run's folder, where the tokenizer stays
    static TextCourse prepare(Recipe recipe, Dataset dataset, Optional<ModelFolder> start, Path run) {
        SampleFormat format = format(recipe, dataset);
        Tokenizer tokenizer = RunTokenizer.in(run).orTrained(start, () -> tokenizer(recipe, dataset, format));
        LanguageConfig config = start.map(folder -> (LanguageConfig) folder.config())
                .orElseGet(() -> recipe.model().text(tokenizer.size()));
        refuseIfTooLarge(config, recipe.training());
        Corpus learning = Corpus.read(dataset, Split.TRAIN, tokenizer, format);
        Corpus looking = Corpus.read(dataset, Split.VALIDATION, tokenizer, format);
        int rows = recipe.training().batch();
        Seed order = new Seed(recipe.training().seed()).branch("order");
        return new TextCourse(
                dataset,
                recipe,
                format,
                tokenizer,
                config,
                TokenBatches.training(learning, config, format, new TokenBatches.Order(rows, order)),
                looking.tokens().length < 2 ? List.of() : TokenBatches.once(looking, config, format, rows),
                new Sizes(learning.tokens().length, looking.tokens().length));
    }

    private static Tokenizer tokenizer(Recipe recipe, Dataset dataset, SampleFormat format) {
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            var texts = samples.flatMap(sample -> Stream.concat(
                            Stream.of(format.read(sample.text(), sample.fields())),
                            format.fields().stream()
                                    .flatMap(field -> Stream.of(
                                            field,
                                            format.read(sample.fields().getOrDefault(field, ""), sample.fields())))))
                    .iterator();
            return switch (recipe.tokenizer().kind()) {
                case CHARACTERS -> CharacterTokenizer.train(texts);
                case BYTE_PAIRS ->
                    BytePairTokenizer.train(texts, recipe.tokenizer().vocabulary());
            };
        }
    }

    private static SampleFormat format(Recipe recipe, Dataset dataset) {
        List<String> fields = recipe.data().conditions(dataset);
        boolean vae = recipe.model().family() == Recipe.Family.VAE;
        SampleFormat.Arrangement arrangement = switch (recipe.data().arrangement()) {
            case DOCUMENTS -> SampleFormat.Arrangement.DOCUMENTS;
            case SEPARATE -> SampleFormat.Arrangement.SEPARATE;
            case STREAM -> SampleFormat.Arrangement.STREAM;
            case AUTO ->
                vae || !fields.isEmpty() || isShort(recipe, dataset)
                        ? SampleFormat.Arrangement.DOCUMENTS
                        : SampleFormat.Arrangement.STREAM;
        };
        if (vae && arrangement == SampleFormat.Arrangement.STREAM) {
            throw new IllegalArgumentException(
                    "data.arrangement stream with model.family vae: a vae encodes whole texts; use documents");
        }
        return new SampleFormat(arrangement, fields, recipe.data().verbatim());
    }

    /// Whether samples are so short, and so many, that each should stand by itself. A token is about a
    /// character.
    private static boolean isShort(Recipe recipe, Dataset dataset) {
        var count = dataset.manifest().count(Split.TRAIN);
        return count.samples() >= 50
                && count.characters() / count.samples() < 4L * recipe.model().context();
    }

    /// Four copies of the weights stand in memory beside the activations, which are counted for one layer in
    /// rough.
    private static void refuseIfTooLarge(LanguageConfig config, TrainingPart training) {
        long bytes = 4L * 6 * config.parameters()
                + 4L * training.batch() * config.context() * (config.vocabulary() * 3L + 64L);
        long available = ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        if (bytes > available) {
            throw new IllegalArgumentException(
                    "this training needs at least %d MB of memory and the machine has %d MB: make model.width, model.layers, training.batch or model.context smaller"
                            .formatted(bytes >> 20, available >> 20));
        }
    }

    /// The labels of the training split: a closed set, unlike the values of other fields.
    private static SortedSet<String> labels(Dataset dataset, String label) {
        SortedSet<String> labels = new TreeSet<>();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.map(sample -> sample.fields().getOrDefault(label, ""))
                    .filter(value -> !value.isEmpty())
                    .forEach(labels::add);
        }
        return labels;
    }

    @Override
    public Form form() {
        return format;
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return Optional.of(reading);
    }

    @Override
    public Unit unit() {
        return new Unit("tokens", "nats a token");
    }

    @Override
    public TextObjective objective(Network model, Engine engine) {
        return TextObjective.of((LanguageModel) model, recipe.training(), engine.place());
    }

    /// By hand where there is such a way ([ByHand]), otherwise by libtorch.
    @Override
    public Learner<TokenBatch> learner(Learner.Subject<TokenBatch> subject, Engine engine) {
        TrainingPart training = recipe.training();
        boolean plain = engine.place().is_cpu() && training.precision() == Precision.FLOAT32;
        return plain && ByHand.suits(config, training, engine.threads())
                ? ByHand.ofTokens(subject, training, engine.threads())
                : new Learner.ByTorch<>(subject, training);
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
    public void measure(Network model, Engine engine, ObjectNode metrics) {}

    @Override
    public void describe(ObjectNode card) {
        String label = dataset.manifest().label();
        if (format.fields().contains(label)) {
            labels(dataset, label).forEach(card.putObject("values").putArray(label)::add);
        }
    }

    @Override
    public String readme(ObjectNode card) {
        String name = card.path("name").asString();
        String data = card.path("dataset").path("reference").asString();
        String licence = card.path("dataset").path("licence").asString("");
        return """
                ---
                library_name: athanor
                pipeline_tag: text-generation
                tags: [athanor, %s]
                ---
                # %s

                A %s of %s parameters with a context of %d tokens, trained with Athanor from nothing but the dataset
                %s%s.

                | | |
                | --- | --- |
                | trained | %s, run %s |
                | steps | %d, the best at %d, %.0f s |
                | loss on the validation split | %s nats for each token |
                | engine | %s |

                Generate with it: `athanor generate %s --prompt "..."`

                What it writes is AI-generated: mark it so where the law asks for it. `card.json` holds the recipe, the
                seed and the fingerprints of the data.
                """.formatted(
                config.family(),
                name,
                config.family(),
                String.format(Locale.ROOT, "%,d", config.parameters()),
                config.context(),
                data,
                licence.isEmpty() ? "" : " (licence: " + licence + ")",
                card.path("made").asString(),
                card.path("run").asString(),
                card.path("steps").asLong(),
                card.path("bestStep").asLong(),
                card.path("trainingSeconds").asDouble(),
                card.path("metrics").path("validationLoss").isMissingNode()
                        ? "not measured"
                        : String.format(
                                Locale.ROOT,
                                "%.4f",
                                card.path("metrics").path("validationLoss").asDouble()),
                card.path("versions").path("engine").asString(),
                name);
    }
}
