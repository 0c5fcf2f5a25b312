package dev.athanor.data.label;

import dev.athanor.data.DataException;
import dev.athanor.data.Kind;
import dev.athanor.data.Sample;
import dev.athanor.data.Unusable;
import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Frame;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.image.Shades;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.data.sound.Spectrogram;
import java.util.Arrays;

/// What of a sample a [TextClassifier] sees: of a text its [TextFeatures]; of a picture or sound numbers of the same
/// kind, of each measurement one for every step that it reaches, so that near values share most of theirs.
///
/// A picture is measured by the greys of a small copy and by how much of it has which colour, a sound by the
/// mean strength of bands of frequencies in each third of its time, and how much they vary. That is enough to
/// doubt a label, not to judge a model by.
public final class SampleFeatures {
    private static final int SIDE = 10;
    private static final int GREYS = 8; // steps
    private static final int COLOURED = 16;
    private static final double[] SHARES = {0.01, 0.03, 0.06, 0.12, 0.25, 0.5, 0.75};
    private static final int BANDS = 24;
    private static final int THIRDS = 3;
    private static final int STRENGTHS = 20; // steps from silence to 0, the logarithm of full strength
    private static final int VARIATIONS = 8;

    private int[] buckets = new int[1024];
    private int size;
    private int place;

    private SampleFeatures() {}

    /// @throws DataException for a picture or sound that cannot be read
    public static TextFeatures of(Kind kind, Sample sample) {
        return switch (kind) {
            case TEXT, TABLE -> TextFeatures.of(sample.textOrRow());
            case IMAGE -> ofPicture(sample);
            case SOUND ->
                new SampleFeatures()
                        .sound(SoundReader.read(sample.origin(), sample.media().bytes())
                                .sound());
        };
    }

    private static TextFeatures ofPicture(Sample sample) {
        try {
            return new SampleFeatures().picture(Decoder.decode(sample.media().bytes(), Rgb.WHITE));
        } catch (Unusable broken) {
            throw new DataException("the picture of %s %s".formatted(sample.origin(), broken.getMessage()), broken);
        }
    }

    private TextFeatures picture(Image image) {
        Image grey = Shades.GREY.of(new Frame.Stretch(SIDE, SIDE).of(image, Rgb.WHITE));
        for (int cell = 0; cell < SIDE * SIDE; cell++) {
            measure(grey.at(cell % SIDE, cell / SIDE, 0) / 255.0, GREYS);
        }
        Image colored = Shades.COLOR.of(new Frame.Stretch(COLOURED, COLOURED).of(image, Rgb.WHITE));
        int[] colors = new int[64];
        for (int cell = 0; cell < COLOURED * COLOURED; cell++) {
            int x = cell % COLOURED;
            int y = cell / COLOURED;
            colors[colored.at(x, y, 0) / 64 * 16 + colored.at(x, y, 1) / 64 * 4 + colored.at(x, y, 2) / 64]++;
        }
        for (int color : colors) {
            double share = (double) color / (COLOURED * COLOURED);
            measure(
                    Arrays.stream(SHARES).filter(least -> share >= least).count() / (double) SHARES.length,
                    SHARES.length);
        }
        return features();
    }

    private TextFeatures sound(Sound sound) {
        int frame = sound.rate() > 12_000 ? 1024 : 512;
        MelSettings settings = new MelSettings(sound.rate(), frame, frame / 4, BANDS, 0, sound.rate() / 2.0);
        Spectrogram heard = Spectrogram.of(sound, settings);
        for (int band = 0; band < BANDS; band++) {
            double[] strengths = new double[heard.frames()];
            for (int at = 0; at < strengths.length; at++) {
                strengths[at] = 1 - heard.values()[band * heard.frames() + at] / Spectrogram.SILENCE;
            }
            for (int third = 0; third < THIRDS; third++) {
                int from = Math.min(strengths.length - 1, strengths.length * third / THIRDS);
                int to = Math.max(from + 1, strengths.length * (third + 1) / THIRDS);
                measure(Arrays.stream(strengths, from, to).average().orElse(0), STRENGTHS);
            }
            double mean = Arrays.stream(strengths).average().orElse(0);
            double variance = Arrays.stream(strengths)
                    .map(strength -> (strength - mean) * (strength - mean))
                    .average()
                    .orElse(0);
            measure(4 * Math.sqrt(variance), VARIATIONS);
        }
        return features();
    }

    /// One measurement, from 0 to 1 or beyond.
    private void measure(double value, int steps) {
        for (int step = 1; step <= steps; step++) {
            if (value * steps >= step - 0.5) {
                if (size == buckets.length) {
                    buckets = Arrays.copyOf(buckets, 2 * size);
                }
                buckets[size++] = (place * 64 + step) * 0x9E3779B1 >>> 12;
            }
        }
        place++;
    }

    private TextFeatures features() {
        int[] once = Arrays.stream(buckets, 0, size).sorted().distinct().toArray();
        float[] counts = new float[once.length];
        Arrays.fill(counts, 1);
        return new TextFeatures(once, counts);
    }
}
