package dev.athanor.generate.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.image.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
    @TempDir
    Path folder;

    private static Image plain(int width, int height, int channels, int value) {
        byte[] pixels = new byte[width * height * channels];
        Arrays.fill(pixels, (byte) value);
        return new Image(width, height, channels, pixels);
    }

    @Test
    void pictures_stand_in_rows_from_the_left() {
        List<Image> pictures = List.of(plain(3, 2, 1, 10), plain(3, 2, 1, 20), plain(3, 2, 1, 30));
        Image sheet = new ContactSheet(2, 2).draw(pictures);
        assertThat(sheet.channels()).isEqualTo(1);
        assertThat(List.of(sheet.width(), sheet.height())).containsExactly(4 + 2 * (6 + 4), 4 + 2 * (4 + 4));
        assertThat(sheet.at(0, 0, 0)).isEqualTo(255);
        assertThat(List.of(sheet.at(4, 4, 0), sheet.at(9, 7, 0))).containsExactly(10, 10);
        assertThat(sheet.at(10, 4, 0)).isEqualTo(255);
        assertThat(sheet.at(14, 4, 0)).isEqualTo(20);
        assertThat(sheet.at(4, 12, 0)).isEqualTo(30);
        assertThat(sheet.at(14, 12, 0)).isEqualTo(255);
    }

    @Test
    void sizes_and_colours_may_differ() {
        Image sheet = new ContactSheet(2, 1).draw(List.of(plain(4, 4, 3, 10), plain(2, 2, 1, 20)));
        assertThat(sheet.channels()).isEqualTo(3);
        assertThat(List.of(sheet.at(13, 5, 0), sheet.at(13, 5, 2))).containsExactly(20, 20);
        assertThat(sheet.at(12, 4, 1)).isEqualTo(255);
    }

    @Test
    void small_pictures_are_enlarged_until_they_are_seen() {
        assertThat(ContactSheet.of(Collections.nCopies(10, plain(28, 28, 1, 0))))
                .isEqualTo(new ContactSheet(4, 3));
        assertThat(ContactSheet.of(List.of(plain(512, 64, 3, 0)))).isEqualTo(new ContactSheet(1, 1));
    }

    @Test
    void words_stand_beneath() {
        Image sheet = new ContactSheet(1, 1).draw(List.of(plain(64, 8, 1, 200)), List.of("I"));
        assertThat(sheet.height()).isEqualTo(4 + 8 + 2 + 8 + 4);
        StringBuilder letter = new StringBuilder();
        for (int y = 14; y < 22; y++) {
            for (int x = 33; x < 38; x++) {
                letter.append(sheet.at(x, y, 0) == 0 ? '#' : '.');
            }
            letter.append('\n');
        }
        assertThat(letter).hasToString("""
                .###.
                ..#..
                ..#..
                ..#..
                ..#..
                ..#..
                .###.
                .....
                """);
    }

    @Test
    void words_that_are_too_long_are_cut() {
        for (String caption : List.of("a caption that goes on and on", "Tee für später und länger", "一二三四五六七八九十")) {
            for (int width : List.of(1, 5, 11, 40, 64)) {
                assertThat(Lettering.line(caption, width).width()).isBetween(1, Math.max(5, width));
            }
        }
        assertThat(Lettering.line("abcdefghij", 41)).isEqualTo(Lettering.line("abcde..", 64));
    }

    @Test
    void every_letter_looks_different() {
        List<String> letters = new java.util.ArrayList<>();
        for (char letter = ' '; letter <= '~'; letter++) {
            letters.add(Arrays.toString(Lettering.line("" + letter, 5).pixels()));
        }
        assertThat(letters).doesNotHaveDuplicates().hasSize(95);
    }

    /// Shows, in a Java of its own, what such a machine does.
    public static void main(String[] words) {
        Image sheet = new ContactSheet(1, 1).draw(List.of(plain(64, 8, 1, 200)), List.of(words[0]));
        IO.println(sheet.width() + " x " + sheet.height());
    }

    @Test
    void a_machine_without_fonts_draws_boxes_for_what_it_lacks() throws IOException, InterruptedException {
        Path noFonts = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder, // where Java remembers the fonts that it found
                "-cp",
                System.getProperty("java.class.path"),
                ContactSheetTest.class.getName(),
                "茶壶");
        java.environment().put("FONTCONFIG_FILE", noFonts.toString());
        java.environment().put("LC_ALL", "C.UTF-8");
        Process process = java.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("72 x 26");
        assertThat(Lettering.line("\u0001\u0002", 64)).isEqualTo(Lettering.line("\u0003\u0004", 64));
    }

    @Test
    void a_sheet_that_cannot_be_is_refused() {
        List<Image> one = List.of(plain(8, 8, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactSheet(0, 1))
                .withMessage("a sheet of 0 columns, enlarged 1 times: expected at least 1 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContactSheet.of(List.of()))
                .withMessage("a sheet of no pictures: expected at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactSheet(1, 1).draw(one, List.of("a", "b")))
                .withMessage("2 captions for 1 pictures: expected one for each, empty where there is none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactSheet(1, 10_000).draw(one))
                .withMessageContaining("which is more than a picture holds: put fewer on it");
    }
}
