package dev.athanor.model;

/// A model of pictures.
public sealed interface ImageModel extends Network permits UNet, ImageClassifier, ImageVae, ImageGan, SoundCodec {

    @Override
    ImageConfig config();
}
