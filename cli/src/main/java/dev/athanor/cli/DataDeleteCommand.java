package dev.athanor.cli;

import dev.athanor.data.Counted;
import dev.athanor.data.Datasets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description =
                "Delete a dataset, or one version of it: NAME or NAME@VERSION. Refused where a model or an unfinished run needs it, and where answers of people (data label) would go with it.")
final class DataDeleteCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(
            names = "--force",
            description = "Delete it all the same: the lineage of these models ends there, and the answers are gone.")
    private boolean force;

    @Override
    public Integer call() {
        Datasets datasets = new Datasets(setting.workspace());
        Datasets.Deleted deleted = force ? datasets.deleteAnyway(name) : datasets.delete(name);
        setting.terminal()
                .result("Deleted %s%s"
                        .formatted(
                                String.join(", ", deleted.versions()),
                                deleted.answers() == 0
                                        ? ""
                                        : ", and %s of people".formatted(Counted.of(deleted.answers(), "answer"))));
        return 0;
    }
}
