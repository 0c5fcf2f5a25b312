package dev.athanor.data.duplicate;

import dev.athanor.data.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What people know a sample by.
///
/// @param text its beginning
public record Named(String id, String origin, String text) {
    private static final int SHOWN = 160;

    static Named of(Sample sample) {
        String text = sample.textOrRow();
        return new Named(sample.id(), sample.origin(), beginning(text, 0, text.length()));
    }

    /// A part of a text, or the beginning of a long one.
    static String beginning(String text, int from, int to) {
        if (to - from <= SHOWN) {
            return text.substring(from, to);
        }
        int end = from + SHOWN;
        return text.substring(from, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + " ...";
    }

    /// As it was written by [#toBytes].
    public static Named of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Named(text(buffer), text(buffer), text(buffer));
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.getInt()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    byte[] toBytes() {
        byte[][] parts = {utf8(id), utf8(origin), utf8(text)};
        ByteBuffer buffer =
                ByteBuffer.allocate(3 * Integer.BYTES + parts[0].length + parts[1].length + parts[2].length);
        for (byte[] part : parts) {
            buffer.putInt(part.length).put(part);
        }
        return buffer.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
