package dev.athanor.model;

import dev.athanor.data.Sample;
import dev.athanor.data.image.Png;
import dev.athanor.data.sound.SoundReader;

/// Samples of a dataset as a model of pictures sees them: (channels, height, width) from -1 to 1.
@FunctionalInterface
public interface ImageSource {
    float[] planes(Sample sample);

    /// Pictures at the size and in the colours of a shape, or the spectrograms of sounds.
    static ImageSource of(ImageFormat format, ImageShape shape) {
        return format.sound()
                .<ImageSource>map(form -> sample -> form.planes(
                        SoundReader.read(sample.origin(), sample.media().bytes())
                                .sound()))
                .orElse(sample -> shape.planes(Png.read(sample.media().bytes())));
    }
}
