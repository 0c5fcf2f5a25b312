package dev.athanor.generate.mark;

/// Whether a picture or sound tells people by itself that a model made it, beside the hidden mark for programs.
public enum Notice {
    NONE,
    /// A badge in the corner of a picture, tones before a sound.
    GIVEN
}
