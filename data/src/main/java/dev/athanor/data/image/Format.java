package dev.athanor.data.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The formats that can be read, told by a file's first bytes: what its name ends in does not matter.
public enum Format {
    PNG,
    JPEG,
    GIF,
    BMP,
    WEBP;

    /// How ends of names are written, for finding pictures in folders.
    public static boolean isNamed(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.matches(".*\\.(png|jpe?g|jfif|gif|bmp|webp)");
    }

    /// The format of a file that begins so.
    public static Optional<Format> of(byte[] head) {
        if (begins(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (begins(head, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (begins(head, 0, "GIF87a") || begins(head, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (begins(head, 0, "RIFF") && begins(head, 8, "WEBP")) {
            return Optional.of(WEBP);
        }
        // "BM" also begins words: behind it, four bytes of zero stand at 6.
        return begins(head, 0, "BM") && begins(head, 6, "\0\0\0\0") ? Optional.of(BMP) : Optional.empty();
    }

    /// What else a file looks like, for people.
    static String guess(byte[] head) {
        if (head.length == 0) {
            return "an empty file";
        }
        if (begins(head, 0, "II*\0") || begins(head, 0, "MM\0*")) {
            return "a TIFF file";
        }
        if (begins(head, 4, "ftyp")) {
            return begins(head, 8, "avif") ? "an AVIF file" : "a HEIC or MP4 file";
        }
        if (begins(head, 0, "%PDF")) {
            return "a PDF file";
        }
        if (begins(head, 0, "PK\3\4")) {
            return "a zip";
        }
        if (begins(head, 0, "version https://git-lfs")) {
            return "a pointer of Git LFS, not the picture itself";
        }
        String start = new String(head, 0, Math.min(head.length, 256), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (start.startsWith("<svg") || start.startsWith("<?xml")) {
            return "an SVG or XML file";
        }
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "a web page";
        }
        boolean text = start.chars().allMatch(c -> c >= 32 || c == '\n' || c == '\r' || c == '\t');
        return text ? "text" : "something else";
    }

    static boolean begins(byte[] bytes, int at, String expected) {
        if (bytes.length < at + expected.length()) {
            return false;
        }
        for (int i = 0; i < expected.length(); i++) {
            if ((bytes[at + i] & 0xFF) != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
