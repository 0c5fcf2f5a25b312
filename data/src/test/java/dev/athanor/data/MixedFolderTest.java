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
}
