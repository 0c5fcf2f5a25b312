package dev.athanor.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How the camera was held: tag 0x0112 of EXIF (CIPA DC-008, 4.6.4 A). What is stored is turned until it stands
/// upright.
///
/// @param value 1 upright, 2 mirrored, 3 upside down, 4 both, 5 to 8 the same lying on a side
record Orientation(int value) {
    private static final Orientation UPRIGHT = new Orientation(1);
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;

    /// What a file says; upright where it says nothing, or nothing that makes sense.
    static Orientation of(Format format, byte[] bytes) {
        return Layout.exif(format, bytes).map(Orientation::of).orElse(UPRIGHT);
    }

    private static Orientation of(ByteBuffer exif) {
        if (exif.capacity() < 8) {
            return UPRIGHT;
        }
        exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(exif.getInt(4));
        if (directory + 2 > exif.capacity()) {
            return UPRIGHT;
        }
        int entries = exif.getShort((int) directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > exif.capacity()) {
                return UPRIGHT;
            }
            int at = (int) entry;
            if ((exif.getShort(at) & 0xFFFF) == TAG && exif.getShort(at + 2) == SHORT) {
                int value = exif.getShort(at + 8);
                return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    Image turn(Image image) {
        if (value == 1) {
            return image;
        }
        boolean lying = value >= 5;
        int width = lying ? image.height() : image.width();
        int height = lying ? image.width() : image.height();
        int channels = image.channels();
        byte[] pixels = new byte[image.pixels().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = source(x, y, image) * channels;
                System.arraycopy(image.pixels(), from, pixels, (y * width + x) * channels, channels);
            }
        }
        return new Image(width, height, channels, pixels);
    }

    /// Where the pixel that is to stand at (x, y) is stored.
    private int source(int x, int y, Image stored) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        return switch (value) {
            case 2 -> y * stored.width() + right - x;
            case 3 -> (bottom - y) * stored.width() + right - x;
            case 4 -> (bottom - y) * stored.width() + x;
            case 5 -> x * stored.width() + y;
            case 6 -> (bottom - x) * stored.width() + y;
            case 7 -> (bottom - x) * stored.width() + right - y;
            case 8 -> x * stored.width() + right - y;
            default -> throw new IllegalStateException("upright is not turned");
        };
    }
}
