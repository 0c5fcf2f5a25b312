package dev.athanor.generate.sound;

import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Spectrogram;

/// A vocoder: finds a sound for a spectrogram, which says how strong each frequency is but not where its waves
/// stand.
@FunctionalInterface
public interface Voice {
    Sound sound(Spectrogram spectrogram);
}
