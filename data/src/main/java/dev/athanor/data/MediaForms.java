package dev.athanor.data;

import dev.athanor.data.image.ImageForm;
import dev.athanor.data.sound.Preparation;

/// What pictures and sounds are made into when they are imported.
public record MediaForms(ImageForm images, Preparation sounds) {
    /// Pictures as they are, sounds as training takes them.
    public static final MediaForms USUAL = new MediaForms(ImageForm.SOURCE, Preparation.USUAL);

    public MediaForms withImages(ImageForm other) {
        return new MediaForms(other, sounds);
    }

    public MediaForms withSounds(Preparation other) {
        return new MediaForms(images, other);
    }
}
