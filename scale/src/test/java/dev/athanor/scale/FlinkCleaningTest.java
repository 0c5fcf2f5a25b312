package dev.athanor.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.Cleaner;
import dev.athanor.data.DataException;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Split;
import dev.athanor.data.clean.Scorer;
import dev.athanor.data.clean.Step;
import dev.athanor.data.clean.StepFile;
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
        Dataset flink = Cleaner.run(datasets, dataset, steps, new FlinkEngine(new Cluster.Embedded(2)));
        Cups.assertSame(flink, local);
        assertThat(local.count(Split.TRAIN)).isBetween(500L, 2000L);
        try (Stream<Path> left = Files.list(dataset.folder().getParent())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(".lock", ".salt", "1", "2", "3");
        }
    }

    @Test
    void a_worker_that_does_not_see_the_folder_is_told_with_what_to_do() throws IOException {
        Datasets datasets = Cups.imported(folder, 10);
        WorkFolder elsewhere = new WorkFolder(folder.resolve("elsewhere").toString());
        CleaningWork work =
                new CleaningWork(datasets.open("cups").folder().toString(), elsewhere, List.of(), List.of(), 0);
        Job job = new Job(Flink.open(new Cluster.Embedded(1)), "clean", folder);
        assertThatThrownBy(() -> job.run(job.pieces(1, new TreatRange(work))))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        "the worker \\S+ does not see the folder \\S+elsewhere: the workspace must be on a folder that all machines of the cluster share, under the same path on each");
    }

    @Test
    void a_step_that_asks_a_model_is_refused_before_anything_is_done() throws IOException {
        Datasets datasets = Cups.imported(folder, 10);
        Path steps = Files.writeString(folder.resolve("odd.yaml"), "steps: [perplexity: {model: mine}]");
        Cleaner.Plan plan = new Cleaner.Plan(StepFile.read(steps.toString()), _ -> _ -> new Scorer.Score(1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Cleaner.run(datasets, datasets.open("cups"), plan, new FlinkEngine(new Cluster.Embedded(1))))
                .withMessage(
                        "cups@1 cannot be cleaned so: the model mine cannot be asked here: nothing that runs models is at hand. Clean with athanor data clean on one machine, or leave the step perplexity out");
    }
}
