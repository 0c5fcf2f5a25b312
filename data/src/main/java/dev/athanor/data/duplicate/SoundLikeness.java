package dev.athanor.data.duplicate;

import dev.athanor.data.Mixing;
import dev.athanor.data.Sample;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Resampler;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.SoundReader;
import dev.athanor.data.sound.Spectrogram;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/// Sounds are alike whose spectra rise and fall alike, as Haitsma and Kalker 2002 have it (A highly robust
/// audio fingerprinting system, section 4): 62.5 times a second 32 bits, whether the difference between two
/// neighbouring bands grows. Loudness, rate and compression change few of them; two sounds of one kind agree in
/// half.
///
/// Two are compared where 24 bits of a frame are the same in both; of long ones the 512 such keys count that
/// have the least hashes, which are the same in both, too.
public final class SoundLikeness implements Likeness {
    /// The share of bits that agree, as usual. The paper takes 0.65, on 3 seconds of music and against noise.
    /// Spoken words of a third of a second agree in up to 0.88 by chance (20,000 pairs of recordings of
    /// free_spoken_digits, November 2026), and copies of another rate, loudness or start in 0.94.
    public static final double USUAL = 0.9;

    /// Frames of a quarter of a second, so that it does not matter much where the first begins (the paper: 0.37
    /// seconds), and 33 bands from 300 to 2000 hertz.
    private static final MelSettings BANDS = new MelSettings(8000, 2048, 128, 33, 300, 2000);

    private static final int PARTS = 4;
    private static final int KEYS = 512;
    private static final int MOST_SHIFT = 12; // 0.2 seconds, as silence at an end may be cut off
    private static final double LENGTHS = 0.8;

    private final double threshold;
    private final transient Map<Integer, Resampler> resamplers = new ConcurrentHashMap<>();

    /// @param threshold above 0.5, which is chance, and at most 1
    public SoundLikeness(double threshold) {
        if (!(threshold > 0.5 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "a threshold of %s for sounds: expected a share of bits above 0.5, which is chance, and at most 1, %s for example"
                            .formatted(threshold, USUAL));
        }
        this.threshold = threshold;
    }

    /// What it has made for itself does not travel.
    private Object readResolve() {
        return new SoundLikeness(threshold);
    }

    @Override
    public Print print(Sample sample) {
        int[] words =
                words(SoundReader.read(sample.origin(), sample.media().bytes()).sound());
        ByteBuffer features = ByteBuffer.allocate(Integer.BYTES * words.length);
        features.asIntBuffer().put(words);
        long[] keys = IntStream.of(words)
                .filter(word -> word != 0) // silence
                .mapToLong(word -> word & 0xFFFFFFFFL)
                .flatMap(word -> IntStream.range(0, PARTS).mapToLong(part -> Mixing.of(without(word, part))))
                .distinct()
                .sorted()
                .limit(KEYS)
                .map(Mixing::of) // the least have all their high bits the same, and those choose a file
                .toArray();
        return new Print(features.array(), keys);
    }

    /// A word of which eight bits do not count, with the number of these.
    private static long without(long word, int part) {
        return word & ~(0xFFL << 8 * part) | (long) part << Integer.SIZE;
    }

    /// The bits of each frame but the first.
    int[] words(Sound sound) {
        Sound even = resamplers
                .computeIfAbsent(sound.rate(), rate -> new Resampler(rate, BANDS.rate()))
                .resample(sound);
        Spectrogram spectrogram = Spectrogram.of(even, BANDS);
        int frames = spectrogram.frames();
        float[] values = spectrogram.values();
        int[] words = new int[frames - 1];
        for (int t = 1; t < frames; t++) {
            for (int band = 0; band < Integer.SIZE; band++) {
                int low = band * frames + t;
                int high = low + frames;
                float now = values[low] - values[high];
                float before = values[low - 1] - values[high - 1];
                words[t - 1] = words[t - 1] << 1 | (now > before ? 1 : 0);
            }
        }
        return words;
    }

    @Override
    public ToDoubleFunction<byte[]> similarTo(byte[] features) {
        int[] words = words(features);
        return others -> best(words, words(others));
    }

    /// The share of bits that agree where the two fit best; 0 where one is much longer.
    private static double best(int[] a, int[] b) {
        int longer = Math.max(a.length, b.length);
        if (Math.min(a.length, b.length) < LENGTHS * longer) {
            return 0;
        }
        int most = Math.min(MOST_SHIFT, longer / 4);
        double best = 0;
        for (int shift = -most; shift <= most; shift++) {
            best = Math.max(best, agreement(a, b, shift));
        }
        return best;
    }

    private static double agreement(int[] a, int[] b, int shift) {
        int begin = Math.max(0, -shift);
        int end = Math.min(a.length, b.length - shift);
        int bits = 0;
        int differ = 0;
        for (int i = begin; i < end; i++) {
            int x = a[i];
            int y = b[i + shift];
            bits += (x | y) == 0 ? 0 : Integer.SIZE; // silence in both says nothing
            differ += Integer.bitCount(x ^ y);
        }
        return bits == 0 ? 0 : 1 - differ / (double) bits;
    }

    private static int[] words(byte[] features) {
        int[] words = new int[features.length / Integer.BYTES];
        ByteBuffer.wrap(features).asIntBuffer().get(words);
        return words;
    }

    @Override
    public double threshold() {
        return threshold;
    }

    @Override
    public void describe(ObjectNode report) {
        report.put("fingerprint", "32 bits, 62.5 times a second").put("threshold", threshold);
    }
}
