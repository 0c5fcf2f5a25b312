package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gc",
        description =
                "Give the disk back: delete versions that have a newer one and that no model or unfinished run needs.")
final class DataGcCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Option(names = "--dry-run", description = "Only say what would be deleted.")
    private boolean dry;

    @Override
    public Integer call() {
        Datasets datasets = new Datasets(setting.workspace());
        List<Dataset> superseded = datasets.superseded(setting.terminal()::note);
        Terminal terminal = setting.terminal();
        long freed = 0;
        int versions = 0;
        for (Dataset dataset : superseded) {
            OptionalLong bytes = dry ? OptionalLong.of(dataset.bytes()) : datasets.collect(dataset);
            if (bytes.isEmpty()) {
                terminal.note("%s is left to another process that is at work on %s"
                        .formatted(dataset.reference(), dataset.name()));
                continue;
            }
            versions++;
            freed += bytes.getAsLong();
            terminal.result("%s %s  %s"
                    .formatted(dry ? "would delete" : "deleted", dataset.reference(), size(bytes.getAsLong())));
        }
        terminal.result("Versions: %s, %s%s"
                .formatted(Terminal.number(versions), size(freed), dry ? " would be freed" : " freed"));
        return 0;
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? Terminal.number(Math.ceilDiv(bytes, 1000)) + " kB"
                : Terminal.number(Math.ceilDiv(bytes, 1_000_000)) + " MB";
    }
}
