package dev.athanor.data.sound;

import java.util.Locale;
import java.util.Optional;

/// The forms of file that a sound can be read from, known by how they begin, whatever they are called.
public enum SoundFormat {
    WAV,
    FLAC,
    MP3,
    /// Vorbis in Ogg.
    OGG;

    /// How names of such files end.
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
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
