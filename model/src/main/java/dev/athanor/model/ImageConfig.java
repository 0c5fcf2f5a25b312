package dev.athanor.model;

/// What a model of pictures is. A spectrogram is a picture of one channel, so models of sounds are among them.
public sealed interface ImageConfig extends ModelConfig
        permits UNet.Config, ImageClassifier.Config, ImageVae.Config, ImageGan.Config, SoundCodec.Config {

    /// The pictures it reads or makes.
    ImageShape shape();

    /// In rough, how many numbers one picture leaves behind on its way through the model while it is trained.
    long activations();

    /// What its loss on the validation split is, in words.
    String loss();

    @Override
    ImageModel open();
}
