package dev.athanor.data.image;

import dev.athanor.data.Unusable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/// How files are laid out, where decoders do not look: whether all of it is there, and where EXIF stands.
final class Layout {
    private static final int PNG_BEGIN = 8;
    private static final int PNG_CHUNK = 12; // length, type, check

    private Layout() {}

    /// Refuses a file that breaks off, and a PNG whose checks do not fit: decoders would fill the rest with
    /// grey.
    static void check(Format format, byte[] bytes) throws Unusable {
        switch (format) {
            case PNG -> checkPng(bytes);
            case WEBP -> {
                long length = 8 + Integer.toUnsignedLong(little(bytes, 4));
                if (length > bytes.length) {
                    throw brokenOff(format, bytes, "it says it has %d".formatted(length));
                }
            }
            case GIF -> {
                if (bytes.length < 14) {
                    throw brokenOff(format, bytes, "no picture begins before");
                }
            }
            case JPEG -> checkJpeg(bytes);
            case BMP -> checkBmp(bytes);
        }
    }

    /// Behind the pixels stands the marker EOI; thumbnails in front of them have one of their own.
    private static void checkJpeg(byte[] bytes) throws Unusable {
        int pixels = segment(bytes, 0xDA, 2);
        for (int at = bytes.length - 2; pixels > 0 && at > pixels; at--) {
            if ((bytes[at] & 0xFF) == 0xFF && (bytes[at + 1] & 0xFF) == 0xD9) {
                return;
            }
        }
        throw brokenOff(Format.JPEG, bytes, "its end, the marker EOI, is missing");
    }

    private static void checkBmp(byte[] bytes) throws Unusable {
        if (bytes.length < 54) {
            throw brokenOff(Format.BMP, bytes, "its header has 54");
        }
        if (little(bytes, 14) >= 40) { // the headers before this one have 16 bits for each, which are no danger
            Decoder.checkSize(little(bytes, 18), Math.abs((long) little(bytes, 22)));
        }
    }

    private static void checkPng(byte[] bytes) throws Unusable {
        int at = PNG_BEGIN;
        boolean ended = false;
        while (!ended) {
            if (at + PNG_CHUNK > bytes.length) {
                throw brokenOff(Format.PNG, bytes, "its end, the chunk IEND, is missing");
            }
            long length = Integer.toUnsignedLong(big(bytes, at));
            String type = type(bytes, at + 4);
            if (at + PNG_CHUNK + length > bytes.length) {
                throw brokenOff(Format.PNG, bytes, "its chunk %s at byte %d has %d bytes".formatted(type, at, length));
            }
            if (Character.isUpperCase(type.charAt(0))) { // what may be left out may be wrong, too
                CRC32 check = new CRC32();
                check.update(bytes, at + 4, 4 + (int) length);
                if ((int) check.getValue() != big(bytes, at + 8 + (int) length)) {
                    throw new Unusable(
                            "is a damaged PNG file: the check of its chunk %s at byte %d is wrong".formatted(type, at),
                            "Fetch it again, or leave it out");
                }
            }
            if (type.equals("IHDR") && length == 13) {
                Decoder.checkSize(
                        Integer.toUnsignedLong(big(bytes, at + 8)), Integer.toUnsignedLong(big(bytes, at + 12)));
            }
            ended = type.equals("IEND");
            at += PNG_CHUNK + (int) length;
        }
    }

    private static Unusable brokenOff(Format format, byte[] bytes, String why) {
        return new Unusable(
                "is a %s file that breaks off after %d bytes: %s".formatted(format, bytes.length, why),
                "Fetch it again, or leave it out");
    }

    /// The EXIF block of a file: a TIFF header and what follows.
    static Optional<ByteBuffer> exif(Format format, byte[] bytes) {
        return switch (format) {
            case JPEG -> exifOfJpeg(bytes);
            case PNG -> exifOfChunks(bytes, PNG_BEGIN, ByteOrder.BIG_ENDIAN, "eXIf");
            case WEBP -> exifOfChunks(bytes, 12, ByteOrder.LITTLE_ENDIAN, "EXIF");
            case GIF, BMP -> Optional.empty();
        };
    }

    private static Optional<ByteBuffer> exifOfJpeg(byte[] bytes) {
        for (int at = segment(bytes, 0xE1, 2); at > 0; at = segment(bytes, 0xE1, at + 2 + length(bytes, at))) {
            if (Format.begins(bytes, at + 4, "Exif\0\0")) {
                return Optional.of(
                        ByteBuffer.wrap(bytes, at + 10, length(bytes, at) - 8).slice());
            }
        }
        return Optional.empty();
    }

    /// Where the next segment with a marker begins, among those before the pixels; -1 where there is none.
    private static int segment(byte[] bytes, int wanted, int from) {
        int at = from;
        while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
            int marker = bytes[at + 1] & 0xFF;
            int length = length(bytes, at);
            boolean whole = length >= 2 && at + 2 + length <= bytes.length;
            if (marker == wanted && whole) {
                return at;
            }
            if (marker == 0xDA || !whole) {
                return -1;
            }
            at += 2 + length;
        }
        return -1;
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    /// Chunks of PNG have a check behind them; those of RIFF stand at even bytes and name their type first.
    private static Optional<ByteBuffer> exifOfChunks(byte[] bytes, int begin, ByteOrder order, String wanted) {
        boolean png = order == ByteOrder.BIG_ENDIAN;
        long at = begin;
        while (at + 8 <= bytes.length) {
            int here = (int) at;
            long length = Integer.toUnsignedLong(png ? big(bytes, here) : little(bytes, here + 4));
            if (at + 8 + length > bytes.length) {
                return Optional.empty();
            }
            if (type(bytes, png ? here + 4 : here).equals(wanted)) {
                int skip = Format.begins(bytes, here + 8, "Exif\0\0") ? 6 : 0;
                return Optional.of(ByteBuffer.wrap(bytes, here + 8 + skip, (int) length - skip)
                        .slice());
            }
            at += png ? PNG_CHUNK + length : 8 + length + (length & 1);
        }
        return Optional.empty();
    }

    private static String type(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    private static int big(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private static int little(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }
}
