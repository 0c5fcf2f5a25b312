package dev.athanor.cli;

import dev.athanor.data.Answers;
import dev.athanor.data.Counted;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Durable;
import dev.athanor.data.LabelQueue;
import dev.athanor.data.LabelTask;
import dev.athanor.data.Labeller;
import dev.athanor.data.Relabeller;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import dev.athanor.data.label.LabellingFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "label",
        description = {
            "Label texts, pictures and sounds, by functions or by asking you, and check labels.",
            "  --functions FILE    functions in YAML vote, a model weighs them: the next version",
            "  --label FIELD       asks you, what a classifier doubts most first; can be left and taken up",
            "  --label FIELD --finish     your answers become the next version",
            "  --label FIELD --agreement  how far several people agree",
            "  --check             which labels are likely wrong"
        })
final class DataLabelCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The dataset.")
    private String name;

    @Option(names = "--functions", paramLabel = "FILE", description = "Labelling functions, see docs/data.md.")
    private Optional<Path> functions = Optional.empty();

    @Option(names = "--label", paramLabel = "FIELD", description = "The column that the labels go into.")
    private Optional<String> field = Optional.empty();

    @Option(names = "--choices", paramLabel = "LABELS", description = "Labels to choose from, as good,bad.")
    private List<String> choices = List.of();

    @Option(names = "--annotator", paramLabel = "WHO", description = "Who answers. Default: your user's name.")
    private String annotator = System.getProperty("user.name");

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "Whose samples are asked about: train, validation, test. Default: train.")
    private Split split = Split.TRAIN;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = {
                "doubtful: what the classifier doubts most first (the default of train);",
                "random (the default of validation and test);",
                "answered: what others answered, to see how far you agree;",
                "disputed: what people differ on, your answer decides."
            })
    private Optional<LabelTask.Order> order = Optional.empty();

    @Option(names = "--open", description = "Open each picture or sound that is asked about.")
    private boolean open;

    @Option(names = "--finish", description = "Make the next version of the answers.")
    private boolean finish;

    @Option(
            names = "--unlabelled",
            paramLabel = "HOW",
            description = "With --finish, of samples without an answer: keep, drop, suggest (by the classifier).")
    private Relabeller.Unlabelled unlabelled = Relabeller.Unlabelled.KEEP;

    @Option(names = "--agreement", description = "Show how far people agree.")
    private boolean agreement;

    @Option(names = "--check", description = "List labels that are likely wrong: of --label FIELD, or the dataset's.")
    private boolean check;

    @Option(names = "--count", paramLabel = "N", description = "How many --check lists. Default: ${DEFAULT-VALUE}.")
    private int count = 20;

    @Option(names = "--json", description = "--agreement and --check as JSON, all of it.")
    private boolean json;

    /// Options that only one of the ways, or asking, looks at.
    private static final Map<String, List<String>> OF_WAYS = Map.of(
            "--functions", List.of(),
            "--check", List.of("--count", "--json"),
            "--finish", List.of("--unlabelled"),
            "--agreement", List.of("--json"),
            "asking", List.of("--choices", "--annotator", "--split", "--order", "--open"));

    @Override
    public Integer call() throws IOException {
        refuseIdle(way());
        Setting.requireCount(count);
        Datasets datasets = new Datasets(setting.workspace());
        Dataset dataset = datasets.open(name);
        if (functions.isPresent()) {
            byFunctions(datasets, dataset, functions.get());
        } else if (check) {
            new LabelCheck(setting.terminal(), count).print(dataset, field, json);
        } else if (finish) {
            Dataset labelled = Relabeller.run(datasets, dataset, fieldNeeded("--finish"), unlabelled);
            DataCommand.tell(setting.terminal(), labelled);
            labelled.notes().forEach(setting.terminal()::note);
        } else if (agreement) {
            agreement(Relabeller.concord(datasets, dataset, fieldNeeded("--agreement")));
        } else {
            ask(datasets, dataset);
        }
        return 0;
    }

    /// What is to be done: an option, or `asking`.
    private String way() {
        List<String> ways = Stream.of(
                        functions.map(_ -> "--functions"),
                        functions.isPresent() ? field.map(_ -> "--label") : Optional.<String>empty(),
                        given("--finish", finish),
                        given("--agreement", agreement),
                        given("--check", check))
                .flatMap(Optional::stream)
                .toList();
        if (ways.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s are given together, and data label does one thing at a time: leave all but one out%s"
                            .formatted(
                                    String.join(" and ", ways),
                                    ways.contains("--label") ? " (the file of functions says which field)" : ""));
        }
        if (ways.isEmpty() && field.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "data label needs one of: --functions FILE, --label FIELD (alone, with --finish or with --agreement), --check");
        }
        return ways.isEmpty() ? "asking" : ways.getFirst();
    }

    private void refuseIdle(String way) {
        OF_WAYS.values().stream()
                .flatMap(List::stream)
                .filter(option -> !OF_WAYS.get(way).contains(option))
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                .sorted()
                .findFirst()
                .ifPresent(option -> {
                    throw new ParameterException(
                            spec.commandLine(), "%s says nothing of %s: leave it out".formatted(option, way));
                });
    }

    private static Optional<String> given(String option, boolean is) {
        return is ? Optional.of(option) : Optional.empty();
    }

    private String fieldNeeded(String with) {
        return field.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "%s needs --label FIELD".formatted(with)));
    }

    // ------------------------------------------------------------------------------------------------- by functions

    private void byFunctions(Datasets datasets, Dataset dataset, Path file) throws IOException {
        Dataset labelled = Labeller.run(datasets, dataset, LabellingFile.read(file));
        Terminal terminal = setting.terminal();
        JsonNode report = labelled.report();
        terminal.table(
                List.of("function", "votes on", "overlaps", "conflicts", "accuracy", "of given labels"),
                report.path("functions")
                        .valueStream()
                        .map(DataLabelCommand::row)
                        .toList());
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

    // --------------------------------------------------------------------------------------------------- by a person

    private void ask(Datasets datasets, Dataset dataset) throws IOException {
        Terminal terminal = setting.terminal();
        LabelTask.Order asked = order.orElse(split == Split.TRAIN ? LabelTask.Order.DOUBTFUL : LabelTask.Order.RANDOM);
        LabelTask task = new LabelTask(field.orElseThrow(), choices(), annotator, split, asked);
        LabelQueue queue = LabelQueue.open(datasets, dataset, task, InstantSource.system());
        queue.cut()
                .forEach(line -> terminal.note(
                        "line %d of %s was cut off, as by a crash while it was written, or is damaged: its answer does not count"
                                .formatted(line, queue.journal())));
        if (queue.left() == 0) {
            terminal.result("No sample of %s (%s) waits for %s in this order (%s)"
                    .formatted(dataset.reference(), split.word(), annotator, asked.word()));
            return;
        }
        Path folder = Files.createTempDirectory("athanor-label-");
        int given;
        try {
            given = new LabelTalk(terminal, keyboard(), queue, sample -> show(sample, folder)).hold();
        } finally {
            Elsewhere.delete(folder);
        }
        terminal.result("");
        String left = Counted.of(queue.left(), "sample waits", "samples wait");
        if (given == 0) {
            terminal.result("Nothing was answered; " + left);
            terminal.note("Go on with the same command");
            return;
        }
        terminal.result(
                "%s of %s went into %s; %s".formatted(Counted.of(given, "answer"), annotator, queue.journal(), left));
        terminal.note("Go on with the same command; athanor data label %s --label %s --finish makes the next version"
                .formatted(dataset.name(), task.field()));
    }

    private List<String> choices() {
        List<String> labels = new ArrayList<>();
        for (String some : choices) {
            List<String> named = List.of(some.split(",", -1));
            if (named.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException(
                        "--choices \"%s\": expected labels with commas between them, for example --choices good,bad"
                                .formatted(some));
            }
            labels.addAll(named);
        }
        return labels;
    }

    private void show(Sample sample, Path folder) {
        if (!open) {
            return;
        }
        String path = sample.media().path();
        Path file = folder.resolve(sample.id() + path.substring(path.lastIndexOf('.')));
        Durable.file(file, sample.media().bytes());
        Viewer.open(setting.terminal(), file);
    }

    /// In the surroundings' encoding; UTF-8 where they name none.
    private static BufferedReader keyboard() {
        String encoding = System.getProperty("stdin.encoding", "UTF-8");
        Charset charset = Charset.isSupported(encoding) ? Charset.forName(encoding) : StandardCharsets.UTF_8;
        return new BufferedReader(new InputStreamReader(
                System.in, charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset));
    }

    private void agreement(Answers.Concord concord) {
        Terminal terminal = setting.terminal();
        if (json) {
            terminal.result(concord.toJson().toPrettyString());
            return;
        }
        terminal.result("%s labelled by several of %s; on %s they differ"
                .formatted(
                        Counted.of(concord.shared(), "sample was", "samples were"),
                        String.join(", ", concord.people()),
                        Terminal.number(concord.disputed())));
        concord.kappas()
                .forEach((pair, kappa) ->
                        terminal.result(String.format(Locale.ROOT, "Cohen's kappa of %s: %.3f", pair, kappa)));
        if (Double.isNaN(concord.alpha())) {
            terminal.note(
                    "There is no alpha yet: several people must label the same samples, with more than one label (--order answered)");
        } else {
            terminal.result(String.format(Locale.ROOT, "Krippendorff's alpha: %.3f", concord.alpha()));
            terminal.note(
                    "1 is full agreement, 0 that of chance; from 0.8 labels are taken as reliable, below 0.667 as not (Krippendorff 2004)");
        }
    }
}
