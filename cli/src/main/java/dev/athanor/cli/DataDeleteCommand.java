package dev.athanor.cli;

import dev.athanor.data.Datasets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description =
                "Delete a dataset, or one version of it: NAME or NAME@VERSION. Refused where a model or an unfinished run needs it.")
final class DataDeleteCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--force", description = "Delete it all the same: the lineage of these models ends there.")
    private boolean force;

    @Override
    public Integer call() {
        Datasets datasets = new Datasets(setting.workspace());
        if (force) {
            datasets.deleteAnyway(name);
        } else {
            datasets.delete(name);
        }
        setting.terminal().result("Dataset %s is deleted".formatted(name));
        return 0;
    }
}
