package dev.athanor.generate.mark;

import dev.athanor.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes of a file, read at given places; every refusal names the file and the byte.
///
/// @param name what to call the file
record FileBytes(byte[] bytes, String name) {

    boolean startsWith(byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /// Refuses a file that begins otherwise.
    void expect(byte[] start, String kind) {
        if (!startsWith(start)) {
            HexFormat hex = HexFormat.ofDelimiter(" ");
            throw new DataException("%s is no %s file: it begins with %s, expected %s"
                    .formatted(
                            name,
                            kind,
                            bytes.length == 0
                                    ? "nothing"
                                    : hex.formatHex(bytes, 0, Math.min(start.length, bytes.length)),
                            hex.formatHex(start)));
        }
    }

    int length() {
        return bytes.length;
    }

    int at(int place) {
        need(place, 1, "the next block");
        return bytes[place] & 0xFF;
    }

    long unsignedBigEndian(int place) {
        need(place, 4, "a length");
        return ByteBuffer.wrap(bytes).getInt(place) & 0xFFFFFFFFL;
    }

    long unsignedLittleEndian(int place) {
        need(place, 4, "a length");
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(place) & 0xFFFFFFFFL;
    }

    String latin(int place, int count) {
        need(place, count, "a name");
        return new String(bytes, place, count, StandardCharsets.ISO_8859_1);
    }

    /// Refuses a file that ends within what should follow.
    void need(int place, long count, String what) {
        if (place + count > bytes.length) {
            throw new DataException(
                    "%s breaks off: %s at byte %d needs %d bytes and %d are left. Get the whole file again"
                            .formatted(name, what, place, count, Math.max(0, bytes.length - place)));
        }
    }

    DataException broken(int place, String words) {
        return new DataException("%s is damaged at byte %d: %s".formatted(name, place, words));
    }
}
