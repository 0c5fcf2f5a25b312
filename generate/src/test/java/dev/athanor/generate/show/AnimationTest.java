package dev.athanor.generate.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.DataException;
import dev.athanor.data.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;

class AnimationTest {
    private static final Duration EACH = Duration.ofMillis(80);

    private static Image noise(int width, int height, int colours, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            int colour = random.nextInt(colours);
            pixels[3 * i] = (byte) (colour * 37);
            pixels[3 * i + 1] = (byte) (colour >> 3);
            pixels[3 * i + 2] = (byte) colour;
        }
        return new Image(width, height, 3, pixels);
    }

    private static List<Image> seen(List<Image> pictures) {
        return frames(Animation.of(pictures, EACH, EACH).gif());
    }

    private static List<Image> frames(byte[] gif) {
        List<Image> frames = new ArrayList<>();
        Animation.forEachFrame(gif, "x.gif", frames::add);
        return frames;
    }

    @Test
    void pictures_of_at_most_256_colours_come_back_as_they_were() {
        for (int colours : List.of(1, 2, 3, 4, 5, 16, 17, 128, 129, 256)) {
            for (int side : List.of(1, 2, 7, 64)) {
                List<Image> pictures = List.of(noise(side, side, colours, 1), noise(side, side, colours, 2));
                List<Image> seen = seen(pictures);
                assertThat(seen).hasSize(2);
                for (int i = 0; i < 2; i++) {
                    assertThat(seen.get(i).pixels())
                            .as("%d colours, side %d", colours, side)
                            .isEqualTo(pictures.get(i).pixels());
                }
            }
        }
    }

    /// Long enough that the codes run out several times, at the lengths around each of their limits.
    @Test
    void packing_holds_at_every_length() {
        for (int width : IntStream.concat(IntStream.rangeClosed(240, 270), IntStream.rangeClosed(4080, 4110))
                .toArray()) {
            Image picture = noise(width, 3, 256, width);
            assertThat(seen(List.of(picture)).getFirst().pixels())
                    .as("width %d", width)
                    .isEqualTo(picture.pixels());
        }
        Image long_ = noise(700, 100, 200, 3);
        assertThat(seen(List.of(long_)).getFirst().pixels()).isEqualTo(long_.pixels());
        Image flat = new Image(1000, 300, 3, new byte[900_000]);
        assertThat(seen(List.of(flat)).getFirst().pixels()).isEqualTo(flat.pixels());
    }

    @Test
    void grey_pictures_lose_nothing() {
        byte[] pixels = new byte[256 * 4];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        Image seen = seen(List.of(new Image(256, 4, 1, pixels))).getFirst();
        for (int i = 0; i < pixels.length; i++) {
            assertThat(seen.at(i % 256, i / 256, 2)).isEqualTo(i % 256);
        }
    }

    /// Pillow 12.3 reaches 22.9 on such noise and 27.9 on such a picture by median cut.
    @Test
    void a_frame_with_more_colours_is_shown_closely() {
        assertThat(signalToNoise(waves(0))).isGreaterThan(28);
        assertThat(signalToNoise(waves(1))).isGreaterThan(25);
    }

    private static Image waves(double noise) {
        SplittableRandom random = new SplittableRandom(3);
        byte[] pixels = new byte[120 * 90 * 3];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % 120;
            int y = i / 360;
            double value = 127 + 127 * Math.sin(x * 6.0 / 120 * (i % 3 + 1)) * Math.cos(y * 5.0 / 90 * (3 - i % 3));
            pixels[i] = (byte) ((1 - noise) * value + noise * random.nextInt(256));
        }
        return new Image(120, 90, 3, pixels);
    }

    private static double signalToNoise(Image picture) {
        Image seen = seen(List.of(picture)).getFirst();
        double sum = 0;
        for (int i = 0; i < picture.pixels().length; i++) {
            double off = (picture.pixels()[i] & 255) - (seen.pixels()[i] & 255);
            sum += off * off;
        }
        return 10 * Math.log10(255 * 255 / (sum / picture.pixels().length));
    }

    @Test
    void frames_are_shown_for_their_time_over_and_over() throws IOException {
        Animation animation = Animation.of(
                List.of(noise(8, 8, 9, 1), noise(8, 8, 9, 2), noise(8, 8, 9, 3)), EACH, Duration.ofSeconds(2));
        byte[] gif = animation.gif();
        assertThat(new String(gif, StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0\3\1\0\0\0");
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
        assertThat(reader.getNumImages(true)).isEqualTo(3);
        assertThat(List.of(delay(reader, 0), delay(reader, 1), delay(reader, 2)))
                .containsExactly("8", "8", "200");
        reader.dispose();
    }

    private static String delay(ImageReader reader, int frame) throws IOException {
        IIOMetadataNode root =
                (IIOMetadataNode) reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
        return ((IIOMetadataNode)
                        root.getElementsByTagName("GraphicControlExtension").item(0))
                .getAttribute("delayTime");
    }

    @Test
    void another_reader_sees_the_same_picture() throws IOException {
        Image picture = noise(50, 40, 300, 5);
        byte[] gif = Animation.of(List.of(picture), EACH, EACH).gif();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(gif));
        Image seen = frames(gif).getFirst();
        for (int i = 0; i < 50 * 40; i++) {
            int colour = read.getRGB(i % 50, i / 50);
            assertThat(colour >> 16 & 255).isEqualTo(seen.at(i % 50, i / 50, 0));
            assertThat(colour & 255).isEqualTo(seen.at(i % 50, i / 50, 2));
        }
    }

    @Test
    void broken_files_are_refused_with_their_place() {
        byte[] gif = Animation.of(List.of(noise(20, 20, 300, 5), noise(20, 20, 300, 6)), EACH, EACH)
                .gif();
        for (int length = 0; length < gif.length; length += 7) {
            byte[] cut = Arrays.copyOf(gif, length);
            assertThatExceptionOfType(DataException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> frames(cut))
                    .withMessageStartingWith("x.gif ");
        }
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = gif.clone();
            damaged[random.nextInt(gif.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                frames(damaged);
            } catch (DataException refused) {
                assertThat(refused).hasMessageStartingWith("x.gif ");
            }
        }
        byte[] bomb = gif.clone();
        Arrays.fill(bomb, 6, 10, (byte) 255);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> frames(bomb))
                .withMessage(
                        "x.gif claims 2 frames of 65535 x 65535 pixels: expected at most 64000000 pixels in a frame and 1000000000 in all; make it smaller");
    }

    @Test
    void what_cannot_be_shown_is_refused() {
        Image small = noise(8, 8, 2, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Animation(List.of()))
                .withMessage("an animation of no frames: expected at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Animation.of(List.of(small, noise(8, 9, 2, 1)), EACH, EACH))
                .withMessage("frame 1 has 8 x 9 pixels and frame 0 has 8 x 8: expected one size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Animation.Frame(small, Duration.ofMillis(10)))
                .withMessage("a frame that is shown for 10 ms: expected from 20 to 655350 ms");
    }
}
