package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Workspace;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.train.Progress;
import dev.athanor.train.Recipe;
import dev.athanor.train.RecipeFile;
import dev.athanor.train.Trainer;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "train",
        description = {"Train a model: a recipe says which, --data on what.", ""},
        footer = {
            "",
            "Built-in recipes: text-transformer, text-lstm, text-gru, text-vae (any text);",
            "  image-diffusion, image-vae, image-gan, image-classifier (any pictures);",
            "  audio-diffusion, audio-codec, audio-vocoder (any sounds);",
            "  shakespeare-transformer, shakespeare-byte-pairs, shakespeare-lstm, chinese-poetry,",
            "  chinese-quatrains, e2e-nlg, names (their data: athanor data get).",
            "Ctrl-C saves and stops; --resume RUN continues bit for bit."
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "A built-in recipe, or a YAML file.")
    private Optional<String> recipe = Optional.empty();

    @Option(names = "--data", paramLabel = "NAME", description = "The dataset: NAME or NAME@VERSION.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change the recipe, for example training.minutes=5.")
    private List<String> settings = List.of();

    @Option(names = "--name", paramLabel = "MODEL", description = "The model's name. Default: recipe and dataset.")
    private String name = "";

    @Option(names = "--resume", paramLabel = "RUN", description = "Continue an interrupted run.")
    private Optional<String> resume = Optional.empty();

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu or cuda. Default: auto.")
    private Device device = Device.AUTO;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (resume.isPresent() == (recipe.isPresent() || data.isPresent())) {
            throw new ParameterException(
                    spec.commandLine(), "give a RECIPE and --data NAME, or --resume RUN and neither of them");
        }
        Workspace workspace = setting.workspace();
        if (resume.isPresent()) {
            return finish(train(workspace, (trainer, watch) -> trainer.resume(resume.get(), watch)));
        }
        if (recipe.isEmpty() || data.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "train needs both a RECIPE and --data NAME");
        }
        Recipe read = RecipeFile.read(recipe.get(), settings);
        Dataset dataset = new Datasets(workspace).open(data.get());
        return finish(train(workspace, (trainer, watch) -> trainer.train(read, dataset, name, watch)));
    }

    private interface Start {
        Trainer.Outcome begin(Trainer trainer, Trainer.Watch watch);
    }

    private Trainer.Outcome train(Workspace workspace, Start start) {
        Terminal terminal = setting.terminal();
        try (Interruption interruption = Interruption.watch(terminal)) {
            Engine engine = Engine.start(device);
            Trainer trainer = new Trainer(workspace, engine, InstantSource.system());
            Trainer.Watch watch = new Trainer.Watch(
                    plan -> announce(terminal, plan, engine),
                    progress -> {
                        progress.remarks().forEach(remark -> terminal.note(remarked(progress, remark)));
                        terminal.progress(line(progress));
                    },
                    interruption::asked);
            return start.begin(trainer, watch);
        }
    }

    private static void announce(Terminal terminal, Trainer.Plan plan, Engine engine) {
        terminal.note("Run %s: %s, %s parameters, %s %s to learn from, %s to validate with (%s)"
                .formatted(
                        plan.run(),
                        plan.config().family(),
                        Terminal.number(plan.config().parameters()),
                        Terminal.number(plan.learning()),
                        plan.counted(),
                        Terminal.number(plan.looking()),
                        engine.describe()));
        plan.warnings().forEach(warning -> terminal.note("Beware: " + warning));
    }

    private static String remarked(Progress progress, String remark) {
        return "Beware, step %d: %s".formatted(progress.step(), remark);
    }

    /// Trains as the command does, for the demo.
    static Trainer.Outcome run(Setting setting, Recipe recipe, Dataset dataset) {
        TrainCommand command = new TrainCommand();
        command.setting = setting;
        return command.train(setting.workspace(), (trainer, watch) -> trainer.train(recipe, dataset, "", watch));
    }

    static String line(Progress progress) {
        return String.format(
                Locale.ROOT,
                "step %d  %3.0f %%  loss %.3f%s  %s %s/s  %s left",
                progress.step(),
                100 * progress.used(),
                progress.loss(),
                progress.validation().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "  validation %.3f",
                                progress.validation().getAsDouble())
                        : "",
                Terminal.number(Math.round(progress.perSecond())),
                progress.counted(),
                Terminal.spoken(progress.remaining()));
    }

    private int finish(Trainer.Outcome outcome) {
        Terminal terminal = setting.terminal();
        String run = outcome.run().getFileName().toString();
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("run", run);
            outcome.model().ifPresent(model -> object.put("model", model.name()));
            object.put("end", outcome.end());
            object.put("steps", outcome.steps());
            if (!Double.isNaN(outcome.validation())) {
                object.put("validationLoss", outcome.validation());
            }
            object.put("seconds", outcome.spent().toMillis() / 1000.0);
            terminal.result(object.toPrettyString());
        }
        if (outcome.interrupted()) {
            terminal.note("Saved at step %d. Continue with: athanor train --resume %s".formatted(outcome.steps(), run));
            return Main.INTERRUPTED;
        }
        ModelFolder folder = outcome.model().orElseThrow();
        String model = folder.name();
        if (!json) {
            terminal.result("Model %s: %d steps in %s (%s)%s"
                    .formatted(
                            model,
                            outcome.steps(),
                            Terminal.spoken(outcome.spent()),
                            outcome.end(),
                            Double.isNaN(outcome.validation())
                                    ? ""
                                    : String.format(
                                            Locale.ROOT,
                                            ", validation loss %.4f, %s",
                                            outcome.validation(),
                                            outcome.loss())));
            folder.card().path("remarks").forEach(remark -> terminal.note("Beware: " + remark.asString()));
            if (folder.card().path("metrics").has("accuracy")) {
                terminal.note(String.format(
                        Locale.ROOT,
                        "It is right about %.2f %% of the %s split",
                        100 * folder.card().path("metrics").path("accuracy").asDouble(),
                        folder.card().path("metrics").path("accuracyOf").asString()));
            } else {
                terminal.note("Next: athanor evaluate %s, or athanor generate %s".formatted(model, model));
            }
        }
        return 0;
    }
}
