package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Deduplicator;
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

/// A dataset of which every step changes or drops some texts, and of which many are there twice or nearly so.
final class Cups {
    private Cups() {}

    static Datasets imported(Path folder, int count) throws IOException {
        StringBuilder rows = new StringBuilder("text,label,note\n");
        RandomGenerator random = new Seed(7).random();
        for (int i = 0; i < count; i++) {
            rows.append("\" cup %d stands on the shelf of the shop by the river and is %s\",tea,"
                    .formatted(random.nextInt(900), "x".repeat(random.nextInt(8))));
            rows.append(random.nextInt(4) == 0 ? "li%d@qq.com\n".formatted(i % 7) : "\n");
        }
        Datasets datasets = new Datasets(Workspace.open(folder.resolve("workspace")));
        Importer.run(datasets, ImportOptions.of("cups"), List.of(Files.writeString(folder.resolve("cups.csv"), rows)));
        return datasets;
    }

    /// Steps between which some remember.
    static List<Step> steps(Path folder) throws IOException {
        return StepFile.read(Files.writeString(
                        folder.resolve("steps.yaml"),
                        "steps: [control, duplicates, whitespace, length: {shortest: 61, longest: 66}, personal, duplicates]")
                .toString());
    }

    /// The same samples in the same order, in files that are the same byte for byte, and the same report.
    static void assertSame(Dataset one, Dataset other) {
        for (Split split : Split.values()) {
            assertThat(one.samples(split).toList())
                    .isEqualTo(other.samples(split).toList());
        }
        assertThat(one.manifest().files()).isEqualTo(other.manifest().files());
        assertThat(withoutTimes(one)).isEqualTo(withoutTimes(other));
    }

    /// That, and the same pairs, of which there are some.
    static void assertSamePairs(Dataset one, Dataset other) throws IOException {
        assertSame(one, other);
        assertThat(Files.readString(one.folder().resolve(Deduplicator.PAIRS)))
                .isEqualTo(Files.readString(other.folder().resolve(Deduplicator.PAIRS)))
                .isNotEmpty();
    }

    private static String withoutTimes(Dataset dataset) {
        return dataset.report().toPrettyString().replaceAll("\"milliseconds\" : \\d+", "");
    }
}
