package dev.athanor.cli;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Engine;
import dev.athanor.data.Kind;
import dev.athanor.data.clean.Step;
import dev.athanor.data.clean.StepFile;
import dev.athanor.data.clean.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "clean",
        description = {
            "Make a cleaner version by steps. Without --steps: no control characters, needless blanks, empty texts and duplicates; of pictures and sounds, no duplicates.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  athanor data clean NAME --shortest 10",
            "  athanor data clean NAME --steps private     hides personal data",
            "  athanor data clean NAME --steps my.yaml     where my.yaml is such as",
            "      steps: [control, html, length: {shortest: 10}, duplicates]",
            "  athanor data clean NAME --steps odd.yaml    where odd.yaml asks a model of yours",
            "      steps: [perplexity: {model: my-model, highest: 500}]",
            "  athanor data clean NAME --engine flink --cluster flink.example.org:8081",
            "  athanor data clean --list-steps"
        })
final class DataCleanCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The dataset.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--steps",
            paramLabel = "FILE",
            description = "A YAML file, or one of the built-in lists web and private.")
    private Optional<String> steps = Optional.empty();

    @Option(
            names = "--shortest",
            paramLabel = "N",
            description = "Without --steps: drop texts with fewer characters. Default: 1.")
    private Optional<Integer> shortest = Optional.empty();

    @Option(
            names = "--longest",
            paramLabel = "N",
            description = "Without --steps: drop texts with more. Default: no limit.")
    private Optional<Integer> longest = Optional.empty();

    @Mixin
    private EngineOption engine;

    @Option(names = "--list-steps", description = "Show all steps with their options and defaults.")
    private boolean listSteps;

    @Override
    public Integer call() {
        Terminal terminal = setting.terminal();
        if (listSteps) {
            Steps.described().forEach(step -> list(terminal, step));
            return 0;
        }
        boolean limited = shortest.isPresent() || longest.isPresent();
        if (steps.isPresent() && limited) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--shortest and --longest are for the usual steps: with --steps say  length: {shortest: 10, longest: 1000}  in the file");
        }
        String wanted = name.orElseThrow(() ->
                new ParameterException(spec.commandLine(), "data clean needs the name of a dataset (or --list-steps)"));
        Optional<List<Step>> given = steps.map(StepFile::read); // before the dataset is looked for
        Engine where = engine.chosen();
        Datasets datasets = DataCommand.counting(setting);
        Dataset dataset = datasets.open(wanted);
        if (limited && dataset.kind() != Kind.TEXT) {
            throw new IllegalArgumentException(
                    "%s is of the kind %s, and a shortest and longest are for texts: leave them out"
                            .formatted(dataset.reference(), dataset.kind().word()));
        }
        List<Step> chosen = given.orElseGet(() -> limited
                ? Steps.usual(shortest.orElse(1), longest.orElse(Integer.MAX_VALUE))
                : Steps.usual(dataset.kind()));
        engine.tell(terminal);
        Dataset cleaned = Cleaner.run(
                datasets, dataset, new Cleaner.Plan(chosen, new WorkspaceModels(setting.workspace())), where);
        DataCommand.tell(terminal, cleaned);
        tellSteps(terminal, cleaned.report());
        terminal.note("Samples of what changed and went: athanor data report %s".formatted(cleaned.name()));
        return 0;
    }

    private static void list(Terminal terminal, Steps.Description step) {
        terminal.result("%s: %s".formatted(step.name(), step.about()));
        for (Steps.Option option : step.options()) {
            terminal.result("    %s: %s".formatted(option.name(), option.usual()));
            terminal.result("        %s".formatted(option.about()));
        }
    }

    private static void tellSteps(Terminal terminal, JsonNode report) {
        terminal.table(
                List.of("step", "seen", "changed", "dropped", "ms", "what"),
                report.path("steps")
                        .valueStream()
                        .map(step -> List.of(
                                step.path("name").asString(),
                                number(step, "seen"),
                                number(step, "changed"),
                                number(step, "dropped"),
                                number(step, "milliseconds"),
                                counts(step)))
                        .toList());
    }

    private static String number(JsonNode step, String key) {
        return Terminal.number(step.path(key).asLong());
    }

    private static String counts(JsonNode step) {
        List<String> counts = new ArrayList<>();
        for (String part : List.of("reasons", "found")) {
            step.path(part)
                    .propertyStream()
                    .forEach(count -> counts.add("%s %s"
                            .formatted(
                                    count.getKey(),
                                    count.getValue().isIntegralNumber()
                                            ? Terminal.number(count.getValue().asLong())
                                            : count.getValue().asString())));
        }
        return String.join(", ", counts);
    }
}
