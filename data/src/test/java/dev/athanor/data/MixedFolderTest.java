package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders that hold pictures, sounds and texts at once.
class MixedFolderTest {
    private final Desk desk;
    private final Path in;

    MixedFolderTest(@TempDir Path folder) throws IOException {
        desk = new Desk(folder);
        in = Files.createDirectories(folder.resolve("in"));
    }

    private void pictures(String place, int count) throws IOException {
        Files.createDirectories(in.resolve(place));
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[6];
            Arrays.fill(pixels, (byte) i);
            Files.write(in.resolve(place).resolve(i + ".png"), Png.write(new Image(3, 2, 1, pixels)));
        }
    }

    private void sounds(String place, int count) throws IOException {
        Files.createDirectories(in.resolve(place));
        for (int i = 0; i < count; i++) {
            float[] samples = new float[8_000];
            for (int s = 0; s < samples.length; s++) {
                samples[s] = (float) Math.sin(0.1 * (i + 1) * s) / 2;
            }
            Files.write(in.resolve(place).resolve(i + ".wav"), Wav.write(new Sound(8_000, samples)));
        }
    }

    private Dataset run() {
        return desk.imported(ImportOptions.of("t"), in);
    }

    @Test
    void pictures_among_sounds_are_refused_with_the_folders_that_can_be_imported() throws IOException {
        pictures("drawn/red", 3);
        pictures("drawn/blue", 2);
        sounds("jingles", 4);
        Files.writeString(in.resolve("jingles/metadata.csv"), "file_name,text\n0.wav,bells\n");
        Files.writeString(in.resolve("faq.csv"), "text\nWhat is this?\n");
        assertThatThrownBy(() -> Importer.look(ImportOptions.of("t"), List.of(in)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "there are 5 pictures, 4 sounds, 1 text or table, and a dataset holds one kind: import one alone, as %s or %s",
                        in.resolve("drawn"), in.resolve("jingles"));
        assertThatThrownBy(this::run).hasMessageStartingWith("there are 5 pictures, 4 sounds");
        assertThat(desk.datasets().versions("t")).isEmpty();
    }

    @Test
    void those_of_one_folder_are_told_apart_by_their_ends() throws IOException {
        pictures("all", 2);
        sounds("all", 2);
        assertThatThrownBy(this::run)
                .hasMessage(
                        "there are 2 pictures, 2 sounds, and a dataset holds one kind: import one alone, as %s or %s",
                        in.resolve("all/*.png"), in.resolve("all/*.wav"));
    }

    @Test
    void a_cover_beside_many_sounds_is_left_out_and_told_of() throws IOException {
        sounds("jingles", 11);
        pictures("covers", 1);
        Files.writeString(in.resolve("covers/metadata.csv"), "file_name,text\n0.png,a cover\n");
        Dataset dataset = run();
        assertThat(dataset.kind()).isEqualTo(Kind.SOUND);
        assertThat(dataset.notes())
                .contains(
                        "pictures lie there, too (1), and are left out, since a dataset holds one kind: %s imports them alone"
                                .formatted(in.resolve("covers")));
    }

    @Test
    void pictures_beside_more_texts_are_told_of() throws IOException {
        pictures("shown", 2);
        for (int i = 0; i < 3; i++) {
            Files.writeString(in.resolve(i + ".csv"), "text\nThe tea of day %d\n".formatted(i));
        }
        Dataset dataset = run();
        assertThat(dataset.kind()).isEqualTo(Kind.TEXT);
        assertThat(dataset.notes())
                .contains(
                        "pictures lie there, too (2), and are left out, since a dataset holds one kind: %s imports them alone"
                                .formatted(in.resolve("shown")));
    }

    private Path table(String name, String content) throws IOException {
        return Files.writeString(in.resolve(name), content);
    }

    private void assertRefused(String words, Path... paths) {
        ImportOptions options = ImportOptions.of("t");
        assertThatThrownBy(() -> desk.imported(options, paths)).hasMessage(words);
        assertThatThrownBy(() -> Importer.look(options, List.of(paths))).hasMessage(words);
        assertThat(desk.datasets().versions("t")).isEmpty();
    }

    @Test
    void a_path_that_was_given_and_adds_nothing_to_the_sounds_is_refused() throws IOException {
        sounds("jingles", 11);
        pictures("covers", 1);
        Path jingles = in.resolve("jingles");
        Path faq = table("faq.jsonl", "{\"text\": \"What is this?\"}\n");
        Path labels = table("labels.csv", "name,label\nnone,x\n");
        String texts =
                "%s holds texts or tables, and %s sounds: a dataset holds one kind; import each as a dataset of its own; a table beside sounds names them in a column file_name";
        assertRefused(texts.formatted(faq, jingles), jingles, faq);
        assertRefused(texts.formatted(labels, jingles), labels, jingles);
        assertRefused(
                "%s holds pictures, and %s sounds: a dataset holds one kind; import each as a dataset of its own"
                        .formatted(in.resolve("covers"), jingles),
                jingles,
                in.resolve("covers"));
    }

    @Test
    void a_path_that_was_given_and_holds_no_texts_is_refused_beside_them() throws IOException {
        pictures("shown", 1);
        Path one = table("a.csv", "text\nGreen tea\n");
        Path two = table("b.csv", "text\nRed tea\n");
        for (Path given : List.of(in.resolve("shown"), in.resolve("shown/0.png"))) {
            assertRefused(
                    "%s holds pictures, and %s texts or tables: a dataset holds one kind; import each as a dataset of its own"
                            .formatted(given, one),
                    one,
                    given,
                    two);
        }
    }

    @Test
    void tables_that_name_things_and_what_is_written_about_them_are_given_beside_these() throws IOException {
        sounds("jingles", 2);
        Path table = table("said.csv", "file_name,text\n0.wav,bells\n1.wav,drums\n");
        Path readme = table("README.md", "Of jingles.");
        Dataset dataset = desk.imported(ImportOptions.of("t"), in.resolve("jingles"), table, readme);
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            assertThat(samples.map(Sample::text)).containsExactlyInAnyOrder("bells", "drums");
        }
        assertThat(desk.imported(
                                ImportOptions.of("u").withPlan(new SplitPlan.Given()),
                                in.resolve("jingles/0.wav"),
                                in.resolve("jingles/1.wav"))
                        .count(Split.TRAIN))
                .isEqualTo(2);
    }
}
