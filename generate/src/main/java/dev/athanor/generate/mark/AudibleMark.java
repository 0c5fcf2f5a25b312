package dev.athanor.generate.mark;

import dev.athanor.data.sound.Sound;
import java.util.Arrays;

/// The mark that people hear: "AI" in Morse code before a sound, short long, short short, the rhythm that GB
/// 45438-2025 allows for audio.
public final class AudibleMark {
    /// A short tone, in seconds; ITU-R M.1677 sets a long one, and the gap between letters, to three of them.
    private static final double SHORT = 0.1;

    private static final double PITCH = 700;
    private static final double LOUDNESS = 0.15;

    /// How long a tone takes to come and to go, so that it does not click.
    private static final double EDGE = 0.008;

    /// Tones are positive, silences negative, in lengths of a short tone.
    private static final int[] AI = {1, -1, 3, -3, 1, -1, 1, -5};

    private AudibleMark() {}

    /// The sound with the tones before it.
    public static Sound before(Sound sound) {
        int unit = Math.max(1, (int) Math.round(SHORT * sound.rate()));
        int length = unit * Arrays.stream(AI).map(Math::abs).sum();
        float[] samples = new float[length + sound.samples().length];
        int place = 0;
        for (int part : AI) {
            int count = Math.abs(part) * unit;
            if (part > 0) {
                tone(samples, place, count, sound.rate());
            }
            place += count;
        }
        System.arraycopy(sound.samples(), 0, samples, length, sound.samples().length);
        return new Sound(sound.rate(), samples);
    }

    private static void tone(float[] samples, int start, int count, int rate) {
        double pitch = Math.min(PITCH, rate / 4.0); // below what a very low rate can hold
        for (int i = 0; i < count; i++) {
            double fromEdge = Math.min(i, count - 1 - i) / (EDGE * rate);
            double swell = fromEdge >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * fromEdge);
            samples[start + i] = (float) (LOUDNESS * swell * Math.sin(2 * Math.PI * pitch * i / rate));
        }
    }
}
