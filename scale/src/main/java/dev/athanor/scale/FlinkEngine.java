package dev.athanor.scale;

import dev.athanor.data.Dataset;
import dev.athanor.data.Durable;
import dev.athanor.data.Engine;
import dev.athanor.data.Section;
import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.Rounds;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Work on Flink. The folder of the dataset must be on a disk that all workers see under the same path.
public record FlinkEngine(Cluster cluster) implements Engine {

    @Override
    public CleaningReport clean(Dataset dataset, Rounds rounds, Kept kept) throws IOException {
        Flink flink = Flink.open(cluster);
        return Durable.scratch(dataset.folder().resolveSibling("flink"), folder -> {
            CleaningReport report = new CleaningReport(rounds.steps());
            FlinkCleaning cleaning = new FlinkCleaning(flink, dataset, rounds, folder);
            cleaning.run();
            cleaning.addReports(report);
            cleaning.gather(report, kept);
            return report;
        });
    }

    @Override
    public Search search(Likeness likeness, List<Section> sections, Path folder) throws IOException {
        Flink flink = Flink.open(cluster);
        return new FlinkSearch(
                flink, likeness, RowRange.of(sections, flink.slots()), Files.createDirectory(folder.resolve("flink")));
    }
}
