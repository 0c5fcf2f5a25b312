package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.athanor.data.Dataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Room that runs out while something is written: the process may not let any file grow beyond a few kilobytes.
@Tag("slow")
class FullDiskTest {
    @AutoClose
    private final Athanor athanor;

    private final Path lines;

    FullDiskTest(@TempDir Path folder) throws IOException {
        athanor = new Athanor(folder);
        lines = Trials.lines(folder.resolve("lines.csv"), 60);
    }

    /// What a command says that must fail where no file may have more bytes than these.
    private String refused(long bytes, String... words) {
        return Athanor.refusal(
                athanor.deprived(new Deprived.Of.Space(bytes), words).end());
    }

    private void only_the_first_version_is_there() {
        assertThat(Trials.wholeVersions(athanor)).extracting(Dataset::reference).containsExactly("cups@1");
    }

    /// @param share of the largest file for which there is room
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 0.95})
    void a_version_that_finds_no_room_is_refused_and_the_one_before_stays(double share) throws IOException {
        athanor.done("data", "import", lines.toString(), "--name", "cups");
        Path many = Trials.lines(athanor.folder().resolve("many.csv"), 20_000);
        athanor.done("data", "import", many.toString(), "--name", "whole");
        long bytes = (long)
                (share * Files.size(athanor.workspace().resolve("datasets/whole/1/data/train-00000-of-00001.parquet")));
        String said = refused(bytes, "data", "import", many.toString(), "--name", "cups");
        assertThat(said)
                .contains(athanor.workspace().resolve("datasets/cups/2").toString(), "could not be written")
                .contains("the disk is full or a limit on files is reached", "Free some space");
        Trials.nothing_half_written_is_left_in(athanor.workspace());
        only_the_first_version_is_there();
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
        Path many = Trials.lines(athanor.folder().resolve("many.csv"), 20_000);
        Files.writeString(many, Files.readString(many) + Files.readString(lines).substring("text\n".length()));
        athanor.done("data", "import", many.toString(), "--name", "cups");
        Path functions = Trials.functions(athanor.folder().resolve("functions.yaml"));
        Path out = athanor.folder().resolve("out");
        String[] command = Trials.data(step, Map.of("FUNCTIONS", functions, "OUT", out));

        assertThat(refused(4_000, command))
                .contains("could not be written: the disk is full or a limit on files is reached", "Free some space");
        Trials.nothing_half_written_is_left_in(athanor.folder());
        assertThat(out).doesNotExist();
        only_the_first_version_is_there();
        athanor.done(command);
    }

    @Test
    void pictures_a_fetched_file_and_the_sample_business_that_find_no_room_leave_nothing() throws IOException {
        Path pictures = Files.createDirectories(athanor.folder().resolve("pictures/red"));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 4; i++) {
            BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            noise.setRGB(0, 0, 40, 40, random.ints(1600).toArray(), 0, 40);
            ImageIO.write(noise, "png", pictures.resolve(i + ".png").toFile());
        }
        String[] taken = {"data", "import", pictures.getParent().toString(), "--name", "pictures"};
        assertThat(refused(4_000, taken)).contains("could not be written: the disk is full", "Free some space");
        assertThat(athanor.done("data", "list").err()).contains("No dataset yet");
        Trials.nothing_half_written_is_left_in(athanor.folder());
        athanor.done(taken);

        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] table = Files.readAllBytes(Trials.lines(athanor.folder().resolve("many.csv"), 2_000));
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
            assertThat(refused(4_000, fetched))
                    .contains("many.csv could not be written: the disk is full", "Free some space");
            assertThat(athanor.workspace().resolve("datasets/fetched")).doesNotExist();
            athanor.done(fetched);
        } finally {
            server.stop(0);
        }
        Path shop = athanor.folder().resolve("shop");
        assertThat(refused(4_000, "init", shop.toString(), "--sample"))
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

        String said = refused(60_000, "train", "--resume", run.getFileName().toString());
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

        String said = refused(20_000, "train", "--resume", run.getFileName().toString());
        assertThat(said)
                .contains(athanor.workspace().resolve("models/cups") + " could not be written", "Free some space")
                .contains("athanor train --resume " + run.getFileName());
        Trials.nothing_half_written_is_left_in(athanor.workspace());
        assertThat(athanor.done("models", "list").err()).contains("No model yet");

        athanor.done("train", "--resume", run.getFileName().toString());
        assertThat(Trials.weights(athanor, "cups")).isEqualTo(weights);
    }
}
