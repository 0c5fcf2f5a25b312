package dev.athanor.model;

/// The captions that a model is told in.
///
/// @param vocabulary token ids, of which 0 fills the room behind a caption; 0: the model knows no captions
/// @param length tokens of the longest caption
public record CaptionShape(int vocabulary, int length) {
    public static final CaptionShape NONE = new CaptionShape(0, 0);

    public CaptionShape {
        if (vocabulary != 0 || length != 0) {
            Sizes.positive("vocabulary of captions", vocabulary);
            Sizes.positive("length of captions", length);
        }
    }

    public boolean isUsed() {
        return vocabulary > 0;
    }
}
