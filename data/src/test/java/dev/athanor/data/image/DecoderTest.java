package dev.athanor.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.athanor.data.Unusable;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Pictures of every format look as Pillow and OpenCV read them (pictures.json, made by pictures.py), and what
/// is no picture is refused with its reason.
class DecoderTest {

    static JsonNode golden(String part) throws IOException {
        try (InputStream in = DecoderTest.class.getResourceAsStream("pictures.json")) {
            return JsonMapper.shared().readTree(in).path(part);
        }
    }

    static byte[] bytes(JsonNode node, String name) {
        return Base64.getDecoder().decode(node.path(name).asString());
    }

    static Stream<String> names() throws IOException {
        return golden("pictures").valueStream().map(node -> node.path("name").asString());
    }

    private static JsonNode named(String name) throws IOException {
        return golden("pictures")
                .valueStream()
                .filter(node -> node.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_picture_looks_as_others_read_it(String name) throws IOException, Unusable {
        JsonNode expected = named(name);
        Image image = Decoder.decode(bytes(expected, "bytes"), Rgb.WHITE);
        assertThat(List.of(image.width(), image.height(), image.channels()))
                .isEqualTo(List.of(
                        expected.path("width").asInt(),
                        expected.path("height").asInt(),
                        expected.path("channels").asInt()));
        assertThat(largestDifference(image.pixels(), bytes(expected, "pixels")))
                .isLessThanOrEqualTo(expected.path("tolerance").asInt());
    }

    static int largestDifference(byte[] a, byte[] b) {
        assertThat(a).hasSameSizeAs(b);
        int largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)));
        }
        return largest;
    }

    @Test
    void transparency_shows_the_background_that_was_chosen() throws Unusable, IOException {
        BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(1, 0, 0x80FF0000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(clear, "png", out);
        Image image = Decoder.decode(out.toByteArray(), new Rgb(0, 0, 255));
        assertThat(image.pixels()).containsExactly(0, 0, 255, 128, 0, 127);
    }

    @Test
    void an_interlaced_png_is_read() throws IOException, Unusable {
        BufferedImage noise = new BufferedImage(11, 13, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 11 * 13; i++) {
            noise.setRGB(i % 11, i / 11, random.nextInt(1 << 24));
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(noise, null, null), how);
        }
        assertThat(bytes.toByteArray()[28]).as("interlaced").isEqualTo((byte) 1);
        assertThat(Decoder.decode(bytes.toByteArray(), Rgb.WHITE)).isEqualTo(Pixels.of(noise, Rgb.WHITE));
    }

    @Test
    void the_first_frame_of_a_gif_stands_where_the_gif_says() throws Unusable {
        // One red pixel at (2, 1) of a picture of 4 x 3; written by hand after the GIF89a specification.
        byte[] gif = {
            'G',
            'I',
            'F',
            '8',
            '9',
            'a',
            4,
            0,
            3,
            0,
            (byte) 0x80,
            0,
            0,
            (byte) 255,
            0,
            0,
            0,
            0,
            (byte) 255, //
            ',',
            2,
            0,
            1,
            0,
            1,
            0,
            1,
            0,
            0,
            2,
            2,
            0x44,
            1,
            0,
            ';'
        };
        Image image = Decoder.decode(gif, Rgb.BLACK);
        assertThat(List.of(image.width(), image.height())).isEqualTo(List.of(4, 3));
        assertThat(image.at(2, 1, 0)).isEqualTo(255);
        assertThat(image.at(1, 1, 0)).isZero();
    }

    // ------------------------------------------------------------------------------------------- what is refused

    private static Unusable refused(byte[] bytes) {
        return catchThrowableOfType(Unusable.class, () -> Decoder.decode(bytes, Rgb.WHITE));
    }

    @Test
    void every_file_that_breaks_off_before_its_first_picture_ends_is_refused() throws IOException {
        List<String> read = new ArrayList<>();
        for (String name : names().toList()) {
            byte[] whole = bytes(named(name), "bytes");
            for (int part = 1; part <= 3; part++) {
                byte[] cut = Arrays.copyOf(whole, whole.length * part / 4);
                if (refused(cut) == null) {
                    read.add("%s, cut after %d of %d bytes".formatted(name, cut.length, whole.length));
                }
            }
        }
        assertThat(read).containsExactly("gif animated, its first, cut after 125 of 167 bytes"); // in its second
    }

    @Test
    void what_is_no_picture_is_named_whatever_it_is_called() {
        assertThat(refused("just some words".getBytes(StandardCharsets.UTF_8)))
                .hasMessage(
                        "is no picture that can be read: it is text. Expected PNG, JPEG, GIF, BMP or WebP: convert it to one of these, or leave it out");
        assertThat(refused(new byte[0])).hasMessageContaining("it is an empty file");
        assertThat(refused("<!DOCTYPE html><p>404".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("it is a web page");
        assertThat(refused("II*\0....".getBytes(StandardCharsets.ISO_8859_1))).hasMessageContaining("a TIFF file");
    }

    /// A PNG of a header alone, with the right checks.
    static byte[] claims(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12 + 12);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(png, "IDAT", new byte[0]);
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] content) {
        CRC32 check = new CRC32();
        check.update(type.getBytes(StandardCharsets.US_ASCII));
        check.update(content);
        png.putInt(content.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
        png.putInt((int) check.getValue());
    }

    @Test
    void a_picture_that_claims_too_much_is_refused_before_memory_is_taken() {
        assertThat(refused(claims(100_000, 100_000)))
                .hasMessage(
                        "claims 100000 x 100000 pixels, and at most 64000000 are read. Make it smaller with another program if you trust it, or leave it out");
        assertThat(refused(claims(-1, -1))).hasMessageContaining("claims 4294967295 x 4294967295 pixels");
        assertThat(refused(claims(0, 5))).hasMessageContaining("claims 0 x 5 pixels");
        assertThat(refused(claims(5, 5))).hasMessageContaining("is a damaged PNG file");
    }

    @Test
    void a_picture_that_memory_cannot_hold_is_refused_with_the_way_to_more() {
        assertThat(catchThrowableOfType(Unusable.class, () -> Decoder.checkSize(8000, 8000, 512L << 20)))
                .hasMessage(
                        "claims 8000 x 8000 pixels, which may take 732 MB while they are read, and the program has 512 MB. Give it more with JAVA_TOOL_OPTIONS=-Xmx4g, make the picture smaller with another program, or leave it out");
        assertThatCode(() -> Decoder.checkSize(4000, 3000, 512L << 20)).doesNotThrowAnyException();
    }

    @Test
    void other_formats_that_claim_too_much_are_refused_too() throws IOException {
        byte[] jpeg = bytes(named("jpeg colour"), "bytes");
        for (int i = 0; i < jpeg.length - 9; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) { // start of frame: length, bits, height, width
                Arrays.fill(jpeg, i + 5, i + 9, (byte) 0xFF);
            }
        }
        assertThat(refused(jpeg)).hasMessageContaining("claims 65535 x 65535 pixels");
        byte[] bmp = bytes(named("bmp colour"), "bytes");
        ByteBuffer.wrap(bmp)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(18, 60000)
                .putInt(22, 60000);
        assertThat(refused(bmp)).hasMessageContaining("claims 60000 x 60000 pixels");
        byte[] gif = bytes(named("gif"), "bytes");
        Arrays.fill(gif, 6, 10, (byte) 0xFF); // the canvas alone; its frame is small
        assertThat(refused(gif)).hasMessageContaining("claims 65535 x 65535 pixels");
    }

    @Test
    void a_png_with_a_byte_changed_is_refused() throws IOException {
        byte[] png = bytes(named("png colour"), "bytes");
        png[png.length - 20] ^= 1;
        assertThat(refused(png)).hasMessageContainingAll("damaged PNG file", "the check of its chunk IDAT at byte 33");
    }

    @Test
    void bytes_changed_at_random_are_read_or_refused_and_nothing_else_happens() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<Throwable> others = new ArrayList<>();
        for (JsonNode node : golden("pictures").valueStream().toList()) {
            byte[] whole = bytes(node, "bytes");
            for (int trial = 0; trial < 20; trial++) {
                byte[] changed = whole.clone();
                for (int i = 0; i < 3; i++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                try {
                    Decoder.decode(changed, Rgb.WHITE);
                } catch (Unusable refused) {
                    assertThat(refused.remedy()).contains("leave it out");
                } catch (RuntimeException | Error other) {
                    others.add(other);
                }
            }
        }
        assertThat(others).isEmpty();
    }
}
