package dev.athanor.data.image;

import java.util.HexFormat;
import java.util.Locale;

/// A colour, each part from 0 to 255.
public record Rgb(int red, int green, int blue) {
    public static final Rgb WHITE = new Rgb(255, 255, 255);
    public static final Rgb BLACK = new Rgb(0, 0, 0);

    public Rgb {
        if (((red | green | blue) & ~0xFF) != 0) {
            throw new IllegalArgumentException(
                    "a colour of %d, %d, %d: expected numbers from 0 to 255".formatted(red, green, blue));
        }
    }

    /// Reads `#ff8800`, `white` or `black`.
    public static Rgb parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("white")) {
            return WHITE;
        }
        if (word.equals("black")) {
            return BLACK;
        }
        if (!word.matches("#[0-9a-f]{6}")) {
            throw new IllegalArgumentException(
                    "the colour \"%s\" is not known: give #rrggbb, for example #ffffff, or white or black"
                            .formatted(text));
        }
        int number = HexFormat.fromHexDigits(word.substring(1));
        return new Rgb(number >> 16, number >> 8 & 0xFF, number & 0xFF);
    }

    boolean isGrey() {
        return red == green && green == blue;
    }

    /// Red, green, blue by their number from 0.
    public int channel(int index) {
        return switch (index) {
            case 0 -> red;
            case 1 -> green;
            default -> blue;
        };
    }
}
