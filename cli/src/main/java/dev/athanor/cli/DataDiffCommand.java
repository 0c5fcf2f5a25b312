package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.VersionDiff;
import dev.athanor.data.VersionDiff.Change;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "diff",
        description = {
            "Show what a version has that another has not, row by row.",
            "Rows are matched by their ids where one version was made of the other, else by content."
        })
final class DataDiffCommand implements Callable<Integer> {
    private static final int LONGEST = 160; // characters of a text that are shown

    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "BEFORE", description = "NAME@VERSION.")
    private String before;

    @Parameters(paramLabel = "AFTER", description = "NAME@VERSION, or NAME for the newest.")
    private String after;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Examples of each kind of change. Default: ${DEFAULT-VALUE}.")
    private int count = 5;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Setting.requireCount(count);
        Datasets datasets = new Datasets(setting.workspace());
        Dataset first = datasets.open(before);
        Dataset second = datasets.open(after);
        VersionDiff diff = VersionDiff.of(datasets, first, second, count);
        Terminal terminal = setting.terminal();
        if (json) {
            terminal.result(json(first, second, diff).toPrettyString());
            return 0;
        }
        terminal.result("From %s to %s, rows matched by %s:"
                .formatted(
                        first.reference(),
                        second.reference(),
                        switch (diff.matching()) {
                            case ID ->
                                first.reference().equals(second.reference())
                                        ? "id, since they are one version"
                                        : "id, since one was made of the other";
                            case CONTENT -> "content, since neither was made of the other";
                        }));
        diff.counts().forEach((kind, rows) -> terminal.result("%9s  %s".formatted(kind.word(), Terminal.number(rows))));
        if (!diff.columns().isEmpty()) {
            terminal.result("Columns: " + String.join(", ", diff.columns()));
        }
        diff.examples().forEach(change -> show(terminal, change));
        return 0;
    }

    private static void show(Terminal terminal, Change change) {
        terminal.result("");
        terminal.result("%s  %s".formatted(change.kind().word(), change.origin()));
        change.what().forEach(what -> terminal.result("  " + what));
        if (change.before().equals(change.after())) {
            lines(change.before()).forEach(line -> terminal.result("  " + line));
            return;
        }
        lines(change.before()).forEach(line -> terminal.result("- " + line));
        lines(change.after()).forEach(line -> terminal.result("+ " + line));
    }

    private static List<String> lines(String text) {
        String shown = text.codePointCount(0, text.length()) > LONGEST
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + " ..."
                : text;
        return shown.lines().toList();
    }

    private static ObjectNode json(Dataset before, Dataset after, VersionDiff diff) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("before", before.reference());
        json.put("after", after.reference());
        json.put("matching", diff.matching().name().toLowerCase(Locale.ROOT));
        ObjectNode counts = json.putObject("counts");
        diff.counts().forEach((kind, rows) -> counts.put(kind.word(), rows));
        diff.columns().forEach(json.putArray("columns")::add);
        for (Change change : diff.examples()) {
            ObjectNode example = json.withArray("examples").addObject();
            example.put("kind", change.kind().word());
            example.put("origin", change.origin());
            example.put("before", change.before());
            example.put("after", change.after());
            change.what().forEach(example.putArray("what")::add);
        }
        return json;
    }
}
