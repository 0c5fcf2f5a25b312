package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelErrorsTest {
    private final Desk desk;

    LabelErrorsTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Dataset dataset(String table) throws IOException {
        Path file = desk.file("table.csv", table);
        return desk.imported(ImportOptions.of("goods").withColumns("text", "kind", List.of()), file);
    }

    @Test
    void a_wrong_label_is_named_with_the_likely_one() throws IOException {
        StringBuilder table = new StringBuilder("text,kind\n");
        for (int i = 0; i < 60; i++) {
            boolean tea = i % 2 == 0;
            String text = tea ? "green tea leaves 绿茶 " : "a clay pot 茶壶 ";
            table.append(text).append("number ").append(i).append(',');
            table.append(tea == (i != 14) ? "tea" : "pot").append('\n'); // 14 is tea, called a pot
        }
        LabelErrors.Found found = LabelErrors.find(dataset(table.toString()), "kind");
        assertThat(found.checked()).isEqualTo(60);
        assertThat(found.suspects()).hasSize(1);
        LabelErrors.Suspect suspect = found.suspects().getFirst();
        assertThat(suspect.text()).isEqualTo("green tea leaves 绿茶 number 14");
        assertThat(suspect.given()).isEqualTo("pot");
        assertThat(suspect.likely()).isEqualTo("tea");
        assertThat(suspect.chance()).isGreaterThan(0.8);
        assertThat(suspect.origin()).contains("table.csv");
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void wrong_labels_of_pictures_are_named() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 60; i++) {
            boolean upright = i % 2 == 0;
            byte[] pixels = new byte[16 * 16];
            for (int at = 0; at < pixels.length; at++) {
                boolean line = (upright ? at % 16 : at / 16) / 3 == 2;
                pixels[at] = (byte) ((line ? 200 : 40) + random.nextInt(50));
            }
            String label = upright == (i != 14) ? "upright" : "lying"; // 14 is upright, called lying
            Path file = desk.folder().resolve("lines/%s/%02d.png".formatted(label, i));
            Files.createDirectories(file.getParent());
            Files.write(file, Png.write(new Image(16, 16, 1, pixels)));
        }
        Dataset lines = desk.imported(ImportOptions.of("lines"), desk.folder().resolve("lines"));
        LabelErrors.Found found = LabelErrors.find(lines, "label");
        assertThat(found.suspects())
                .extracting(suspect -> Path.of(suspect.text()).getFileName().toString(), LabelErrors.Suspect::likely)
                .containsExactly(tuple("14.png", "upright"));
    }

    @Test
    void wrong_labels_of_sounds_are_named() throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 40; i++) {
            boolean high = i % 2 == 0;
            float[] samples = new float[4000];
            double pitch = (high ? 1500 : 400) + random.nextInt(100);
            for (int at = 0; at < samples.length; at++) {
                samples[at] =
                        (float) (0.3 * Math.sin(2 * Math.PI * pitch * at / 8000) + 0.02 * random.nextDouble(-1, 1));
            }
            String label = high == (i != 7) ? "high" : "low"; // 7 is low, called high
            Path file = desk.folder().resolve("tones/%s/%02d.wav".formatted(label, i));
            Files.createDirectories(file.getParent());
            Files.write(file, Wav.write(new Sound(8000, samples)));
        }
        Dataset tones = desk.imported(ImportOptions.of("tones"), desk.folder().resolve("tones"));
        LabelErrors.Found found = LabelErrors.find(tones, "label");
        assertThat(found.suspects())
                .extracting(suspect -> Path.of(suspect.text()).getFileName().toString(), LabelErrors.Suspect::likely)
                .containsExactly(tuple("07.wav", "low"));
    }

    @Test
    void labels_of_too_few_samples_are_named() throws IOException {
        LabelErrors.Found found =
                LabelErrors.find(dataset("text,kind\n" + "tea,tea\npot,pot\n".repeat(6) + "cup,cup\n"), "kind");
        assertThat(found.notes())
                .containsExactly("of 1 label there are fewer than 5 samples, too few to judge these well: cup");
    }

    @Test
    void labels_that_all_have_too_few_samples_are_refused() throws IOException {
        Dataset dataset = dataset("text,kind\n" + "tea,tea\n".repeat(6) + "pot,pot\n".repeat(4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelErrors.find(dataset, "kind"))
                .withMessage(
                        "column \"kind\" of goods@1 has fewer than 5 samples of every label but one at most, too few to learn from which are wrong: label more of them");
    }

    @Test
    void what_holds_no_labels_is_refused() throws IOException {
        Dataset dataset = dataset("text,kind\na,tea\nb,tea\nc,tea\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelErrors.find(dataset, "kinds"))
                .withMessage("goods@1 has no column \"kinds\" (did you mean \"kind\"?); it has kind");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelErrors.find(dataset, "kind"))
                .withMessage("column \"kind\" of goods@1 has 1 value: expected from 2 to 1000 labels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelErrors.find(dataset, ""))
                .withMessage("goods@1 names no column as its label: say which with --label FIELD; it has kind");
    }
}
