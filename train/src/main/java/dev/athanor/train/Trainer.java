package dev.athanor.train;

import dev.athanor.data.DataException;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Durable;
import dev.athanor.data.Nearest;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import dev.athanor.data.text.BytePairTokenizer;
import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.data.text.Tokenizers;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Regime;
import dev.athanor.model.SampleFormat;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// From a recipe and a dataset to a run and a model: trains the tokenizer, encodes the splits, runs the loop,
/// packs the result.
public final class Trainer {
    private static final String TOKENIZER = "tokenizer.json";

    /// @param run the run's folder
    /// @param model the packaged result; empty where the run was interrupted
    /// @param end how it ended, for people
    /// @param steps done
    /// @param validation loss over the whole validation split, NaN where there is none
    /// @param spent time in training
    public record Outcome(
            Path run, Optional<ModelFolder> model, String end, long steps, double validation, Duration spent) {
        public boolean interrupted() {
            return model.isEmpty();
        }
    }

    private final Workspace workspace;
    private final Engine engine;
    private final InstantSource clock;

    public Trainer(Workspace workspace, Engine engine, InstantSource clock) {
        this.workspace = workspace;
        this.engine = engine;
        this.clock = clock;
    }

    /// What stands before the first step, shown before a long run begins.
    public record Plan(String run, ModelConfig config, SampleFormat format, long trainTokens, long validationTokens) {}

    /// Who is told what, and who may stop the run.
    public record Watch(Consumer<Plan> plan, Consumer<Progress> progress, BooleanSupplier stop) {}

    /// Trains a new model.
    ///
    /// @param name of the model; empty for one made from recipe and dataset
    public Outcome train(Recipe asked, Dataset dataset, String name, Watch watch) {
        Recipe recipe = start(asked).map(start -> asked.sizedAs(start.config())).orElse(asked);
        String model = name.isEmpty() ? freeName(recipe.name() + "-" + dataset.name()) : Datasets.checkedName(name);
        refuseIfThere(model);
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("model", model);
        about.put("dataset", dataset.reference());
        about.put("fingerprint", dataset.fingerprint());
        about.put("begun", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        about.put("device", engine.device().word());
        about.put("state", RunLog.RUNNING);
        try (FileChannel _ = lock(model)) {
            refuseIfThere(model); // another training may have ended since
            RunLog log = RunLog.create(workspace.runs(), recipe, about, clock.instant());
            try (log) {
                return run(recipe, dataset, log, watch);
            } catch (RuntimeException refused) {
                log.removeUnlessBegun();
                throw refused;
            }
        } catch (IOException failed) {
            throw Durable.refusal(workspace.models().resolve(model), failed);
        }
    }

    private FileChannel lock(String model) {
        return RunLog.lock(workspace.models().resolve(".lock-" + model), "a model named \"" + model + "\"");
    }

    private void refuseIfThere(String model) {
        if (Files.exists(workspace.models().resolve(model))) {
            throw new IllegalArgumentException(
                    "there is a model \"%s\" already: choose another with --name, or delete it with  athanor models delete %s"
                            .formatted(model, model));
        }
    }

    /// The outcome of a run that was killed between packing its model and noting that: all that is left is the
    /// note.
    private Optional<Outcome> packedBefore(String model, RunLog log) {
        Path target = workspace.models().resolve(model);
        if (!Files.exists(target)) {
            return Optional.empty();
        }
        ModelFolder folder = ModelFolder.read(target);
        if (!folder.card().path("run").asString("").equals(log.id())) {
            refuseIfThere(model);
        }
        log.about(Map.of("state", "finished"));
        return Optional.of(new Outcome(
                log.folder(),
                Optional.of(folder),
                "its model was packed already",
                folder.card().path("steps").asLong(),
                folder.card().path("metrics").path("validationLoss").asDouble(Double.NaN),
                Duration.ofMillis(
                        (long) (1000 * folder.card().path("trainingSeconds").asDouble()))));
    }

    /// Continues an interrupted run, bit for bit.
    public Outcome resume(String id, Watch watch) {
        Path folder = workspace.runs().resolve(id);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no run \"%s\": see  athanor runs list".formatted(id));
        }
        ObjectNode about = RunLog.about(folder);
        if (about.path("state").asString().equals("finished")) {
            throw new IllegalArgumentException("the run %s is finished; its model is \"%s\""
                    .formatted(id, about.path("model").asString()));
        }
        String device = about.path("device").asString(engine.device().word());
        if (!device.equals(engine.device().word())) {
            throw new IllegalArgumentException(
                    "the run %s was begun on %s and cannot go on bit for bit on %s: resume it with --device %s"
                            .formatted(id, device, engine.device().word(), device));
        }
        Recipe recipe = RecipeFile.readResolved(folder.resolve(RunLog.RECIPE));
        Dataset dataset = new Datasets(workspace).open(about.path("dataset").asString());
        if (!dataset.fingerprint().equals(about.path("fingerprint").asString())) {
            throw new TrainException("the dataset %s is no longer what the run %s began with: the run cannot go on"
                    .formatted(dataset.reference(), id));
        }
        List<Path> checkpoints = Checkpoint.list(folder);
        long step = checkpoints.isEmpty()
                ? 0
                : Long.parseLong(checkpoints.getLast().getFileName().toString().substring("step-".length()));
        String model = about.path("model").asString();
        try (FileChannel _ = lock(model);
                RunLog log = RunLog.open(folder, step, clock.instant())) {
            return packedBefore(model, log).orElseGet(() -> run(recipe, dataset, log, watch));
        } catch (IOException failed) {
            throw Durable.refusal(workspace.models().resolve(model), failed);
        }
    }

    private Outcome run(Recipe recipe, Dataset dataset, RunLog log, Watch watch) {
        SampleFormat format = format(recipe, dataset);
        Optional<ModelFolder> start = start(recipe);
        Tokenizer tokenizer = tokenizer(recipe, dataset, format, log.folder());
        ModelConfig config =
                start.map(ModelFolder::config).orElseGet(() -> recipe.model().config(tokenizer.size()));
        refuseIfTooLarge(config, recipe.training());

        Corpus learning = Corpus.read(dataset, Split.TRAIN, tokenizer, format);
        Corpus looking = Corpus.read(dataset, Split.VALIDATION, tokenizer, format);
        Seed seed = new Seed(recipe.training().seed());
        Batches batches = Batches.training(
                learning, config, format, new Batches.Order(recipe.training().batch(), seed.branch("order")));
        List<Batch> looks = looking.tokens().length < 2
                ? List.of()
                : Batches.once(looking, config, format, recipe.training().batch());
        watch.plan().accept(new Plan(log.id(), config, format, learning.tokens().length, looking.tokens().length));

        try (PointerScope _ = new PointerScope()) {
            engine.seed(seed.branch("weights").value());
            LanguageModel model = start.map(ModelFolder::open).orElseGet(config::open);
            model.module().to(engine.place(), false);
            model.regime(
                    new Regime(recipe.training().dropout(), recipe.training().precision()));
            TrainingLoop.Parts parts = new TrainingLoop.Parts(
                    model,
                    Objective.of(model, recipe.training(), engine.place()),
                    Objective.of(model, recipe.training(), engine.place()),
                    batches,
                    looks,
                    recipe.training(),
                    engine);
            try (TrainingLoop loop = new TrainingLoop(parts, log, clock)) {
                if (!Checkpoint.list(log.folder()).isEmpty()) {
                    loop.resume(log.folder());
                }
                TrainingLoop.End end = loop.run(watch.progress(), watch.stop());
                Duration spent = Duration.ofNanos(loop.state().nanos());
                if (end == TrainingLoop.End.INTERRUPTED) {
                    log.about(Map.of("state", "interrupted"));
                    return new Outcome(
                            log.folder(),
                            Optional.empty(),
                            "interrupted",
                            loop.state().step(),
                            Double.NaN,
                            spent);
                }
                double validation = looks.isEmpty() ? Double.NaN : loop.wholeLoss();
                ObjectNode about = RunLog.about(log.folder());
                ObjectNode card = card(recipe, dataset, log, about);
                String label = dataset.manifest().label();
                if (format.fields().contains(label)) {
                    labels(dataset, label).forEach(card.putObject("values").putArray(label)::add);
                }
                card.put("steps", loop.state().step());
                card.put("bestStep", loop.state().bestStep());
                card.put("trainingSeconds", spent.toMillis() / 1000.0);
                card.put("parameters", config.parameters());
                if (!Double.isNaN(validation)) {
                    card.putObject("metrics").put("validationLoss", validation);
                }
                ModelFolder folder = pack(
                        about.path("model").asString(),
                        model,
                        new ModelFolder.Description(format, tokenizer, card, readme(config, card)),
                        log);
                log.about(Map.of("state", "finished"));
                return new Outcome(
                        log.folder(),
                        Optional.of(folder),
                        end == TrainingLoop.End.BUDGET_USED ? "budget used" : "nothing gained any more",
                        loop.state().step(),
                        validation,
                        spent);
            }
        }
    }

    private ModelFolder pack(String name, LanguageModel model, ModelFolder.Description description, RunLog log) {
        try {
            return ModelFolder.write(workspace.models().resolve(name), model, description);
        } catch (DataException unwritten) {
            throw log.resumable(unwritten);
        }
    }

    /// The tokenizer of the run: trained once, then kept beside the checkpoints.
    /// The model that the recipe begins with.
    private Optional<ModelFolder> start(Recipe recipe) {
        String name = recipe.model().start();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path folder = workspace.models().resolve(name);
        if (!Files.isDirectory(folder)) {
            throw Nearest.unknown(
                    "model", name, workspace.root(), modelNames(), "train the one that model.start names first");
        }
        return Optional.of(ModelFolder.read(folder).whole());
    }

    private List<String> modelNames() {
        return Durable.children(workspace.models()).stream()
                .filter(folder -> Files.exists(folder.resolve(ModelFolder.CONFIG)))
                .map(folder -> folder.getFileName().toString())
                .sorted()
                .toList();
    }

    private Tokenizer tokenizer(Recipe recipe, Dataset dataset, SampleFormat format, Path run) {
        Path file = run.resolve(TOKENIZER);
        if (Files.exists(file)) {
            return Tokenizers.read(file);
        }
        Optional<ModelFolder> start = start(recipe);
        if (start.isPresent()) {
            Tokenizer same = start.get().tokenizer();
            same.write(file);
            return same;
        }
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            var texts = samples.flatMap(sample -> Stream.concat(
                            Stream.of(format.read(sample.text(), sample.fields())),
                            format.fields().stream()
                                    .flatMap(field -> Stream.of(
                                            field,
                                            format.read(sample.fields().getOrDefault(field, ""), sample.fields())))))
                    .iterator();
            Tokenizer tokenizer = switch (recipe.tokenizer().kind()) {
                case CHARACTERS -> CharacterTokenizer.train(texts);
                case BYTE_PAIRS ->
                    BytePairTokenizer.train(texts, recipe.tokenizer().vocabulary());
            };
            tokenizer.write(file);
            return tokenizer;
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

    /// The fields that the recipe asks to condition on.
    private static List<String> conditions(Recipe recipe, Dataset dataset) {
        List<String> known = dataset.manifest().fields();
        List<String> asked = recipe.data().fields();
        if (asked.equals(List.of("all"))) {
            return known;
        }
        if (asked.equals(List.of("none"))) {
            return List.of();
        }
        for (String field : asked) {
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
        return asked;
    }

    private static SampleFormat format(Recipe recipe, Dataset dataset) {
        List<String> fields = conditions(recipe, dataset);
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
    private static void refuseIfTooLarge(ModelConfig config, Recipe.TrainingPart training) {
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

    private ObjectNode card(Recipe recipe, Dataset dataset, RunLog log, ObjectNode about) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("name", about.path("model").asString());
        card.put("made", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        card.put("run", log.id());
        start(recipe).ifPresent(start -> {
            // a copy, since the parent may be gone when somebody asks
            ObjectNode parent = card.putObject("parent").put("name", start.name());
            for (String key : List.of("dataset", "parent")) { // a folder from elsewhere has neither
                start.card().optional(key).ifPresent(known -> parent.set(key, known));
            }
        });
        card.put("recipe", RecipeFile.write(recipe));
        card.put("seed", recipe.training().seed());
        ObjectNode data = card.putObject("dataset");
        data.put("reference", dataset.reference());
        data.put("fingerprint", dataset.fingerprint());
        data.put("licence", dataset.manifest().licence());
        dataset.manifest()
                .sources()
                .forEach(source -> data.withArray("sources")
                        .addObject()
                        .put("path", source.path())
                        .put("sha256", source.sha256()));
        ObjectNode versions = card.putObject("versions");
        versions.put("engine", engine.describe());
        versions.put("java", Runtime.version().toString());
        return card;
    }

    private static String readme(ModelConfig config, ObjectNode card) {
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

    private String freeName(String wished) {
        String name = Datasets.checkedName(wished);
        for (int n = 2; Files.exists(workspace.models().resolve(name)); n++) {
            name = wished + "-" + n;
        }
        return name;
    }
}
