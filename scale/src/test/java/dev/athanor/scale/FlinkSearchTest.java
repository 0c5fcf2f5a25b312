package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Deduplicator;
import dev.athanor.data.Keep;
import dev.athanor.data.duplicate.TextLikeness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkSearchTest {
    private static final FlinkEngine EMBEDDED = new FlinkEngine(new Cluster.Embedded(2));

    @TempDir
    private Path folder;

    @Test
    void the_same_pairs_are_found_in_the_same_order_and_the_same_rows_stay() throws IOException {
        Datasets datasets = Cups.imported(folder, 3000);
        Dataset dataset = datasets.open("cups@1");
        Deduplicator.Plan plan = new Deduplicator.Plan(
                new TextLikeness(TextLikeness.Settings.USUAL), new Keep.Longest(), Optional.empty());
        Deduplicator.Outcome local = Deduplicator.run(datasets, dataset, plan);
        assertThat(local.findings().report().path("duplicates").path("similar").asLong())
                .isPositive();
        Deduplicator.Outcome flink = Deduplicator.run(datasets, dataset, plan, EMBEDDED);
        Cups.assertSamePairs(flink.written().orElseThrow(), local.written().orElseThrow());
    }
}
