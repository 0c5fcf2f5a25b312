package dev.athanor.train;

import dev.athanor.data.DataException;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Durable;
import dev.athanor.data.Kind;
import dev.athanor.data.Nearest;
import dev.athanor.data.Seed;
import dev.athanor.data.Workspace;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Network;
import dev.athanor.model.Regime;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// From a recipe and a dataset to a run and a model: trains the tokenizer, encodes the splits, runs the loop,
/// packs the result.
public final class Trainer {
    /// @param run the run's folder
    /// @param model the packaged result; empty where the run was interrupted
    /// @param end how it ended, for people
    /// @param steps done
    /// @param validation loss over the whole validation split, NaN where there is none
    /// @param loss what that is, in words
    /// @param spent time in training
    public record Outcome(
            Path run,
            Optional<ModelFolder> model,
            String end,
            long steps,
            double validation,
            String loss,
            Duration spent) {
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
    ///
    /// @param counted what the sizes count, in the plural: tokens or pictures
    /// @param learning how many there are to learn from
    /// @param looking how many there are to validate with
    /// @param warnings what is odd about the data
    public record Plan(
            String run, ModelConfig config, String counted, long learning, long looking, List<String> warnings) {}

    /// Who is told what, and who may stop the run.
    public record Watch(Consumer<Plan> plan, Consumer<Progress> progress, BooleanSupplier stop) {}

    /// Trains a new model.
    ///
    /// @param name of the model; empty for one made from recipe and dataset
    public Outcome train(Recipe asked, Dataset dataset, String name, Watch watch) {
        refuseTable(asked, dataset);
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

    private static void refuseTable(Recipe recipe, Dataset dataset) {
        if (dataset.kind() == Kind.TABLE) {
            throw new IllegalArgumentException(
                    "the recipe %s learns from %s and %s holds rows of a table, which no recipe learns from yet: if one of its columns is a text, import it again with --text COLUMN (it has %s)"
                            .formatted(
                                    recipe.name(),
                                    recipe.model().family().kind().plural(),
                                    dataset.reference(),
                                    String.join(", ", dataset.manifest().fields())));
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
                folder.card().path("metrics").path("loss").asString(""),
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
        Optional<ModelFolder> start = start(recipe);
        Course<?> course = switch (recipe.model().family().kind()) {
            case TEXT -> TextCourse.prepare(recipe, dataset, start, log.folder());
            case IMAGE -> ImageCourse.prepare(recipe, dataset, start, log.folder());
            case SOUND -> SoundCourse.prepare(recipe, dataset, start);
            case TABLE -> throw new IllegalStateException("no family of models learns from tables");
        };
        watch.plan()
                .accept(new Plan(
                        log.id(),
                        course.config(),
                        course.unit().counted(),
                        course.sizes().learning(),
                        course.sizes().looking(),
                        course.warnings()));
        return learn(course, new Start(recipe, dataset, start), log, watch);
    }

    /// What a run begins with.
    private record Start(Recipe recipe, Dataset dataset, Optional<ModelFolder> model) {}

    private <B extends Batch> Outcome learn(Course<B> course, Start start, RunLog log, Watch watch) {
        TrainingPart training = start.recipe().training();
        try (PointerScope _ = new PointerScope()) {
            engine.seed(new Seed(training.seed()).branch("weights").value());
            Network model = start.model()
                    .map(ModelFolder::open)
                    .orElseGet(() -> course.config().open());
            model.module().to(engine.place(), false);
            model.regime(new Regime(training.dropout(), training.precision()));
            try (TrainingLoop<B> loop =
                    new TrainingLoop<>(new TrainingLoop.Parts<>(model, course, training, engine), log, clock)) {
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
                            course.unit().loss(),
                            spent);
                }
                double validation = course.looking().isEmpty() ? Double.NaN : loop.wholeLoss();
                List<String> remarks = new ArrayList<>(course.warnings());
                remarks.addAll(loop.remarks());
                ObjectNode card = card(start, log);
                remarks.forEach(card.putArray("remarks")::add);
                course.describe(card);
                card.put("steps", loop.state().step());
                card.put("bestStep", loop.state().bestStep());
                card.put("trainingSeconds", spent.toMillis() / 1000.0);
                card.put("parameters", course.config().parameters());
                ObjectNode metrics = JsonNodeFactory.instance.objectNode();
                if (!Double.isNaN(validation)) {
                    metrics.put("validationLoss", validation)
                            .put("loss", course.unit().loss());
                }
                course.measure(model, engine, metrics);
                if (!metrics.isEmpty()) {
                    card.set("metrics", metrics);
                }
                ModelFolder folder = pack(
                        model,
                        new ModelFolder.Description(course.form(), course.tokenizer(), card, course.readme(card)),
                        log);
                log.about(Map.of("state", "finished"));
                return new Outcome(
                        log.folder(),
                        Optional.of(folder),
                        end == TrainingLoop.End.BUDGET_USED ? "budget used" : "nothing gained any more",
                        loop.state().step(),
                        validation,
                        course.unit().loss(),
                        spent);
            }
        }
    }

    private ModelFolder pack(Network model, ModelFolder.Description description, RunLog log) {
        try {
            return ModelFolder.write(
                    workspace.models().resolve(description.card().path("name").asString()), model, description);
        } catch (DataException unwritten) {
            throw log.resumable(unwritten);
        }
    }

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

    private ObjectNode card(Start begun, RunLog log) {
        Recipe recipe = begun.recipe();
        Dataset dataset = begun.dataset();
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("name", RunLog.about(log.folder()).path("model").asString());
        card.put("made", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        card.put("run", log.id());
        begun.model().ifPresent(start -> {
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

    private String freeName(String wished) {
        String name = Datasets.checkedName(wished);
        for (int n = 2; Files.exists(workspace.models().resolve(name)); n++) {
            name = wished + "-" + n;
        }
        return name;
    }
}
