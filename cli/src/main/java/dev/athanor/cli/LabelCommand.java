package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Labeller;
import dev.athanor.data.label.LabellingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "label", description = "Label samples by functions.")
final class LabelCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The dataset.")
    private String name;

    @Option(
            names = "--functions",
            paramLabel = "FILE",
            description = "Labelling functions in YAML: their votes, weighed, make the next version.")
    private Optional<Path> functions = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (functions.isPresent()) {
            byFunctions(functions.get());
            return 0;
        }
        throw new ParameterException(spec.commandLine(), "data label needs --functions FILE");
    }

    private void byFunctions(Path file) throws IOException {
        Datasets datasets = new Datasets(setting.workspace());
        Dataset labelled = Labeller.run(datasets, datasets.open(name), LabellingFile.read(file));
        Terminal terminal = setting.terminal();
        JsonNode report =
                JsonMapper.shared().readTree(Files.readString(labelled.folder().resolve("report.json")));
        terminal.table(
                List.of("function", "votes on", "overlaps", "conflicts", "accuracy", "of given labels"),
                report.path("functions").valueStream().map(LabelCommand::row).toList());
        DataCommand.tell(terminal, labelled);
        JsonNode what = report.path("labelled");
        terminal.result("%s: %s by functions, %s kept as they were, %s without"
                .formatted(
                        what.path("field").asString(),
                        Terminal.number(what.path("byFunctions").asLong()),
                        Terminal.number(what.path("kept").asLong()),
                        Terminal.number(what.path("without").asLong())));
        labelled.notes().forEach(terminal::note);
    }

    private static List<String> row(JsonNode function) {
        long tested = function.path("tested").asLong();
        return List.of(
                function.path("name").asString(),
                percent(function.path("coverage").asDouble()),
                percent(function.path("overlaps").asDouble()),
                percent(function.path("conflicts").asDouble()),
                percent(function.path("accuracy").asDouble()),
                tested == 0
                        ? ""
                        : "%s of %s"
                                .formatted(
                                        Terminal.number(function.path("right").asLong()), Terminal.number(tested)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
