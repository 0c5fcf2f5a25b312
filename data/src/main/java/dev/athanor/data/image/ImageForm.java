package dev.athanor.data.image;

/// What pictures are made into when they are imported.
///
/// @param background what shows through where a picture is transparent, and fills what [Frame.Pad] adds
public record ImageForm(Frame frame, Shades shades, Rgb background) {
    /// Size and shades as they are, on white.
    public static final ImageForm SOURCE = new ImageForm(new Frame.Own(), Shades.KEEP, Rgb.WHITE);

    public ImageForm withFrame(Frame other) {
        return new ImageForm(other, shades, background);
    }

    public ImageForm withShades(Shades other) {
        return new ImageForm(frame, other, background);
    }

    public ImageForm withBackground(Rgb other) {
        return new ImageForm(frame, shades, other);
    }

    public Image of(Image image) {
        return shades.of(frame.of(image, background));
    }
}
