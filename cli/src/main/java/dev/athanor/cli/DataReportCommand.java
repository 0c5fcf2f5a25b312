package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Durable;
import dev.athanor.evaluate.data.DatasetPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "Write a page about a version: counts, lengths, labels, what was done to it, what was left out, samples.",
            "It is one file that opens without a network."
        })
final class DataReportCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--json", description = "Print what the step that made the version reported, as JSON; no page.")
    private boolean json;

    @Option(names = "--open", description = "Open the page.")
    private boolean open;

    @Override
    public Integer call() throws IOException {
        Datasets datasets = new Datasets(setting.workspace());
        Dataset dataset = datasets.open(name);
        Terminal terminal = setting.terminal();
        if (json) {
            terminal.result(
                    Files.readString(dataset.folder().resolve("report.json")).strip());
            return 0;
        }
        Path page = dataset.folder().resolve("report.html");
        Durable.file(page, DatasetPage.of(datasets, dataset).toHtml());
        DataCommand.tell(terminal, dataset);
        dataset.notes().forEach(terminal::note);
        terminal.result("The page is " + page);
        if (open) {
            Viewer.open(terminal, page);
        }
        return 0;
    }
}
