package dev.athanor.generate;

import dev.athanor.data.Hashes;
import dev.athanor.data.image.Image;
import dev.athanor.data.sound.Sound;
import dev.athanor.generate.show.Animation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One generated piece and all that led to it: a line of the ledger.
///
/// @param id unique, `c-` and 16 hexadecimal digits
/// @param producer who answers for it; empty in lines that were written before it was entered
/// @param making what was asked for
/// @param sha256 of the text without marks, of the pixels or of the samples: see `hash`
/// @param file where it was written, empty where it was only shown
public record Content(
        String id, Instant time, String producer, Origin origin, Making making, String sha256, String file) {

    /// What a vae made a text from: nothing, one text that it wrote again, or two that it went between.
    ///
    /// @param steps how many texts there were from the first to the last
    public record Sources(List<String> texts, int steps) {
        public static final Sources NONE = new Sources(List.of(), 0);

        public Sources {
            texts = List.copyOf(texts);
        }
    }

    /// SHA-256 of a text in UTF-8; line endings do not count, as mail and editors change them.
    static String hash(String text) {
        return Hashes.sha256(text.replace("\r\n", "\n"));
    }

    /// SHA-256 of a picture's width, height, channels and pixels. Metadata does not count, and a picture whose
    /// every pixel is grey counts as grey, since programs that save pictures again change the number of
    /// channels.
    public static String hash(Image picture) {
        byte[] pixels = isGrey(picture) ? oneChannel(picture) : picture.pixels();
        int channels = pixels.length / picture.width() / picture.height();
        return hash("picture %d %d %d\n".formatted(picture.width(), picture.height(), channels), pixels);
    }

    /// SHA-256 of the frames of a GIF file, as they are seen; how long each is shown does not count.
    ///
    /// @param name what to call the file in a refusal
    static String hashOfFrames(byte[] gif, String name) {
        List<String> frames = new ArrayList<>();
        Animation.forEachFrame(gif, name, frame -> frames.add(hash(frame)));
        return frames.size() == 1 ? frames.getFirst() : Hashes.sha256(String.join("\n", frames));
    }

    /// SHA-256 of a sound's rate and its samples as numbers of 16 bits: what WAV and FLAC files hold of it.
    public static String hash(Sound sound) {
        ByteBuffer samples = ByteBuffer.allocate(2 * sound.samples().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : sound.samples()) {
            samples.putShort((short) Math.clamp(Math.round(sample * 32768.0), -32768, 32767));
        }
        return hash("sound %d\n".formatted(sound.rate()), samples.array());
    }

    private static String hash(String head, byte[] body) {
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        return Hashes.sha256(ByteBuffer.allocate(first.length + body.length)
                .put(first)
                .put(body)
                .array());
    }

    private static boolean isGrey(Image picture) {
        byte[] pixels = picture.pixels();
        for (int i = 0; picture.channels() == 3 && i < pixels.length; i += 3) {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] oneChannel(Image picture) {
        byte[] grey = new byte[picture.width() * picture.height()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = picture.pixels()[i * picture.channels()];
        }
        return grey;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("time", time.toString());
        json.put("producer", producer);
        origin.write(json);
        making.write(json);
        json.put("sha256", sha256);
        json.put("file", file);
        return json;
    }

    /// @throws IllegalArgumentException where it is not such a record
    static Content read(JsonNode json) {
        String id = json.path("id").asString("");
        if (!AiMark.isId(id)) {
            throw new IllegalArgumentException(
                    "the record's id is \"%s\": expected c- and 16 hexadecimal digits".formatted(id));
        }
        return new Content(
                id,
                time(json.path("time").asString("")),
                json.path("producer").asString(""),
                Origin.read(json),
                Making.read(json),
                json.path("sha256").asString(""),
                json.path("file").asString(""));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException broken) {
            throw new IllegalArgumentException(
                    "the record's time is \"%s\": expected the form 2026-01-31T12:00:00Z".formatted(text), broken);
        }
    }
}
