package dev.athanor.generate.mark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.image.Image;
import dev.athanor.data.sound.Sound;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticeTest {
    private static Image plain(int width, int height, int channels, int value) {
        byte[] pixels = new byte[width * height * channels];
        Arrays.fill(pixels, (byte) value);
        return new Image(width, height, channels, pixels);
    }

    @Test
    void a_small_picture_says_ai_in_its_corner() {
        for (int value : List.of(0, 128, 255)) {
            Image marked = VisibleMark.on(plain(28, 28, 1, value));
            StringBuilder corner = new StringBuilder();
            for (int y = 21; y < 28; y++) {
                for (int x = 21; x < 28; x++) {
                    corner.append(marked.at(x, y, 0) == 255 ? '#' : marked.at(x, y, 0) == 0 ? '.' : '?');
                }
                corner.append('\n');
            }
            assertThat(corner).hasToString("""
                    .......
                    ..#..#.
                    .#.#.#.
                    .###.#.
                    .#.#.#.
                    .#.#.#.
                    .......
                    """);
            assertThat(marked.at(20, 27, 0)).isEqualTo(value);
            assertThat(marked.at(27, 20, 0)).isEqualTo(value);
        }
    }

    @Test
    void the_letters_are_at_least_a_twentieth_of_the_shorter_side_high() {
        for (int[] size : new int[][] {{28, 28}, {60, 60}, {64, 64}, {96, 300}, {256, 256}, {512, 400}, {2000, 1100}}) {
            Image marked = VisibleMark.on(plain(size[0], size[1], 3, 0));
            int rows = 0;
            for (int y = 0; y < size[1]; y++) {
                boolean white = false;
                for (int x = 0; x < size[0]; x++) {
                    white |= marked.at(x, y, 1) > 200;
                }
                rows += white ? 1 : 0;
            }
            assertThat(rows).as("%d x %d", size[0], size[1]).isGreaterThanOrEqualTo(Math.min(size[0], size[1]) / 20);
        }
    }

    @Test
    void white_letters_stand_on_a_dark_ground_whatever_the_picture() {
        for (int side : List.of(28, 64, 300)) {
            Image marked = VisibleMark.on(plain(side, side, 3, 255));
            int dark = 0;
            for (int i = 0; i < side * side; i++) {
                dark += marked.at(i % side, i / side, 0) < 80 ? 1 : 0;
            }
            assertThat(marked.at(side - 1, side - 1, 0)).isLessThan(80);
            assertThat(dark).isBetween(side * side / 60, side * side / 4);
        }
    }

    @Test
    void pictures_of_any_size_can_be_marked_and_the_given_one_stays() {
        for (int width : List.of(1, 2, 7, 8, 63, 64, 65, 200)) {
            for (int height : List.of(1, 2, 7, 8, 63, 64, 65, 200)) {
                Image before = plain(width, height, 3, 90);
                Image marked = VisibleMark.on(before);
                assertThat(marked).isNotEqualTo(before);
                assertThat(before.at(width - 1, height - 1, 0)).isEqualTo(90);
                assertThat(marked.pixels()).as("%d x %d", width, height).isNotEqualTo(before.pixels());
            }
        }
    }

    @Test
    void a_sound_begins_with_ai_in_morse_code() {
        for (int rate : List.of(8000, 22050, 48000)) {
            float[] ones = new float[50];
            Arrays.fill(ones, 1);
            Sound marked = AudibleMark.before(new Sound(rate, ones));
            int unit = rate / 10;
            StringBuilder rhythm = new StringBuilder();
            for (int part = 0; (part + 1) * unit <= marked.samples().length - 50; part++) {
                double sum = 0;
                float loudest = 0;
                for (int i = part * unit; i < (part + 1) * unit; i++) {
                    sum += Math.abs(marked.samples()[i]);
                    loudest = Math.max(loudest, Math.abs(marked.samples()[i]));
                }
                assertThat(loudest).isLessThanOrEqualTo(0.15f);
                rhythm.append(sum / unit > 0.05 ? '=' : '.');
            }
            assertThat(rhythm).hasToString("=.===...=.=.....");
            assertThat(marked.samples()).endsWith(ones);
            assertThat(marked.samples()).hasSize(16 * unit + 50);
        }
    }

    @Test
    void tones_come_and_go_without_a_click() {
        float[] samples = AudibleMark.before(new Sound(16000, new float[1])).samples();
        float steepest = 0;
        for (int i = 1; i < samples.length; i++) {
            steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - 1]));
        }
        assertThat(steepest).isLessThan(0.05f); // a sine of 700 Hz at this loudness rises by 0.041
    }
}
