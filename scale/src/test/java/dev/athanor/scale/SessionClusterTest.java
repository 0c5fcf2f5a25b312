package dev.athanor.scale;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.clean.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SessionClusterTest {
    @TempDir
    private Path folder;

    @Test
    void cleaning_on_a_cluster_gives_the_same_as_here() throws IOException, InterruptedException {
        Datasets datasets = Cups.imported(folder, 3000);
        Dataset dataset = datasets.open("cups@1");
        List<Step> steps = Cups.steps(folder);
        try (SessionCluster cluster = new SessionCluster(folder.resolve("flink"))) {
            cluster.addTaskManager();
            cluster.addTaskManager();
            FlinkCleaning engine = new FlinkCleaning(cluster.await(2));
            Dataset local = Cleaner.run(datasets, dataset, steps);
            Cups.assertSame(Cleaner.run(datasets, dataset, steps, engine), local);
        }
    }
}
