package dev.athanor.generate.show;

import dev.athanor.data.image.Image;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Lines of small black letters on white. Latin ones are drawn from a table of pixels that comes along, so that
/// they look the same everywhere; others, such as Chinese, by a font of the machine, and as empty boxes where
/// it has none.
final class Lettering {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 8;
    private static final int IN_A_ROW = 16;

    /// The lowest line in which Chinese can be read.
    private static final int FONT_HEIGHT = 16;

    private static final char FIRST = ' ';
    private static final char LAST = '~';

    /// Six rows of sixteen letters, from the space to the tilde; the last is the box.
    private static final List<String> PIXELS = pixels();

    private Lettering() {}

    /// A line in one channel; what does not fit ends in two dots.
    static Image line(String text, int width) {
        return isLatin(text) || !canBeDrawn(text) ? table(text, width) : font(text, width);
    }

    private static boolean isLatin(String text) {
        return text.chars().allMatch(letter -> letter >= FIRST && letter <= LAST);
    }

    private static Image table(String text, int width) {
        int fit = (width + 1) / (WIDTH + 1);
        int[] letters = text.codePoints().toArray();
        if (letters.length > fit) {
            String cut = text.substring(0, text.offsetByCodePoints(0, Math.max(0, fit - 2))) + "..";
            letters = cut.codePoints().limit(fit).toArray();
        }
        Image line = white(Math.max(1, letters.length * (WIDTH + 1) - 1), HEIGHT);
        for (int i = 0; i < letters.length; i++) {
            int letter = letters[i] >= FIRST && letters[i] <= LAST ? letters[i] - FIRST : LAST - FIRST + 1;
            for (int y = 0; y < HEIGHT; y++) {
                String row = PIXELS.get(letter / IN_A_ROW * HEIGHT + y);
                for (int x = 0; x < WIDTH; x++) {
                    if (row.charAt(letter % IN_A_ROW * (WIDTH + 1) + x) == '#') {
                        line.pixels()[y * line.width() + i * (WIDTH + 1) + x] = 0;
                    }
                }
            }
        }
        return line;
    }

    /// Whether this machine has a font with all of the letters; one without fonts, or without the
    /// libraries for them, fails here in one of these ways.
    private static boolean canBeDrawn(String text) {
        try {
            return letters().canDisplayUpTo(text) < 0;
        } catch (AWTError | InternalError | LinkageError | RuntimeException noFonts) {
            return false;
        }
    }

    private static Font letters() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    }

    private static Image font(String text, int width) {
        BufferedImage drawn = new BufferedImage(width, FONT_HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = drawn.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(letters());
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, FONT_HEIGHT);
        pen.setColor(Color.BLACK);
        String fitting = text;
        while (!fitting.isEmpty() && pen.getFontMetrics().stringWidth(fitting) > width) {
            String shorter = fitting.endsWith("..") ? fitting.substring(0, fitting.length() - 2) : fitting;
            fitting = shorter.isEmpty()
                    ? ""
                    : shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1)) + "..";
        }
        pen.drawString(fitting, Math.max(0, width - pen.getFontMetrics().stringWidth(fitting)) / 2, 12);
        pen.dispose();
        byte[] pixels = new byte[width * FONT_HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) drawn.getRaster().getSample(i % width, i / width, 0);
        }
        return new Image(width, FONT_HEIGHT, 1, pixels);
    }

    private static Image white(int width, int height) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) 255);
        return new Image(width, height, 1, pixels);
    }

    private static List<String> pixels() {
        try (InputStream in = Lettering.class.getResourceAsStream("letters.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("letters.txt is part of the program and cannot be read", unreadable);
        }
    }
}
