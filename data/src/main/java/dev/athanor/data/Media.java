package dev.athanor.data;

import java.util.Arrays;

/// The picture or sound of a sample, as the bytes of a file: PNG for pictures, WAV of 16 bits or FLAC for
/// sounds.
///
/// @param bytes of the file; not copied, so do not change it
/// @param path what the file was called where it came from, for people
public record Media(byte[] bytes, String path) {
    /// That of a text.
    public static final Media NONE = new Media(new byte[0], "");

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Media(byte[] otherBytes, String otherPath)
                && Arrays.equals(bytes, otherBytes)
                && path.equals(otherPath);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + path.hashCode();
    }

    @Override
    public String toString() {
        return "%s (%d bytes)".formatted(path, bytes.length);
    }
}
