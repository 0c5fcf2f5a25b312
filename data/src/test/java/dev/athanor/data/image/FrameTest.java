package dev.athanor.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FrameTest {
    private static final Image STRIPES = new Image(4, 2, 1, new byte[] {10, 20, 30, 40, 50, 60, 70, 80});

    @Test
    void shrinking_and_enlarging_give_what_opencv_gives() throws IOException {
        for (JsonNode node : DecoderTest.golden("resized").valueStream().toList()) {
            Image source = new Image(
                    node.path("sourceWidth").asInt(),
                    node.path("sourceHeight").asInt(),
                    node.path("channels").asInt(),
                    DecoderTest.bytes(node, "source"));
            Image resized = Resampling.of(
                    source,
                    new Resampling.Axis(0, source.width(), node.path("width").asInt()),
                    new Resampling.Axis(0, source.height(), node.path("height").asInt()));
            assertThat(DecoderTest.largestDifference(resized.pixels(), DecoderTest.bytes(node, "pixels")))
                    .as(node.path("name").asString())
                    .isLessThanOrEqualTo(1); // another rounding
        }
    }

    @Test
    void a_crop_covers_the_frame_and_cuts_both_sides_alike() {
        assertThat(new Frame.Crop(2, 2).of(STRIPES, Rgb.WHITE))
                .isEqualTo(new Image(2, 2, 1, new byte[] {20, 30, 60, 70}));
        assertThat(new Frame.Crop(1, 1).of(STRIPES, Rgb.WHITE)).isEqualTo(new Image(1, 1, 1, new byte[] {45}));
    }

    @Test
    void a_pad_keeps_all_and_fills_with_the_background() {
        assertThat(new Frame.Pad(4, 4).of(STRIPES, new Rgb(9, 9, 9)))
                .isEqualTo(new Image(4, 4, 1, new byte[] {9, 9, 9, 9, 10, 20, 30, 40, 50, 60, 70, 80, 9, 9, 9, 9}));
        Image colored = new Frame.Pad(4, 4).of(STRIPES, new Rgb(1, 2, 3));
        assertThat(colored.channels()).isEqualTo(3);
        assertThat(List.of(colored.at(0, 0, 0), colored.at(0, 0, 1), colored.at(0, 0, 2), colored.at(1, 1, 2)))
                .isEqualTo(List.of(1, 2, 3, 20));
    }

    @Test
    void a_flat_picture_stays_flat_at_every_size() {
        for (int size : new int[] {1, 2, 7, 28, 31, 64, 200}) {
            Image flat = new Image(31, 17, 3, bytes(31 * 17 * 3, 200));
            for (Frame frame :
                    List.of(new Frame.Crop(size, size), new Frame.Crop(size, 5), new Frame.Pad(size, size))) {
                Image framed = frame.of(flat, new Rgb(200, 200, 200));
                assertThat(framed.pixels()).as("%s", frame).containsOnly(200);
            }
        }
    }

    @Test
    void one_pixel_fills_any_frame_and_any_picture_becomes_one_pixel() {
        Image dot = new Image(1, 1, 1, new byte[] {77});
        assertThat(new Frame.Crop(3, 2).of(dot, Rgb.WHITE).pixels()).containsOnly(77);
        assertThat(new Frame.Pad(1, 1).of(STRIPES, Rgb.WHITE).width()).isEqualTo(1);
    }

    @Test
    void a_picture_that_fits_already_is_not_touched() {
        assertThat(new Frame.Crop(4, 2).of(STRIPES, Rgb.WHITE)).isSameAs(STRIPES);
        assertThat(new Frame.Pad(4, 2).of(STRIPES, Rgb.WHITE)).isSameAs(STRIPES);
    }

    @Test
    void grey_becomes_colour_and_colour_grey() {
        Image color = new Image(1, 1, 3, bytes(new int[] {255, 0, 0}));
        assertThat(Shades.GREY.of(color).pixels()).containsExactly(76);
        assertThat(Shades.COLOR.of(new Image(1, 1, 1, new byte[] {5})).pixels()).containsExactly(5, 5, 5);
        assertThat(Shades.KEEP.of(color)).isSameAs(color);
    }

    @Test
    void a_frame_without_room_and_a_colour_without_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Frame.Crop(0, 5))
                .withMessageContaining("a frame of 0 x 5 pixels: expected at least 1 x 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rgb.parse("mauve"))
                .withMessage("the colour \"mauve\" is not known: give #rrggbb, for example #ffffff, or white or black");
        assertThat(Rgb.parse("#0a0B0c")).isEqualTo(new Rgb(10, 11, 12));
    }

    @Test
    void png_gives_back_every_pixel() {
        for (int channels : new int[] {1, 3}) {
            byte[] pixels = new byte[5 * 7 * channels];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (i * 37);
            }
            Image image = new Image(5, 7, channels, pixels);
            assertThat(Png.read(Png.write(image))).isEqualTo(image);
        }
    }

    private static byte[] bytes(int count, int value) {
        byte[] bytes = new byte[count];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
