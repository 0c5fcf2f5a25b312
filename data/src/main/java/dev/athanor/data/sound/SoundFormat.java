package dev.athanor.data.sound;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The forms of file that a sound can be read from, known by how they begin, whatever they are called.
public enum SoundFormat {
    WAV,
    FLAC,
    MP3,
    /// Vorbis in Ogg.
    OGG;

    private static final List<String> NAMES =
            List.of("wav", "wave", "flac", "mp3", "ogg", "oga", "opus", "m4a", "aac", "aif", "aiff", "wma", "amr");

    /// How names of such files end.
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a file's name is that of a sound, of one that is not read, too: so that it is told and not
    /// passed over.
    public static boolean isNamed(String path) {
        String end = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return NAMES.contains(end);
    }

    /// What a file is, by its first bytes; a dozen are enough.
    public static Optional<SoundFormat> of(byte[] bytes) {
        if (Bytes.has(bytes, 0, "RIFF") && Bytes.has(bytes, 8, "WAVE")) {
            return Optional.of(WAV);
        }
        if (Bytes.has(bytes, 0, "fLaC")) {
            return Optional.of(FLAC);
        }
        if (Bytes.has(bytes, 0, "OggS")) {
            return Optional.of(OGG);
        }
        // Layer III alone: FF FE, which would be layer I, is how UTF-16 text begins.
        return Bytes.has(bytes, 0, "ID3") || Mp3Frames.begins(bytes, 0) ? Optional.of(MP3) : Optional.empty();
    }
}
