package dev.athanor.evaluate;

import dev.athanor.data.Seed;
import dev.athanor.data.image.Frame;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.ImageForm;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.image.Shades;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Samples as points: what a model sees in each of them. Distances between sets of samples are measured on
/// these, and are worth what the model is worth, so its name goes with them.
///
/// @param source whose features they are, for example `classifier fashion-judge`, or `pixels`
/// @param rows one row of numbers for each sample, all of one length; not copied, so do not change them
public record Features(String source, float[][] rows) {
    public static final String PIXELS = "pixels";

    private static final int MOST_PIXELS = 1024; // of a shrunk picture, every colour counted

    public Features {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no sample with features of %s: give at least one".formatted(source));
        }
        for (int i = 0; i < rows.length; i++) {
            check(source, rows, i);
        }
    }

    private static void check(String source, float[][] rows, int sample) {
        if (rows[sample].length != rows[0].length || rows[0].length == 0) {
            throw new IllegalArgumentException("sample %d has %d features of %s and sample 0 has %d: all must have the"
                            .formatted(sample, rows[sample].length, source, rows[0].length)
                    + " same number, at least 1");
        }
        for (int j = 0; j < rows[sample].length; j++) {
            if (!Float.isFinite(rows[sample][j])) {
                throw new IllegalArgumentException(("feature %d of sample %d is %s: expected finite numbers; look at"
                                + " the sample and at the weights of %s, one of them is broken")
                        .formatted(j, sample, rows[sample][j], source));
            }
        }
    }

    /// The pixels themselves, from 0 to 1. All pictures must be of one size.
    public static Features pixels(List<Image> pictures) {
        return new Features(PIXELS, pictures.stream().map(Features::pixels).toArray(float[][]::new));
    }

    /// The pixels of one picture, from 0 to 1.
    public static float[] pixels(Image picture) {
        float[] row = new float[picture.pixels().length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (picture.pixels()[i] & 0xFF) / 255f;
        }
        return row;
    }

    /// The same of pictures that are shrunk, where a picture has more than 1,024 numbers: the Fréchet distance
    /// holds all pairs of them in memory and takes time with their cube.
    static Features fewPixels(List<Image> pictures) {
        Image first = pictures.getFirst();
        int factor = 1;
        while (shrunk(first.width(), factor) * shrunk(first.height(), factor) * first.channels() > MOST_PIXELS) {
            factor++;
        }
        if (factor == 1) {
            return pixels(pictures);
        }
        Frame frame = new Frame.Crop(shrunk(first.width(), factor), shrunk(first.height(), factor));
        ImageForm form = new ImageForm(frame, first.channels() == 1 ? Shades.GREY : Shades.COLOR, Rgb.WHITE);
        List<Image> small = pictures.stream().map(form::of).toList();
        return new Features(
                "%s of pictures shrunk to %d x %d"
                        .formatted(
                                PIXELS,
                                small.getFirst().width(),
                                small.getFirst().height()),
                pixels(small).rows());
    }

    private static int shrunk(int side, int factor) {
        return Math.ceilDiv(side, factor);
    }

    public int count() {
        return rows.length;
    }

    /// Numbers in each row.
    public int width() {
        return rows[0].length;
    }

    /// Some of the samples by lot, each at most once.
    Features draw(int wanted, Seed seed) {
        float[][] drawn = rows.clone();
        RandomGenerator random = seed.random();
        for (int i = 0; i < wanted; i++) { // the first steps of a shuffle (Fisher and Yates 1938)
            int other = i + random.nextInt(drawn.length - i);
            float[] row = drawn[other];
            drawn[other] = drawn[i];
            drawn[i] = row;
        }
        return new Features(source, Arrays.copyOf(drawn, wanted));
    }

    /// Refuses what cannot be compared.
    void requireSameSource(Features other) {
        if (!source.equals(other.source)) {
            throw new IllegalArgumentException(
                    "features of %s against features of %s: a distance needs both from one model"
                            .formatted(source, other.source));
        }
        if (width() != other.width()) {
            throw new IllegalArgumentException(
                    "%d features against %d, both said to be of %s: give both sets to the same model at the same size"
                            .formatted(width(), other.width(), source));
        }
    }

    /// Refuses sets that are too small for a measure.
    void requireAtLeast(int least, String why) {
        if (count() < least) {
            throw new IllegalArgumentException("%d %s, but %s needs at least %d: generate or hold out more"
                    .formatted(count(), count() == 1 ? "sample" : "samples", why, least));
        }
    }
}
