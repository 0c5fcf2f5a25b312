package dev.athanor.cli;

import dev.athanor.data.Workspace;
import dev.athanor.train.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "runs", description = "List, show and compare training runs.")
final class RunsCommand implements Runnable {
    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw WrongUse.alone(spec);
    }

    /// What a run has come to.
    private record Summary(String id, ObjectNode about, long steps, OptionalDouble loss, OptionalDouble best) {

        static Summary of(Path run) {
            List<JsonNode> lines = RunLog.lines(run.resolve("metrics.jsonl"));
            long steps = lines.stream()
                    .mapToLong(line -> line.path("step").asLong())
                    .max()
                    .orElse(0);
            OptionalDouble loss = lines.stream()
                    .filter(line -> line.path("loss").isNumber())
                    .mapToDouble(line -> line.path("loss").asDouble())
                    .reduce((_, last) -> last);
            OptionalDouble best = lines.stream()
                    .filter(line -> line.path("validationLoss").isNumber())
                    .mapToDouble(line -> line.path("validationLoss").asDouble())
                    .min();
            return new Summary(run.getFileName().toString(), about(run), steps, loss, best);
        }

        private static ObjectNode about(Path run) {
            return RunLog.about(run).put("state", RunLog.state(run));
        }

        ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("run", id);
            json.setAll(about);
            json.put("steps", steps);
            loss.ifPresent(value -> json.put("loss", value));
            best.ifPresent(value -> json.put("validationLoss", value));
            return json;
        }

        List<String> row() {
            return List.of(
                    id,
                    about.path("state").asString(""),
                    about.path("model").asString(""),
                    about.path("dataset").asString(""),
                    Terminal.number(steps),
                    text(loss),
                    text(best));
        }

        private static String text(OptionalDouble value) {
            return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "";
        }
    }

    private static final Listing<Summary> LISTING = new Listing<>(
            "No run yet: athanor train text-transformer --data NAME",
            List.of("run", "state", "model", "dataset", "steps", "loss", "best validation"),
            Summary::row,
            Summary::toJson);

    private static Path find(Workspace workspace, String id) {
        Path run = workspace.runs().resolve(id);
        if (!Files.isRegularFile(run.resolve(RunLog.RUN))) {
            throw new IllegalArgumentException("there is no run \"%s\": see  athanor runs list".formatted(id));
        }
        return run;
    }

    private static List<Path> all(Workspace workspace) {
        try (Stream<Path> runs = Files.list(workspace.runs())) {
            return runs.filter(run -> Files.exists(run.resolve(RunLog.RUN)))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void print(Terminal terminal, List<Path> runs, boolean json) {
        LISTING.print(terminal, runs.stream().map(Summary::of).toList(), json);
    }

    @Command(name = "list", description = "List the runs of the workspace, oldest first.")
    int list(@Mixin Setting setting, @Option(names = "--json", description = "As JSON.") boolean json) {
        print(setting.terminal(), all(setting.workspace()), json);
        return 0;
    }

    @Command(name = "compare", description = "Put runs side by side.")
    int compare(
            @Mixin Setting setting,
            @Parameters(paramLabel = "RUN", arity = "2..*") List<String> ids,
            @Option(names = "--json", description = "As JSON.") boolean json) {
        Workspace workspace = setting.workspace();
        print(setting.terminal(), ids.stream().map(id -> find(workspace, id)).toList(), json);
        return 0;
    }

    @Command(name = "show", description = "Show a run: its recipe, its numbers, its checkpoints.")
    int show(
            @Mixin Setting setting,
            @Parameters(paramLabel = "RUN") String id,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws IOException {
        Path run = find(setting.workspace(), id);
        print(setting.terminal(), List.of(run), json);
        if (!json) {
            setting.terminal().result("");
            setting.terminal()
                    .result(Files.readString(run.resolve("recipe.yaml")).strip());
        }
        return 0;
    }
}
