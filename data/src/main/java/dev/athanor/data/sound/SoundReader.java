package dev.athanor.data.sound;

import dev.athanor.data.DataException;

/// Reads the bytes of a file as a sound: what it is, is told by how it begins.
public final class SoundReader {
    private static final int SHOWN = 12;

    private SoundReader() {}

    /// @param name of the file, for messages
    /// @param bytes the whole file
    /// @throws DataException where it is no sound, is truncated, damaged or empty, or claims what cannot be
    public static Recording read(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw new DataException("%s is empty: it has no bytes. Copy or write it again".formatted(name));
        }
        SoundFormat format = SoundFormat.of(bytes).orElseThrow(() -> unknown(name, bytes));
        Recording recording = switch (format) {
            case WAV -> Wav.read(name, bytes);
            case FLAC -> FlacReader.read(name, bytes);
            case MP3 -> Mp3.read(name, bytes);
            case OGG -> Ogg.read(name, bytes);
        };
        if (recording.sound().samples().length == 0) {
            throw new DataException(
                    "%s holds no samples: it has a header and nothing behind it. Record or write it again"
                            .formatted(name));
        }
        return recording;
    }

    private static DataException unknown(String name, byte[] bytes) {
        StringBuilder beginning = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, bytes.length); i++) {
            beginning.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
        }
        return new DataException(
                "%s is no sound, whatever its name says: it begins with \"%s\". Expected WAV, FLAC, MP3 or Ogg Vorbis"
                        .formatted(name, beginning));
    }
}
