package dev.athanor.evaluate.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a file is by its first bytes, whatever it is called: only kinds that browsers show or play are let
/// in, and none that can carry a script.
final class Media {
    private Media() {}

    static String picture(byte[] file, String caption) {
        if (has(file, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (has(file, 0, "GIF8")) {
            return "image/gif";
        }
        if (has(file, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (has(file, 0, "RIFF") && has(file, 8, "WEBP")) {
            return "image/webp";
        }
        throw new IllegalArgumentException(
                "the picture \"%s\" is no PNG, JPEG, GIF or WebP file: give the bytes of one".formatted(caption));
    }

    static String sound(byte[] file, String caption) {
        if (has(file, 0, "RIFF") && has(file, 8, "WAVE")) {
            return "audio/wav";
        }
        if (has(file, 0, "fLaC")) {
            return "audio/flac";
        }
        if (has(file, 0, "OggS")) {
            return "audio/ogg";
        }
        boolean frame = file.length > 1 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xE0) == 0xE0; // MPEG's sync word
        if (frame || has(file, 0, "ID3")) {
            return "audio/mpeg";
        }
        throw new IllegalArgumentException(
                "the sound \"%s\" is no WAV, FLAC, MP3 or OGG file: give the bytes of one".formatted(caption));
    }

    static String dataUri(String type, byte[] file) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file);
    }

    /// Pixels from left to right where the head of the file says so plainly, or 0.
    static int width(byte[] file) {
        if (has(file, 0, "\u0089PNG") && file.length > 20) {
            return (file[16] & 0xFF) << 24 | (file[17] & 0xFF) << 16 | (file[18] & 0xFF) << 8 | file[19] & 0xFF;
        }
        if (has(file, 0, "GIF8") && file.length > 8) {
            return (file[7] & 0xFF) << 8 | file[6] & 0xFF;
        }
        return 0;
    }

    private static boolean has(byte[] file, int at, String bytes) {
        byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
        if (file.length < at + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (file[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
