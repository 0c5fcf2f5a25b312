package dev.athanor.generate.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.athanor.data.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CarrierTest {
    private static final List<String> BARE = List.of("bare.png", "bare.gif", "bare.wav", "bare.flac");

    private final JsonNode golden = golden();

    private static JsonNode golden() {
        try (InputStream in = CarrierTest.class.getResourceAsStream("files.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private byte[] file(String name) {
        return Base64.getDecoder().decode(golden.path("files").path(name).asString());
    }

    private static HiddenMark mark(String producer) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode fields = json.objectNode()
                .put("Label", "1")
                .put("ContentProducer", producer)
                .put("ProduceID", "c-0123456789abcdef")
                .put("ReservedCode1", "f00d")
                .put("ContentPropagator", "")
                .put("PropagateID", "")
                .put("ReservedCode2", "");
        return new HiddenMark(
                fields, json.objectNode().put("model", "teas <&> \"茶\"").put("run", "run-7"));
    }

    private static byte[] marked(byte[] file, HiddenMark mark) {
        return Carrier.of(file).orElseThrow().insert(file, mark, "x");
    }

    private static Optional<HiddenMark> read(byte[] file) {
        return Carrier.of(file).orElseThrow().read(file, "x");
    }

    @Test
    void a_mark_that_was_put_in_is_read_again() {
        for (String name : BARE) {
            for (HiddenMark mark : List.of(mark("Tea Shop Ltd"), mark("茶店 😀"), mark(""))) {
                assertThat(read(marked(file(name), mark))).as(name).contains(mark);
            }
            assertThat(read(file(name))).as(name).isEmpty();
        }
    }

    @Test
    void a_second_mark_takes_the_place_of_the_first() {
        for (String name : BARE) {
            byte[] once = marked(file(name), mark("second"));
            assertThat(marked(marked(file(name), mark("the first, which is longer")), mark("second")))
                    .as(name)
                    .isEqualTo(once);
        }
    }

    @Test
    void all_else_stays_as_it_was() {
        for (String name : List.of("bare.png", "bare.gif")) {
            byte[] before = file(name);
            byte[] after = marked(before, mark("Tea Shop Ltd"));
            assertThat(isOnlyLonger(before, after)).as(name).isTrue();
        }
        byte[] wav = marked(file("bare.wav"), mark("Tea Shop Ltd"));
        assertThat(Arrays.copyOf(wav, 4)).isEqualTo(Arrays.copyOf(file("bare.wav"), 4));
        assertThat(isOnlyLonger(
                        Arrays.copyOfRange(file("bare.wav"), 8, file("bare.wav").length),
                        Arrays.copyOfRange(wav, 8, wav.length)))
                .isTrue();
        assertThat(new FileBytes(wav, "x").unsignedLittleEndian(4)).isEqualTo(wav.length - 8);
        byte[] flac = file("bare.flac");
        byte[] sound = Arrays.copyOfRange(flac, flac.length - 60, flac.length);
        byte[] after = marked(flac, mark("Tea Shop Ltd"));
        assertThat(Arrays.copyOfRange(after, after.length - 60, after.length)).isEqualTo(sound);
        assertThat(new String(after, StandardCharsets.UTF_8)).contains("TITLE=茶", "AIGC={");
    }

    /// Whether one piece was put in somewhere.
    private static boolean isOnlyLonger(byte[] before, byte[] after) {
        int more = after.length - before.length;
        for (int place = 0; place <= Arrays.mismatch(before, after); place++) {
            if (Arrays.equals(before, place, before.length, after, place + more, after.length)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void marks_of_other_hands_are_read() {
        for (String name : golden.path("files").propertyNames()) {
            if (!name.startsWith("bare") && !name.startsWith("titled")) {
                HiddenMark mark = read(file(name)).orElseGet(() -> fail(name));
                assertThat(mark.fields()).as(name).isEqualTo(golden.path("fields"));
                assertThat(mark.lineage()).as(name).isEmpty();
            }
        }
    }

    @Test
    void what_others_said_in_xmp_stays_beside_the_mark() {
        byte[] marked = marked(marked(file("titled.png"), mark("a")), mark("b"));
        String text = new String(marked, StandardCharsets.UTF_8);
        assertThat(text).contains("<dc:title>", "茶").containsOnlyOnce("XML:com.adobe.xmp");
        assertThat(text).containsOnlyOnce("<TC260:AIGC>").containsOnlyOnce("trainedAlgorithmicMedia");
        assertThat(read(marked)).contains(mark("b"));
    }

    @Test
    void xmp_alone_is_enough() {
        String packet = Xmp.of(mark("茶店"));
        assertThat(Xmp.read(packet)).contains(mark("茶店"));
        assertThat(packet)
                .startsWith("<?xpacket begin=\"\uFEFF\"")
                .contains("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
        assertThat(Xmp.read(
                        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"))
                .isEmpty();
        assertThat(Xmp.read("not XML")).isEmpty();
    }

    @Test
    void java_s_own_readers_find_the_file_whole_and_the_text_in_it() throws IOException {
        BufferedImage before = ImageIO.read(new ByteArrayInputStream(file("bare.png")));
        byte[] png = marked(file("bare.png"), mark("Tea Shop Ltd"));
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(png)));
        assertThat(colours(reader.read(0))).isEqualTo(colours(before));
        NodeList texts = ((IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0"))
                .getElementsByTagName("tEXtEntry");
        IIOMetadataNode text = (IIOMetadataNode) texts.item(0);
        assertThat(text.getAttribute("keyword")).isEqualTo("AIGC");
        assertThat(text.getAttribute("value"))
                .startsWith("{\"AIGC\":{\"Label\":\"1\"")
                .contains("Tea Shop Ltd");
        reader.dispose();
        ImageReader gifs = ImageIO.getImageReadersByFormatName("gif").next();
        byte[] gif = marked(file("bare.gif"), mark("Tea Shop Ltd"));
        gifs.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
        assertThat(gifs.getNumImages(true)).isEqualTo(2);
        assertThat(colours(gifs.read(0))).isEqualTo(colours(ImageIO.read(new ByteArrayInputStream(file("bare.gif")))));
        gifs.dispose();
    }

    private static int[] colours(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void java_s_own_reader_finds_the_same_samples() throws Exception {
        byte[] wav = marked(file("bare.wav"), mark("Tea Shop Ltd"));
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            byte[] bare = file("bare.wav");
            assertThat(sound.readAllBytes()).isEqualTo(Arrays.copyOfRange(bare, 44, bare.length));
        }
    }

    @Test
    void a_file_of_another_kind_is_refused_by_its_first_bytes() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Carrier.PNG.insert(file("bare.gif"), mark("a"), "x.png"))
                .withMessage(
                        "x.png is no PNG file: it begins with 47 49 46 38 39 61 05 00, expected 89 50 4e 47 0d 0a 1a 0a");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Carrier.FLAC.read(new byte[0], "x.flac"))
                .withMessage("x.flac is no FLAC file: it begins with nothing, expected 66 4c 61 43");
        byte[] avi = file("bare.wav");
        System.arraycopy("AVI ".getBytes(StandardCharsets.US_ASCII), 0, avi, 8, 4);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Carrier.WAV.insert(avi, mark("a"), "x.wav"))
                .withMessage("x.wav is damaged at byte 8: a RIFF file of the form AVI , expected WAVE");
        assertThat(Carrier.of("plain text".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void a_file_that_breaks_off_is_not_marked() {
        for (String name : BARE) {
            byte[] file = file(name);
            int end = name.endsWith("flac") ? 80 : file.length - 1; // a stream of FLAC has no end of its own
            for (int length = 12; length <= end; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                assertThatExceptionOfType(DataException.class)
                        .as("%s of %d bytes", name, length)
                        .isThrownBy(() -> marked(cut, mark("a")))
                        .withMessageStartingWith("x ")
                        .withMessageContaining(" byte ");
            }
        }
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Carrier.PNG.insert(Arrays.copyOf(file("bare.png"), 20), mark("a"), "x.png"))
                .withMessage(
                        "x.png breaks off: chunk IHDR at byte 8 needs 25 bytes and 12 are left. Get the whole file again");
    }

    @Test
    void a_mark_is_read_from_a_file_that_breaks_off_behind_it() {
        for (String name : BARE) {
            byte[] file = marked(file(name), mark("Tea Shop Ltd"));
            assertThat(read(Arrays.copyOf(file, file.length - 20))).as(name).contains(mark("Tea Shop Ltd"));
            for (int length = 12; length < file.length; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                try {
                    read(cut)
                            .ifPresent(mark -> assertThat(mark.fields())
                                    .isEqualTo(mark("Tea Shop Ltd").fields()));
                } catch (DataException refused) {
                    assertThat(refused).hasMessageStartingWith("x breaks off: ");
                }
            }
        }
    }

    @Test
    void damage_is_read_or_refused_but_nothing_else() {
        for (String name : BARE) {
            byte[] file = marked(file(name), mark("Tea Shop Ltd"));
            SplittableRandom random = new SplittableRandom(7);
            for (int round = 0; round < 2000; round++) {
                byte[] damaged = file.clone();
                damaged[4 + random.nextInt(damaged.length - 4)] ^= (byte) (1 << random.nextInt(8));
                try {
                    Carrier.of(damaged).ifPresent(carrier -> {
                        carrier.read(damaged, "x");
                        carrier.insert(damaged, mark("b"), "x");
                    });
                } catch (DataException refused) {
                    assertThat(refused).hasMessageStartingWith("x ");
                }
            }
        }
    }

    @Test
    void a_wrong_checksum_is_named_with_its_chunk_and_place() {
        byte[] file = file("bare.png");
        file[20] ^= 1;
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Carrier.PNG.read(file, "x.png"))
                .withMessageMatching(
                        "x\\.png is damaged at byte 8: chunk IHDR has the checksum [0-9a-f]{8}, its bytes have [0-9a-f]{8}; get the file again");
    }

    @Test
    void a_sound_file_without_samples_is_not_marked() {
        byte[] head = Arrays.copyOf(file("bare.wav"), 36);
        head[4] = 28;
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Carrier.WAV.insert(head, mark("a"), "x.wav"))
                .withMessage("x.wav is damaged at byte 36: it ends without a chunk data, so there is no sound in it");
    }
}
