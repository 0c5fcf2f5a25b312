package dev.athanor.data.sound;

import dev.athanor.data.Unusable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// WAV files: read with whole numbers of 8 to 32 bits, floating point and the two telephone codes of ITU-T
/// G.711; written with 16 bits.
public final class Wav {
    private static final int HEADER = 44;
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xfffe;

    private Wav() {}

    /// How one sample is stored.
    private record Coding(int tag, int bits, int rate, int channels) {
        String words() {
            return switch (tag) {
                case FLOAT -> bits + " bits, floating point";
                case A_LAW -> "8 bits, A-law";
                case MU_LAW -> "8 bits, mu-law";
                default -> bits + " bits";
            };
        }

        boolean isKnown() {
            return switch (tag) {
                case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
                case FLOAT -> bits == 32 || bits == 64;
                case A_LAW, MU_LAW -> bits == 8;
                default -> false;
            };
        }
    }

    /// One channel, 16 bits; louder than full scale is cut off.
    public static byte[] write(Sound sound) {
        int size = 2 * sound.samples().length;
        ByteBuffer out = ByteBuffer.allocate(HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(HEADER - 8 + size);
        out.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16);
        out.putShort((short) PCM).putShort((short) 1).putInt(sound.rate()).putInt(2 * sound.rate());
        out.putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(size);
        for (short value : shorts(sound)) {
            out.putShort(value);
        }
        return out.array();
    }

    /// Samples as whole numbers of 16 bits.
    static short[] shorts(Sound sound) {
        short[] values = new short[sound.samples().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) Math.clamp(Math.round(sound.samples()[i] * 32768.0), -32768, 32767);
        }
        return values;
    }

    static Recording read(byte[] bytes) throws Unusable {
        int at = 12; // behind RIFF, its size, WAVE
        Coding coding = null;
        while (at + 8 <= bytes.length) {
            String chunk = Bytes.letters(bytes, at, 4);
            long size = Bytes.little(bytes, at + 4, 4);
            at += 8;
            if (chunk.equals("data")) {
                if (coding == null) {
                    throw Broken.header("has samples before it says what they are");
                }
                return samples(bytes, at, size, coding);
            }
            if (at + size > bytes.length) {
                break;
            }
            if (chunk.equals("fmt ")) {
                coding = coding(bytes, at, size);
            }
            at += (int) (size + (size & 1));
        }
        throw Broken.truncated(bytes.length);
    }

    private static Coding coding(byte[] bytes, int at, long size) throws Unusable {
        if (size < 16) {
            throw Broken.header("describes its samples in %d bytes: expected 16 or more".formatted(size));
        }
        int tag = (int) Bytes.little(bytes, at, 2);
        if (tag == EXTENSIBLE && size >= 40) {
            tag = (int) Bytes.little(bytes, at + 24, 2);
        }
        Coding coding =
                new Coding(tag, (int) Bytes.little(bytes, at + 14, 2), (int) Bytes.little(bytes, at + 4, 4), (int)
                        Bytes.little(bytes, at + 2, 2));
        if (!coding.isKnown()) {
            throw new Unusable(
                    "is stored in form %d with %d bits: expected whole numbers of 8, 16, 24 or 32 bits, floating point, A-law or mu-law"
                            .formatted(tag, coding.bits()),
                    "Convert it to 16 bits");
        }
        return coding;
    }

    private static Recording samples(byte[] bytes, int at, long size, Coding coding) throws Unusable {
        int step = coding.bits() / 8;
        Shape shape = Shape.checked(coding.rate(), coding.channels(), size / step / Math.max(1, coding.channels()));
        if (size > bytes.length - at) {
            throw new Unusable(
                    "claims %d bytes of samples and has %d: it is truncated, or was never finished"
                            .formatted(size, bytes.length - at),
                    Broken.AGAIN);
        }
        Mono mono = new Mono(shape);
        int end = at + (int) (shape.frames() * shape.channels() * step);
        for (int i = at; i < end; i += step) {
            mono.add(sample(bytes, i, coding));
        }
        return Recording.of(mono.sound(0, mono.count()), SoundFormat.WAV, coding.channels(), coding.words());
    }

    private static float sample(byte[] bytes, int at, Coding coding) {
        int high = 32 - coding.bits();
        return switch (coding.tag()) {
            case FLOAT ->
                coding.bits() == 32
                        ? Float.intBitsToFloat((int) Bytes.little(bytes, at, 4))
                        : (float) Double.longBitsToDouble(
                                Bytes.little(bytes, at + 4, 4) << 32 | Bytes.little(bytes, at, 4));
            case A_LAW -> aLaw(bytes[at]);
            case MU_LAW -> muLaw(bytes[at]);
            default ->
                coding.bits() == 8
                        ? ((bytes[at] & 0xff) - 128) / 128f // alone in having no sign
                        : ((int) Bytes.little(bytes, at, coding.bits() / 8) << high) / (float) (1L << 31);
        };
    }

    /// ITU-T G.711, table 1: sign, three bits of exponent, four of fraction, every second bit turned over.
    private static float aLaw(byte code) {
        int bits = code ^ 0x55;
        int exponent = bits >> 4 & 7;
        int size = exponent == 0 ? (bits & 15) << 1 | 1 : ((bits & 15) << 1 | 33) << exponent - 1;
        return ((bits & 0x80) != 0 ? size : -size) / 4096f;
    }

    /// ITU-T G.711, table 2: as A-law, all bits turned over, the levels moved by 33.
    private static float muLaw(byte code) {
        int bits = ~code;
        int size = (((bits & 15) << 1 | 33) << (bits >> 4 & 7)) - 33;
        return ((bits & 0x80) != 0 ? -size : size) / 8192f;
    }
}
