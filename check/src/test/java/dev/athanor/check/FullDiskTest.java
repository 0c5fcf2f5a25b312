package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Room that runs out while something is written: the process may not let any file grow beyond a few kilobytes.
@Tag("slow")
class FullDiskTest {
    @TempDir
    private Path folder;

    private Athanor athanor;
    private Path lines;

    @BeforeEach
    void begin() throws IOException {
        athanor = new Athanor(folder);
        lines = Trials.lines(folder.resolve("lines.csv"), 60);
    }

    @AfterEach
    void end() {
        athanor.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {8_000, 300_000, 1_500_000})
    void a_version_that_finds_no_room_is_refused_and_the_one_before_stays(long bytes) throws IOException {
        athanor.done("data", "import", lines.toString(), "--name", "cups");
        Path many = Trials.lines(folder.resolve("many.csv"), 20_000);
        String said = Athanor.refusal(
                athanor.deprived(new Deprived.Of.Space(bytes), "data", "import", many.toString(), "--name", "cups")
                        .end());
        assertThat(said)
                .contains(athanor.workspace().resolve("datasets/cups/2").toString(), "could not be written")
                .contains("the disk is full or a limit on files is reached", "Free some space");
        Trials.nothing_half_written_is_left_in(athanor.workspace());
        List<Dataset> versions = new Datasets(Workspace.open(athanor.workspace())).versions("cups");
        assertThat(versions).hasSize(1);
        versions.getFirst().verify();
        assertThat(athanor.done("data", "import", many.toString(), "--name", "cups")
                        .out())
                .contains("cups@2");
    }

    @Test
    void a_checkpoint_that_finds_no_room_ends_the_run_which_goes_on_from_the_one_before() throws IOException {
        athanor.done("data", "import", lines.toString(), "--name", "cups");
        athanor.done(Trials.training("whole", 30));
        Athanor.Running training = athanor.start(Trials.training("torn", 30));
        Path run = Trials.runOf(athanor, training, "torn");
        Trials.await(training, () -> Trials.newestStep(run) >= 3);
        training.kill();
        long step = Trials.newestStep(run);

        String said = Athanor.refusal(athanor.deprived(
                        new Deprived.Of.Space(60_000),
                        "train",
                        "--resume",
                        run.getFileName().toString())
                .end());
        assertThat(said)
                .contains(run.resolve("checkpoints/step-" + (step + 1)) + " could not be written")
                .contains("the disk is full or a limit on files is reached", "Free some space")
                .contains("athanor train --resume " + run.getFileName());
        Trials.nothing_half_written_is_left_in(athanor.workspace());
        assertThat(Trials.newestStep(run)).isEqualTo(step);
        assertThat(athanor.done("runs", "list").out()).containsPattern(run.getFileName() + " +stopped +torn");

        athanor.done("train", "--resume", run.getFileName().toString());
        assertThat(Trials.weights(athanor, "torn")).isEqualTo(Trials.weights(athanor, "whole"));
    }

    @Test
    void a_model_that_finds_no_room_is_packed_when_there_is_some() throws IOException {
        athanor.done("data", "import", lines.toString(), "--name", "cups");
        athanor.done(Trials.training("cups", 3));
        byte[] weights = Trials.weights(athanor, "cups");
        athanor.done("models", "delete", "cups");
        Path run = Trials.runs(athanor).getFirst();
        Path about = run.resolve("run.json");
        Files.writeString(about, Files.readString(about).replace("finished", "running"));

        String said = Athanor.refusal(athanor.deprived(
                        new Deprived.Of.Space(20_000),
                        "train",
                        "--resume",
                        run.getFileName().toString())
                .end());
        assertThat(said)
                .contains(athanor.workspace().resolve("models/cups") + " could not be written", "Free some space")
                .contains("athanor train --resume " + run.getFileName());
        Trials.nothing_half_written_is_left_in(athanor.workspace());
        assertThat(athanor.done("models", "list").err()).contains("No model yet");

        athanor.done("train", "--resume", run.getFileName().toString());
        assertThat(Trials.weights(athanor, "cups")).isEqualTo(weights);
    }
}
