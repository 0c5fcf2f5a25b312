package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Split;
import dev.athanor.data.clean.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkCleaningTest {
    @TempDir
    private Path folder;

    @Test
    void cleaning_on_flink_gives_the_same_rows_in_the_same_files_and_the_same_report() throws IOException {
        Datasets datasets = Cups.imported(folder, 3000);
        Dataset dataset = datasets.open("cups@1");
        List<Step> steps = Cups.steps(folder);
        Dataset local = Cleaner.run(datasets, dataset, steps);
        Dataset flink = Cleaner.run(datasets, dataset, steps, new FlinkCleaning(new Cluster.Embedded(2)));
        Cups.assertSame(flink, local);
        assertThat(local.count(Split.TRAIN)).isBetween(500L, 2000L);
        try (Stream<Path> left = Files.list(dataset.folder().getParent())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(".lock", ".salt", "1", "2", "3");
        }
    }
}
