package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Cleaner;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import dev.athanor.data.clean.Step;
import dev.athanor.data.clean.StepFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkCleaningTest {
    private static final Cluster EMBEDDED = new Cluster.Embedded(2);

    @TempDir
    private Path folder;

    /// Texts of which each step changes or drops some; every third is there twice or more.
    private Datasets imported() throws IOException {
        StringBuilder rows = new StringBuilder("text,label,note\n");
        RandomGenerator random = new Seed(7).random();
        for (int i = 0; i < 3000; i++) {
            rows.append("\" cup %d %s\",tea,".formatted(random.nextInt(900), "x".repeat(random.nextInt(8))));
            rows.append(random.nextInt(4) == 0 ? "li%d@qq.com\n".formatted(i % 7) : "\n");
        }
        Datasets datasets = new Datasets(Workspace.open(folder.resolve("workspace")));
        Importer.run(datasets, ImportOptions.of("cups"), List.of(Files.writeString(folder.resolve("cups.csv"), rows)));
        return datasets;
    }

    private static String withoutTimes(Dataset dataset) {
        return dataset.report().toPrettyString().replaceAll("\"milliseconds\" : \\d+", "");
    }

    @Test
    void cleaning_on_flink_gives_the_same_rows_in_the_same_files_and_the_same_report() throws IOException {
        Datasets datasets = imported();
        Dataset dataset = datasets.open("cups@1");
        List<Step> steps = StepFile.read(Files.writeString(
                        folder.resolve("steps.yaml"),
                        "steps: [control, duplicates, whitespace, length: {shortest: 7, longest: 13}, personal, duplicates]")
                .toString());
        Dataset local = Cleaner.run(datasets, dataset, steps);
        Dataset flink = Cleaner.run(datasets, dataset, steps, new FlinkCleaning(EMBEDDED));
        for (Split split : Split.values()) {
            assertThat(flink.samples(split).toList())
                    .isEqualTo(local.samples(split).toList());
        }
        assertThat(local.count(Split.TRAIN)).isBetween(500L, 2000L);
        assertThat(flink.manifest().files()).isEqualTo(local.manifest().files());
        assertThat(withoutTimes(flink)).isEqualTo(withoutTimes(local));
        assertThat(Files.list(dataset.folder().getParent())
                        .map(Path::getFileName)
                        .map(Path::toString))
                .containsExactlyInAnyOrder(".lock", ".salt", "1", "2", "3");
    }
}
