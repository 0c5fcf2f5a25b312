package dev.athanor.model;

/// A model that makes sounds of spectrograms.
public sealed interface SoundModel extends Network permits Vocoder {

    @Override
    SoundConfig config();
}
