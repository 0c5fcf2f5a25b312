package dev.athanor.train;

import dev.athanor.data.Sample;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.model.SoundForm;
import java.util.Arrays;

/// How long and how loud the sounds of a dataset are.
final class SoundSpans {
    /// Of all sounds: the few that are longer are cut, rather than that all others end in silence.
    private static final double SHARE = 0.98;

    private static final int LONGEST = 512; // frames

    private int rate;
    private int[] frames = new int[64];
    private int count;
    private float loudest = Float.NEGATIVE_INFINITY;

    void listen(Sample sample) {
        Sound sound = SoundReader.read(sample.origin(), sample.media().bytes()).sound();
        if (count == 0) {
            rate = sound.rate();
        }
        if (sound.rate() != rate) {
            throw new IllegalArgumentException(
                    "%s has %d samples a second and the sounds before it %d: import them at one rate, with --rate %d"
                            .formatted(sample.origin(), sound.rate(), rate, rate));
        }
        Spectrogram spectrogram = Spectrogram.of(sound, MelSettings.forRate(rate));
        for (float value : spectrogram.values()) {
            loudest = Math.max(loudest, value);
        }
        if (count == frames.length) {
            frames = Arrays.copyOf(frames, 2 * count);
        }
        frames[count++] = spectrogram.frames();
    }

    int rate() {
        return rate;
    }

    long count() {
        return count;
    }

    /// @param factor that the frames must be a multiple of
    SoundForm form(int factor) {
        int[] sorted = Arrays.copyOf(frames, count);
        Arrays.sort(sorted);
        int usual = Math.min(LONGEST, sorted[(int) (SHARE * (count - 1))]);
        return new SoundForm(MelSettings.forRate(rate), Math.ceilDiv(usual, factor) * factor, loudest);
    }
}
