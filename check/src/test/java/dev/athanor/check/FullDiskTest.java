package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Workspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    /// @param share of the largest file for which there is room
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 0.95})
    void a_version_that_finds_no_room_is_refused_and_the_one_before_stays(double share) throws IOException {
        athanor.done("data", "import", lines.toString(), "--name", "cups");
        Path many = Trials.lines(folder.resolve("many.csv"), 20_000);
        athanor.done("data", "import", many.toString(), "--name", "whole");
        long bytes = (long)
                (share * Files.size(athanor.workspace().resolve("datasets/whole/1/data/train-00000-of-00001.parquet")));
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

    static Stream<List<String>> steps() {
        return Stream.of(
                List.of("clean", "cups@1"),
                List.of("dedup", "cups@1"),
                List.of("split", "cups@1"),
                List.of("label", "cups@1", "--functions", "FUNCTIONS"),
                List.of("report", "cups@1"),
                List.of("export", "cups@1", "--out", "OUT"),
                List.of("export", "cups@1", "--out", "OUT", "--format", "csv"),
                List.of("export", "cups@1", "--out", "OUT", "--format", "parquet"),
                List.of("export", "cups@1", "--out", "OUT", "--format", "llama-factory"),
                List.of("export", "cups@1", "--out", "OUT", "--format", "label-studio"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void a_step_of_preparation_that_finds_no_room_leaves_all_as_it_was(List<String> step) throws IOException {
        Path many = Trials.lines(folder.resolve("many.csv"), 20_000);
        Files.writeString(many, Files.readString(many) + Files.readString(lines).substring("text\n".length()));
        athanor.done("data", "import", many.toString(), "--name", "cups");
        Path functions = Files.writeString(
                folder.resolve("functions.yaml"),
                "field: color\nfunctions: [{name: b, label: blue, words: [blue]}, {name: g, label: green, words: [green]}]\n");
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(List.of("data"));
        step.forEach(word -> words.add(
                word.equals("FUNCTIONS") ? functions.toString() : word.equals("OUT") ? out.toString() : word));
        String[] command = words.toArray(String[]::new);

        String said = Athanor.refusal(
                athanor.deprived(new Deprived.Of.Space(4_000), command).end());
        assertThat(said)
                .contains("could not be written: the disk is full or a limit on files is reached", "Free some space");
        Trials.nothing_half_written_is_left_in(folder);
        assertThat(out).doesNotExist();
        List<Dataset> versions = new Datasets(Workspace.open(athanor.workspace())).versions("cups");
        assertThat(versions).hasSize(1);
        versions.getFirst().verify();
        athanor.done(command);
    }

    @Test
    void pictures_a_fetched_file_and_the_sample_business_that_find_no_room_leave_nothing() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures/red"));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 4; i++) {
            BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            noise.setRGB(0, 0, 40, 40, random.ints(1600).toArray(), 0, 40);
            ImageIO.write(noise, "png", pictures.resolve(i + ".png").toFile());
        }
        String[] taken = {"data", "import", pictures.getParent().toString(), "--name", "pictures"};
        assertThat(Athanor.refusal(
                        athanor.deprived(new Deprived.Of.Space(4_000), taken).end()))
                .contains("could not be written: the disk is full", "Free some space");
        assertThat(athanor.done("data", "list").err()).contains("No dataset yet");
        Trials.nothing_half_written_is_left_in(folder);
        athanor.done(taken);

        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] table = Files.readAllBytes(Trials.lines(folder.resolve("many.csv"), 2_000));
        server.createContext("/many.csv", exchange -> {
            exchange.sendResponseHeaders(200, table.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(table);
            }
        });
        server.start();
        try {
            String address =
                    "http://127.0.0.1:%d/many.csv".formatted(server.getAddress().getPort());
            String[] fetched = {"data", "import", address, "--allow-private", "--name", "fetched"};
            assertThat(Athanor.refusal(athanor.deprived(new Deprived.Of.Space(4_000), fetched)
                            .end()))
                    .contains("many.csv could not be written: the disk is full", "Free some space");
            assertThat(athanor.workspace().resolve("datasets/fetched")).doesNotExist();
            athanor.done(fetched);
        } finally {
            server.stop(0);
        }
        Path shop = folder.resolve("shop");
        assertThat(Athanor.refusal(athanor.deprived(new Deprived.Of.Space(4_000), "init", shop.toString(), "--sample")
                        .end()))
                .contains("could not be written: the disk is full", "Free some space");
        athanor.done("init", shop.toString(), "--sample");
    }

    @Test
    void an_answer_that_finds_no_room_is_told_and_those_before_it_stay() throws IOException {
        athanor.done("data", "import", lines.toString(), "--name", "cups");
        String[] label = {"data", "label", "cups", "--label", "color", "--choices", "blue,green", "--annotator", "ann"};
        String said = Athanor.refusal(athanor.deprived(new Deprived.Of.Space(1_000), label)
                .type("blue\n".repeat(30))
                .end());
        Path journal = athanor.workspace().resolve("datasets/cups/labels.jsonl");
        assertThat(said).contains(journal + " could not be written: the disk is full", "Free some space");
        long before = Files.readString(journal)
                .lines()
                .filter(line -> line.contains("\"act\":\"label\""))
                .count();
        assertThat(before).isBetween(1L, 10L);
        String out = athanor.start(label).type("blue\n/q\n").end().out();
        assertThat(out).contains("(%d label".formatted(before), "1 answer of ann went into");
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
