package dev.athanor.data.sound;

import dev.athanor.data.DataException;
import dev.athanor.data.Unusable;

/// Reads the bytes of a file as a sound: what it is, is told by how it begins.
public final class SoundReader {
    private static final int SHOWN = 12;
    private static final int RATE_IN_WAV = 24;
    private static final int RATE_IN_FLAC = 18;

    private SoundReader() {}

    /// @param bytes the whole file
    /// @throws Unusable for what is no sound, is truncated, damaged or empty, or claims what cannot be
    public static Recording read(byte[] bytes) throws Unusable {
        if (bytes.length == 0) {
            throw new Unusable("is empty: it has no bytes", Broken.AGAIN);
        }
        SoundFormat format = SoundFormat.of(bytes).orElseThrow(() -> unknown(bytes));
        Recording recording = switch (format) {
            case WAV -> Wav.read(bytes);
            case FLAC -> FlacReader.read(bytes);
            case MP3 -> Mp3.read(bytes);
            case OGG -> Ogg.read(bytes);
        };
        if (recording.sound().samples().length == 0) {
            throw new Unusable("holds no samples: it has a header and nothing behind it", "Record or write it again");
        }
        return recording;
    }

    /// The same for a file, or a sample, with a name.
    ///
    /// @throws DataException naming it, for what [#read(byte[])] does not take
    public static Recording read(String name, byte[] bytes) {
        try {
            return read(bytes);
        } catch (Unusable refused) {
            throw new DataException("%s %s. %s".formatted(name, refused.reason(), refused.remedy()), refused);
        }
    }

    /// What a sound is like, so that a dataset can count it: `8000 Hz`.
    ///
    /// @param bytes that [Wav] or [Flac] wrote
    public static String form(byte[] bytes) {
        boolean flac = bytes.length > RATE_IN_FLAC + 3 && Bytes.has(bytes, 0, "fLaC");
        if (!flac && bytes.length < RATE_IN_WAV + 4) {
            return "";
        }
        return (flac ? Bytes.big(bytes, RATE_IN_FLAC, 3) >> 4 : Bytes.little(bytes, RATE_IN_WAV, 4)) + " Hz";
    }

    private static Unusable unknown(byte[] bytes) {
        StringBuilder beginning = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, bytes.length); i++) {
            beginning.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
        }
        return new Unusable(
                "is no sound, whatever its name says: it begins with \"%s\"".formatted(beginning),
                "Expected WAV, FLAC, MP3 or Ogg Vorbis: convert it to one of these, or leave it out");
    }
}
