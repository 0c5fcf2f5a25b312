package dev.athanor.generate.mark;

import dev.athanor.data.image.Image;

/// The mark that people see: a badge in the lower right corner of a picture. It says `AI生成` ("made by AI"), and
/// on pictures that are too small for it, `AI`. Its letters are strokes that are drawn here, so that no font is
/// needed.
///
/// GB 45438-2025 asks for letters at least a twentieth of the shorter side high; they are a sixteenth here, and
/// never less than can be read.
public final class VisibleMark {
    /// Below this many pixels on the shorter side the four letters would cover half of the picture.
    private static final int SMALL = 64;

    /// The lowest height at which the strokes of the second Chinese letter stay apart.
    private static final int LEGIBLE = 13;

    private static final int PART_OF_SIDE = 16;

    /// `AI` for small pictures, row by row.
    private static final String[] PIXELS = {
        ".#..#", "#.#.#", "###.#", "#.#.#", "#.#.#",
    };

    /// A letter as lines in a square from 0 to 1, downward: x, y, x, y, ...
    private record Letter(double width, double[]... lines) {}

    private static final Letter[] LETTERS = {
        new Letter(0.72, new double[] {0.04, 0.95, 0.34, 0.05, 0.38, 0.05, 0.68, 0.95}, new double[] {
            0.15, 0.64, 0.57, 0.64
        }),
        new Letter(0.36, new double[] {0.18, 0.05, 0.18, 0.95}),
        new Letter( // 生
                1,
                new double[] {0.30, 0.04, 0.22, 0.22, 0.10, 0.38},
                new double[] {0.24, 0.26, 0.88, 0.26},
                new double[] {0.54, 0.02, 0.54, 0.94},
                new double[] {0.20, 0.57, 0.88, 0.57},
                new double[] {0.06, 0.94, 0.96, 0.94}),
        new Letter( // 成
                1,
                new double[] {0.16, 0.24, 0.94, 0.24},
                new double[] {0.16, 0.24, 0.16, 0.60, 0.04, 0.96},
                new double[] {0.16, 0.50, 0.46, 0.50, 0.43, 0.82, 0.30, 0.80},
                new double[] {0.56, 0.02, 0.60, 0.46, 0.72, 0.80, 0.84, 0.94, 0.94, 0.92, 0.96, 0.74},
                new double[] {0.86, 0.40, 0.74, 0.66, 0.50, 0.92},
                new double[] {0.72, 0.03, 0.84, 0.14}),
    };

    private VisibleMark() {}

    /// The picture with its badge.
    public static Image on(Image picture) {
        int side = Math.min(picture.width(), picture.height());
        Image marked = new Image(
                picture.width(),
                picture.height(),
                picture.channels(),
                picture.pixels().clone());
        if (side < SMALL || picture.width() < 4 * LEGIBLE) {
            small(marked);
        } else {
            large(marked, Math.max(LEGIBLE, side / PART_OF_SIDE));
        }
        return marked;
    }

    private static void small(Image picture) {
        int height = PIXELS.length;
        int width = PIXELS[0].length();
        int scale = Math.max(1, Math.min(picture.width(), picture.height()) / 28);
        int left = picture.width() - scale * (width + 2);
        int top = picture.height() - scale * (height + 2);
        for (int y = 0; y < scale * (height + 2); y++) {
            for (int x = 0; x < scale * (width + 2); x++) {
                int row = y / scale - 1;
                int column = x / scale - 1;
                boolean ink =
                        row >= 0 && row < height && column >= 0 && column < width && PIXELS[row].charAt(column) == '#';
                blend(picture, left + x, top + y, ink ? 255 : 0, 1);
            }
        }
    }

    /// White letters on a dark ground, through which a little of the picture is seen.
    private static void large(Image picture, int height) {
        double gap = 0.14 * height;
        double width = gap;
        for (Letter letter : LETTERS) {
            width += letter.width() * height + gap;
        }
        int badgeWidth = (int) Math.ceil(width + gap);
        int badgeHeight = (int) Math.ceil(height + 4 * gap);
        int left = picture.width() - badgeWidth;
        int top = picture.height() - badgeHeight;
        for (int y = 0; y < badgeHeight; y++) {
            for (int x = 0; x < badgeWidth; x++) {
                blend(picture, left + x, top + y, 0, 0.72);
            }
        }
        double place = left + 1.5 * gap;
        for (Letter letter : LETTERS) {
            letter(picture, letter, new Square(place, top + 2 * gap, height));
            place += letter.width() * height + gap;
        }
    }

    /// Where a letter stands.
    private record Square(double left, double top, double side) {
        double x(double part) {
            return left + part * side;
        }

        double y(double part) {
            return top + part * side;
        }
    }

    private static void letter(Image picture, Letter letter, Square square) {
        double thickness = Math.max(1, 0.095 * square.side());
        for (double[] line : letter.lines()) {
            for (int i = 0; i + 3 < line.length; i += 2) {
                stroke(
                        picture,
                        new Stroke(
                                square.x(line[i]),
                                square.y(line[i + 1]),
                                square.x(line[i + 2]),
                                square.y(line[i + 3]),
                                thickness / 2));
            }
        }
    }

    /// A straight line with round ends.
    private record Stroke(double x0, double y0, double x1, double y1, double radius) {

        /// How much of a pixel it covers, by the distance of the pixel's middle from the line.
        double covers(double x, double y) {
            double dx = x1 - x0;
            double dy = y1 - y0;
            double along = Math.clamp(((x - x0) * dx + (y - y0) * dy) / Math.max(1e-9, dx * dx + dy * dy), 0, 1);
            double distance = Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
            return Math.clamp(radius + 0.5 - distance, 0, 1);
        }
    }

    private static void stroke(Image picture, Stroke stroke) {
        int reach = (int) Math.ceil(stroke.radius() + 1);
        int bottom = (int) Math.max(stroke.y0(), stroke.y1()) + reach;
        int right = (int) Math.max(stroke.x0(), stroke.x1()) + reach;
        for (int y = (int) Math.min(stroke.y0(), stroke.y1()) - reach; y <= bottom; y++) {
            for (int x = (int) Math.min(stroke.x0(), stroke.x1()) - reach; x <= right; x++) {
                blend(picture, x, y, 255, stroke.covers(x + 0.5, y + 0.5));
            }
        }
    }

    /// Moves a pixel towards black or white; what lies outside the picture is left out.
    private static void blend(Image picture, int x, int y, int towards, double share) {
        if (x < 0 || y < 0 || x >= picture.width() || y >= picture.height()) {
            return;
        }
        int place = (y * picture.width() + x) * picture.channels();
        for (int channel = 0; channel < picture.channels(); channel++) {
            int before = picture.pixels()[place + channel] & 0xFF;
            picture.pixels()[place + channel] = (byte) Math.round(before + share * (towards - before));
        }
    }
}
