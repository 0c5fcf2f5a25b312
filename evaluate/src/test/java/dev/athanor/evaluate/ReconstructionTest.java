package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.image.Image;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReconstructionTest {
    @Test
    void it_is_what_scikit_image_says() throws IOException {
        JsonNode golden = GoldenFeatures.read("pictures.json");
        double tolerance = golden.path("tolerance").asDouble();
        for (JsonNode expected : golden.path("cases")) {
            Reconstruction found =
                    Reconstruction.of(List.of(picture(expected, 0)), List.of(picture(expected, noise(expected))));
            assertThat(found.absoluteError())
                    .isCloseTo(expected.path("absolute").asDouble(), within(tolerance));
            assertThat(found.squaredError()).isCloseTo(expected.path("squared").asDouble(), within(tolerance));
            assertThat(found.decibels()).isCloseTo(expected.path("decibels").asDouble(), within(tolerance));
            assertThat(found.similarity()).isCloseTo(expected.path("similarity").asDouble(), within(tolerance));
        }
    }

    @Test
    void pictures_that_come_back_as_they_were_have_lost_nothing() {
        List<Image> pictures = List.of(grey(0, 10, 200, 255), grey(7, 7, 7, 7));
        assertThat(Reconstruction.of(pictures, pictures))
                .isEqualTo(new Reconstruction(0, 0, Double.POSITIVE_INFINITY, 1, 2));
    }

    @Test
    void errors_are_known_by_hand() {
        Reconstruction found = Reconstruction.of(List.of(grey(0, 0, 0, 0)), List.of(grey(255, 0, 0, 0)));
        assertThat(found.absoluteError()).isEqualTo(0.25);
        assertThat(found.squaredError()).isEqualTo(0.25);
        assertThat(found.decibels()).isCloseTo(6.0206, within(1e-4));
    }

    @Test
    void a_picture_of_one_pixel_has_its_luminance_compared() {
        Image black = new Image(1, 1, 1, new byte[1]);
        Image white = new Image(1, 1, 1, new byte[] {(byte) 255});
        double c1 = 2.55 * 2.55;
        assertThat(Reconstruction.of(List.of(black), List.of(white)).similarity())
                .isCloseTo(c1 / (255 * 255 + c1), within(1e-12));
    }

    @Test
    void pictures_of_two_sizes_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Reconstruction.of(List.of(grey(0, 0, 0, 0)), List.of(new Image(4, 1, 1, new byte[4]))))
                .withMessage("a picture of 2 x 2 pixels with 1 channels and one of 4 x 1 pixels with 1 channels:"
                        + " expected two of one size");
    }

    @Test
    void pictures_without_their_counterparts_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reconstruction.of(List.of(grey(0, 0, 0, 0)), List.of()))
                .withMessage("1 originals and 0 pictures rebuilt from them: give one of each, at least one pair");
    }

    private static int noise(JsonNode values) {
        return values.path("noise").asInt();
    }

    /// The recipe that stands in pictures.py.
    private static Image picture(JsonNode values, int noise) {
        int width = values.path("width").asInt();
        int height = values.path("height").asInt();
        int channels = values.path("channels").asInt();
        byte[] pixels = new byte[width * height * channels];
        long state = 1;
        for (int i = 0; i < pixels.length; i++) {
            int x = i / channels % width;
            int y = i / channels / width;
            int value = (16 * x + 9 * y + 40 * (i % channels)) % 256;
            state = (1103515245 * state + 12345) % (1L << 31);
            pixels[i] = (byte) Math.clamp(value + (state >> 8) % (2L * noise + 1) - noise, 0, 255);
        }
        return new Image(width, height, channels, pixels);
    }

    private static Image grey(int... values) {
        byte[] pixels = new byte[4];
        for (int i = 0; i < 4; i++) {
            pixels[i] = (byte) values[i];
        }
        return new Image(2, 2, 1, pixels);
    }
}
