package dev.athanor.data.image;

import java.util.Arrays;
import java.util.Objects;

/// A picture in memory.
///
/// @param width in pixels
/// @param height in pixels
/// @param channels 1: grey, 3: red, green, blue
/// @param pixels row by row from the top, the channels of a pixel side by side, each from 0 to 255 without
///     sign; not copied, so do not change it
public record Image(int width, int height, int channels, byte[] pixels) {
    public Image {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d pixels: expected at least 1 x 1".formatted(width, height));
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "a picture with %d channels: expected 1 for grey or 3 for colour".formatted(channels));
        }
        if (pixels.length != width * height * channels) {
            throw new IllegalArgumentException("a picture of %d x %d pixels with %d channels has %d numbers, not %d"
                    .formatted(width, height, channels, width * height * channels, pixels.length));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image(int w, int h, int c, byte[] p)
                && width == w
                && height == h
                && channels == c
                && Arrays.equals(pixels, p);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, channels, Arrays.hashCode(pixels));
    }

    @Override
    public String toString() {
        return "%dx%d %s".formatted(width, height, channels == 1 ? "grey" : "colour");
    }

    /// One number of a pixel, from 0 to 255.
    public int at(int x, int y, int channel) {
        return pixels[(y * width + x) * channels + channel] & 0xFF;
    }
}
