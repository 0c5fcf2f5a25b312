package dev.athanor.generate.image;

import dev.athanor.data.image.Image;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.UNet;
import dev.athanor.torch.Engine;
import java.util.List;

/// Makes pictures with a model, and works on given ones as far as its family can. Owns native memory: close it.
public sealed interface ImageGenerator extends AutoCloseable permits DiffusionGenerator, LatentGenerator {

    /// @throws IllegalArgumentException where the model makes no pictures
    static ImageGenerator open(ModelFolder folder, Engine engine) {
        folder.images();
        return switch ((ImageConfig) folder.config()) {
            case UNet.Config _ -> DiffusionGenerator.of(folder, engine);
            case ImageVae.Config _, ImageGan.Config _ -> LatentGenerator.of(folder, engine);
            case SoundCodec.Config _ ->
                throw new IllegalArgumentException(
                        "the model %s is an audio-codec, which makes sounds: ask one of the families image-diffusion, image-gan and image-vae for pictures"
                                .formatted(folder.name()));
            case ImageClassifier.Config _ ->
                throw new IllegalArgumentException(
                        "the model %s is an image-classifier, which judges pictures and makes none: ask one of the families image-diffusion, image-gan and image-vae"
                                .formatted(folder.name()));
        };
    }

    ImageShape shape();

    /// Whether a picture comes out of noise in steps, so that the request's denoising counts.
    boolean isStepwise();

    /// Is shown a batch of pictures on their way.
    @FunctionalInterface
    interface Frames {
        /// @param pictures what the model takes the first pictures of the request to be after a step
        void show(List<Image> pictures);
    }

    /// Pictures from noise.
    List<Image> generate(ImageRequest request, Frames frames);

    /// The same as numbers: (channels, height, width) each, from about -1 to 1.
    List<float[]> planes(ImageRequest request);

    /// The given picture made anew.
    ///
    /// @param strength how much of it is given up, from 0, which leaves it as it is, to 1, which leaves
    ///     nothing of it
    /// @throws IllegalArgumentException where the model cannot read pictures
    List<Image> vary(ImageRequest request, Image source, double strength);

    /// The given picture with a region made anew; the rest stays as it is.
    ///
    /// @param mask of the same size, bright where something new shall be
    /// @throws IllegalArgumentException where the model can only make whole pictures
    List<Image> fill(ImageRequest request, Image source, Image mask);

    /// A picture of the model's size that shrinks to the given one.
    ///
    /// @throws IllegalArgumentException where the model can only make whole pictures
    List<Image> enlarge(ImageRequest request, Image small);

    /// From one picture to another: `count` pictures, the ends among them.
    ///
    /// @throws IllegalArgumentException where the model cannot read pictures
    List<Image> between(ImageRequest request, Image from, Image to);

    @Override
    void close();
}
