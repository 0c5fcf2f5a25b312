package dev.athanor.data.duplicate;

import dev.athanor.data.DataException;
import dev.athanor.data.Mixing;
import dev.athanor.data.Sample;
import dev.athanor.data.Unusable;
import dev.athanor.data.image.Decoder;
import dev.athanor.data.image.Frame;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Rgb;
import dev.athanor.data.image.Shades;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/// Pictures are alike whose difference hashes are few bits apart, and whose colours are the same on a coarse
/// grid. So other sizes and compressions of a picture are found; parts of it, mirrored and recoloured ones are
/// not.
///
/// A difference hash has 64 bits: whether brightness rises from each of 9x8 fields to its right neighbour. Two
/// within a distance are found by keys: of `distance + 4` pieces of the hash at least four are the same, and
/// every four pieces make a key (Manku, Jain and Das Sarma 2007, Detecting near-duplicates for web crawling,
/// section 3).
public final class PictureLikeness implements Likeness {
    /// Bits apart at most, as usual.
    public static final int USUAL = 4;

    /// One minus the mean (root of squares) difference of colours, as usual. Copies of half the size and as
    /// JPEG are at 0.98 and more; of the emoji of twemoji72 two neutral faces are at 0.97 and two clocks at
    /// 0.96 (November 2026).
    public static final double USUAL_THRESHOLD = 0.98;

    private static final int MOST = 8;
    private static final int EQUAL_PIECES = 4;
    private static final int BITS = 64;

    /// Brightness that rises by less is taken for noise: JPEG leaves about one of 255 on even grounds.
    private static final int RISE = 3;

    private static final int GRID = 16;

    private final double threshold;
    private final int distance;
    /// The bits of every choice of four pieces.
    private final long[] choices;

    /// @param distance bits apart at most, 0 to 8
    /// @param threshold likeness of colours at least, above 0 and at most 1
    public PictureLikeness(int distance, double threshold) {
        if (distance < 0 || distance > MOST) {
            throw new IllegalArgumentException(
                    "hashes %d bits apart: expected 0 to %d, %d for example. Give it with --distance"
                            .formatted(distance, MOST, USUAL));
        }
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "a threshold of %s for pictures: expected a similarity of colours above 0 and at most 1, %s for example"
                            .formatted(threshold, USUAL_THRESHOLD));
        }
        this.distance = distance;
        this.threshold = threshold;
        int pieces = distance + EQUAL_PIECES;
        this.choices = IntStream.range(0, 1 << pieces)
                .filter(chosen -> Integer.bitCount(chosen) == EQUAL_PIECES)
                .mapToLong(chosen -> bits(chosen, pieces))
                .toArray();
    }

    @Override
    public Print print(Sample sample) {
        try {
            Image image = Decoder.decode(sample.media().bytes(), Rgb.WHITE);
            long hash = hash(image);
            Image grid = Shades.COLOR.of(new Frame.Stretch(GRID, GRID).of(image, Rgb.WHITE));
            byte[] features = Arrays.copyOf(grid.pixels(), grid.pixels().length + Long.BYTES);
            for (int i = 0; i < Long.BYTES; i++) {
                features[grid.pixels().length + i] = (byte) (hash >>> 8 * i);
            }
            return new Print(features, keys(hash));
        } catch (Unusable broken) {
            throw new DataException("the picture of %s %s".formatted(sample.origin(), broken.getMessage()), broken);
        }
    }

    /// The difference hash, row by row from the highest bit.
    static long hash(Image image) {
        Image fields = Shades.GREY.of(new Frame.Stretch(9, 8).of(image, Rgb.WHITE));
        long hash = 0;
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                hash = hash << 1 | (fields.at(x + 1, y, 0) - fields.at(x, y, 0) >= RISE ? 1 : 0);
            }
        }
        return hash;
    }

    /// A key for every choice of four pieces.
    long[] keys(long hash) {
        long[] keys = new long[choices.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Mixing.of((hash & choices[i]) ^ Mixing.of(i));
        }
        return keys;
    }

    private static long bits(int chosen, int pieces) {
        long bits = 0;
        for (int i = 0; i < BITS; i++) {
            bits |= (long) (chosen >>> i * pieces / BITS & 1) << i;
        }
        return bits;
    }

    @Override
    public ToDoubleFunction<byte[]> similarTo(byte[] features) {
        return others -> likeness(features, others);
    }

    /// That of the colours, where the hashes are near enough, else 0.
    private double likeness(byte[] features, byte[] others) {
        int colors = GRID * GRID * 3;
        int apart = 0;
        for (int i = colors; i < features.length; i++) {
            apart += Integer.bitCount((features[i] ^ others[i]) & 0xFF);
        }
        if (apart > distance) {
            return 0;
        }
        long squares = 0;
        for (int i = 0; i < colors; i++) {
            int difference = (features[i] & 0xFF) - (others[i] & 0xFF);
            squares += (long) difference * difference;
        }
        return 1 - Math.sqrt(squares / (double) colors) / 255;
    }

    @Override
    public double threshold() {
        return threshold;
    }

    @Override
    public void describe(ObjectNode report) {
        report.put("hash", "difference, 64 bits").put("distance", distance).put("threshold", threshold);
    }
}
