package dev.athanor.model;

import dev.athanor.data.sound.MelSettings;

/// What a model that makes sounds of spectrograms is.
public sealed interface SoundConfig extends ModelConfig permits Vocoder.Config {

    /// How the spectrograms are made that it reads.
    MelSettings mel();

    /// In rough, how many numbers one frame leaves behind on its way through the model while it is trained.
    long activations();

    @Override
    SoundModel open();
}
