package dev.athanor.data;

import dev.athanor.data.image.ImageForm;

/// What pictures and sounds are made into when they are imported.
public record MediaForms(ImageForm images) {
    /// As they are.
    public static final MediaForms SOURCE = new MediaForms(ImageForm.SOURCE);
}
