package dev.athanor.data.sound;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers and words at a place in bytes.
final class Bytes {
    private Bytes() {}

    /// Whether these letters stand here.
    static boolean has(byte[] bytes, int at, String letters) {
        byte[] wanted = letters.getBytes(StandardCharsets.ISO_8859_1);
        return at >= 0
                && at + wanted.length <= bytes.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    static String letters(byte[] bytes, int at, int count) {
        return new String(bytes, at, count, StandardCharsets.ISO_8859_1);
    }

    /// An unsigned number of one to four bytes, the lowest first.
    static long little(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    /// An unsigned number of one to four bytes, the highest first.
    static long big(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }
}
