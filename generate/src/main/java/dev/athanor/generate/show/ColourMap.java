package dev.athanor.generate.show;

import dev.athanor.data.image.Image;

/// Numbers as colours, so that equal steps look equal. The control points of viridis and magma are every 17th
/// of the 256 colours that Nathaniel Smith and Stefan van der Walt published for matplotlib (2015, CC0); a
/// curve through them (Catmull and Rom 1974) is at most 4 of 255 from the rest.
public enum ColourMap {
    GREY("000000", "ffffff"),
    VIRIDIS(
            "440154", "481a6c", "472f7d", "414487", "39568c", "31688e", "2a788e", "23888e", "1f988b", "22a884",
            "35b779", "54c568", "7ad151", "a5db36", "d2e21b", "fde725"),
    MAGMA(
            "000004", "0b0924", "20114b", "3b0f70", "57157e", "721f81", "8c2981", "a8327d", "c43c75", "de4968",
            "f1605d", "fa7f5e", "fe9f6d", "febf84", "fddea0", "fcfdbf");

    private static final int LEVELS = 256;

    private final int[] points;

    ColourMap(String... points) {
        this.points = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            this.points[i] = Integer.parseInt(points[i], 16);
        }
    }

    /// Which numbers get the first and the last colour; what lies outside gets the same.
    public record Range(float lowest, float highest) {
        public Range {
            if (!(lowest <= highest) || Float.isInfinite(lowest) || Float.isInfinite(highest)) {
                throw new IllegalArgumentException("colours from %s to %s: expected two finite numbers, the lower first"
                        .formatted(lowest, highest));
            }
        }

        /// From the lowest to the highest number of a matrix.
        public static Range of(float[][] columns) {
            float lowest = Float.POSITIVE_INFINITY;
            float highest = Float.NEGATIVE_INFINITY;
            for (float[] column : columns) {
                for (float value : column) {
                    lowest = Math.min(lowest, value); // NaN stays NaN, and is refused above
                    highest = Math.max(highest, value);
                }
            }
            return new Range(lowest, highest);
        }

        /// From 0 at the lowest to 1 at the highest; 0 where they are the same.
        private double share(float value) {
            return highest > lowest ? Math.clamp(((double) value - lowest) / ((double) highest - lowest), 0, 1) : 0;
        }
    }

    /// A matrix as a picture, one pixel a number.
    ///
    /// @param columns one array for each column from the left, as the frames of a spectrogram come, each from
    ///     the bottom up, as its bands do; all of one length
    public Image picture(float[][] columns, Range range) {
        int width = columns.length;
        int height = width == 0 ? 0 : columns[0].length;
        if (width == 0 || height == 0) {
            throw new IllegalArgumentException(
                    "a matrix of %d columns of %d numbers has nothing to show: expected at least one of one"
                            .formatted(width, height));
        }
        byte[] colours = table();
        byte[] pixels = new byte[width * height * 3];
        for (int x = 0; x < width; x++) {
            if (columns[x].length != height) {
                throw new IllegalArgumentException(
                        "column %d has %d numbers and column 0 has %d: expected as many in each"
                                .formatted(x, columns[x].length, height));
            }
            for (int y = 0; y < height; y++) {
                float value = columns[x][height - 1 - y];
                if (Float.isNaN(value)) {
                    throw new IllegalArgumentException(
                            "number %d of column %d is NaN, which has no colour: expected a number"
                                    .formatted(height - 1 - y, x));
                }
                int level = (int) Math.round(range.share(value) * (LEVELS - 1));
                System.arraycopy(colours, 3 * level, pixels, 3 * (y * width + x), 3);
            }
        }
        return new Image(width, height, 3, pixels);
    }

    private byte[] table() {
        byte[] table = new byte[3 * LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            for (int channel = 0; channel < 3; channel++) {
                double value = curve((points.length - 1.0) * level / (LEVELS - 1), channel);
                table[3 * level + channel] = (byte) Math.clamp(Math.round(value), 0, 255);
            }
        }
        return table;
    }

    private double curve(double place, int channel) {
        int start = Math.min((int) place, points.length - 2);
        double f = place - start;
        double a = point(start - 1, channel);
        double b = point(start, channel);
        double c = point(start + 1, channel);
        double d = point(start + 2, channel);
        return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)));
    }

    /// A control point; before the first and behind the last the line goes on straight.
    private double point(int index, int channel) {
        int last = points.length - 1;
        if (index < 0) {
            return 2 * point(0, channel) - point(1, channel);
        }
        return index > last
                ? 2 * point(last, channel) - point(last - 1, channel)
                : points[index] >> 16 - 8 * channel & 0xFF;
    }
}
