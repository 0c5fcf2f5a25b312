package dev.athanor.data.image;

/// Which size pictures get.
public sealed interface Frame {

    /// Their own.
    record Own() implements Frame {}

    /// All the same: the picture is shrunk or enlarged until it covers the frame, and what stands over is cut
    /// off on both sides alike.
    record Crop(int width, int height) implements Frame {
        public Crop {
            check(width, height);
        }
    }

    /// All the same: the picture is shrunk or enlarged until it fits into the frame, and the background fills
    /// the rest.
    record Pad(int width, int height) implements Frame {
        public Pad {
            check(width, height);
        }
    }

    /// All the same: the picture is shrunk or enlarged along each axis by itself.
    record Stretch(int width, int height) implements Frame {
        public Stretch {
            check(width, height);
        }
    }

    private static void check(int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > Decoder.MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "a frame of %d x %d pixels: expected at least 1 x 1, and at most %d pixels"
                            .formatted(width, height, Decoder.MOST_PIXELS));
        }
    }

    /// The picture in this frame.
    default Image of(Image image, Rgb background) {
        return switch (this) {
            case Own() -> image;
            case Crop(int width, int height) -> crop(image, width, height);
            case Pad(int width, int height) -> pad(image, width, height, background);
            case Stretch(int width, int height) ->
                Resampling.of(
                        image,
                        new Resampling.Axis(0, image.width(), width),
                        new Resampling.Axis(0, image.height(), height));
        };
    }

    private static Image crop(Image image, int width, int height) {
        double scale = Math.max((double) width / image.width(), (double) height / image.height());
        double across = Math.min(image.width(), width / scale);
        double down = Math.min(image.height(), height / scale);
        return Resampling.of(
                image,
                new Resampling.Axis((image.width() - across) / 2, across, width),
                new Resampling.Axis((image.height() - down) / 2, down, height));
    }

    private static Image pad(Image image, int width, int height, Rgb background) {
        double scale = Math.min((double) width / image.width(), (double) height / image.height());
        int across = Math.clamp(Math.round(image.width() * scale), 1, width);
        int down = Math.clamp(Math.round(image.height() * scale), 1, height);
        Image inner = Resampling.of(
                image, new Resampling.Axis(0, image.width(), across), new Resampling.Axis(0, image.height(), down));
        boolean filled = across == width && down == height;
        return filled ? inner : onto(inner, width, height, background);
    }

    private static Image onto(Image inner, int width, int height, Rgb background) {
        Image image = background.isGrey() ? inner : Shades.COLOR.of(inner);
        int channels = image.channels();
        byte[] pixels = new byte[width * height * channels];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) background.channel(i % channels);
        }
        int left = (width - image.width()) / 2;
        int top = (height - image.height()) / 2;
        int row = image.width() * channels;
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(image.pixels(), y * row, pixels, ((top + y) * width + left) * channels, row);
        }
        return new Image(width, height, channels, pixels);
    }
}
