package dev.athanor.generate.show;

import dev.athanor.data.image.Image;
import java.util.Arrays;
import java.util.List;

/// Many pictures side by side on white, with words beneath.
///
/// @param columns how many stand in a row
/// @param enlarge how many pixels wide and high each pixel becomes
public record ContactSheet(int columns, int enlarge) {
    private static final int GAP = 4;
    private static final int SEEN = 64;

    public ContactSheet {
        if (columns < 1 || enlarge < 1) {
            throw new IllegalArgumentException(
                    "a sheet of %d columns, enlarged %d times: expected at least 1 and 1".formatted(columns, enlarge));
        }
    }

    /// About as wide as it is high, with pictures enlarged to 64 pixels where they are smaller.
    public static ContactSheet of(List<Image> pictures) {
        refuseNone(pictures);
        int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
        return new ContactSheet(columns, Enlarged.timesToReach(pictures.getFirst(), SEEN));
    }

    public ContactSheet withColumns(int chosen) {
        return new ContactSheet(chosen, enlarge);
    }

    /// Pictures without words.
    public Image draw(List<Image> pictures) {
        return draw(pictures, pictures.stream().map(_ -> "").toList());
    }

    /// Pictures with words, which are cut where they are wider than their picture. Sizes may differ; the sheet
    /// is grey where all pictures are.
    public Image draw(List<Image> pictures, List<String> captions) {
        refuseNone(pictures);
        if (captions.size() != pictures.size()) {
            throw new IllegalArgumentException(
                    "%d captions for %d pictures: expected one for each, empty where there is none"
                            .formatted(captions.size(), pictures.size()));
        }
        int width = enlarge * pictures.stream().mapToInt(Image::width).max().orElseThrow();
        int height = enlarge * pictures.stream().mapToInt(Image::height).max().orElseThrow();
        List<Image> words =
                captions.stream().map(caption -> Lettering.line(caption, width)).toList();
        int wordsHeight = captions.stream().allMatch(String::isEmpty)
                ? 0
                : GAP / 2 + words.stream().mapToInt(Image::height).max().orElseThrow();
        Image sheet = white(
                Math.min(columns, pictures.size()) * (long) (width + GAP) + GAP,
                Math.ceilDiv(pictures.size(), columns) * (long) (height + wordsHeight + GAP) + GAP,
                pictures.stream().mapToInt(Image::channels).max().orElseThrow());
        for (int i = 0; i < pictures.size(); i++) {
            Image picture = Enlarged.of(pictures.get(i), enlarge);
            int left = GAP + i % columns * (width + GAP);
            int top = GAP + i / columns * (height + wordsHeight + GAP);
            paste(sheet, picture, left + (width - picture.width()) / 2, top + (height - picture.height()) / 2);
            if (wordsHeight > 0) {
                paste(sheet, words.get(i), left + (width - words.get(i).width()) / 2, top + height + GAP / 2);
            }
        }
        return sheet;
    }

    private static void refuseNone(List<Image> pictures) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a sheet of no pictures: expected at least one");
        }
    }

    private static Image white(long width, long height, int channels) {
        if (width * height * channels > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "the sheet would have %d x %d pixels, which is more than a picture holds: put fewer on it"
                            .formatted(width, height));
        }
        byte[] pixels = new byte[(int) (width * height * channels)];
        Arrays.fill(pixels, (byte) 255);
        return new Image((int) width, (int) height, channels, pixels);
    }

    private static void paste(Image sheet, Image picture, int left, int top) {
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int channel = 0; channel < sheet.channels(); channel++) {
                    sheet.pixels()[((top + y) * sheet.width() + left + x) * sheet.channels() + channel] =
                            (byte) picture.at(x, y, picture.channels() == 1 ? 0 : channel);
                }
            }
        }
    }
}
