package dev.athanor.generate.show;

import dev.athanor.data.image.Image;

/// Pictures that are too small to see, each pixel as a square of pixels.
public final class Enlarged {
    private Enlarged() {}

    /// @param times how many pixels wide and high each pixel becomes, at least 1
    public static Image of(Image picture, int times) {
        int width = Math.multiplyExact(picture.width(), times);
        int height = Math.multiplyExact(picture.height(), times);
        int channels = picture.channels();
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y / times * picture.width() + x / times) * channels;
                System.arraycopy(picture.pixels(), from, pixels, (y * width + x) * channels, channels);
            }
        }
        return new Image(width, height, channels, pixels);
    }

    /// How many times a picture has to grow so that its longer side has at least so many pixels.
    static int timesToReach(Image picture, int side) {
        return Math.ceilDiv(side, Math.max(picture.width(), picture.height()));
    }
}
