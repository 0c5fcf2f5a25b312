package dev.athanor.train;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.SampleFormat;
import java.util.Arrays;
import java.util.stream.Stream;

/// One split as token ids: the samples one behind the other, and where each begins.
///
/// @param tokens of all samples
/// @param starts of each sample in the tokens, with the end of the last one behind
/// @param characters code points in the texts
/// @param bytes of the texts in UTF-8
public record Corpus(int[] tokens, int[] starts, long characters, long bytes) {

    /// Encodes a split.
    public static Corpus read(Dataset dataset, Split split, Tokenizer tokenizer, SampleFormat format) {
        int[] tokens = new int[1 << 12];
        int[] starts = new int[1 << 8];
        int samples = 0;
        int size = 0;
        long characters = 0;
        long bytes = 0;
        int[] newline = format.arrangement() == SampleFormat.Arrangement.STREAM ? tokenizer.encode("\n") : new int[0];
        try (Stream<Sample> stream = dataset.samples(split)) {
            for (Sample sample : (Iterable<Sample>) stream::iterator) {
                int[] ids = format.sample(tokenizer, sample);
                int[] gap = samples == 0 ? new int[0] : newline; // running texts are set apart by a line's end
                tokens = room(tokens, size + (long) gap.length + ids.length);
                System.arraycopy(gap, 0, tokens, size, gap.length);
                size += gap.length;
                starts = room(starts, samples + 2L);
                starts[samples++] = size;
                System.arraycopy(ids, 0, tokens, size, ids.length);
                size += ids.length;
                characters += sample.text().codePointCount(0, sample.text().length());
                bytes += sample.text().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            }
        }
        starts[samples] = size;
        return new Corpus(Arrays.copyOf(tokens, size), Arrays.copyOf(starts, samples + 1), characters, bytes);
    }

    private static int[] room(int[] array, long needed) {
        if (needed <= array.length) {
            return array;
        }
        if (needed > Integer.MAX_VALUE - 8) {
            throw new TrainException(
                    "the split has more than two thousand million tokens, which one array cannot hold: train on a part of it");
        }
        return Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * array.length)));
    }

    public int samples() {
        return starts.length - 1;
    }

    int length(int sample) {
        return starts[sample + 1] - starts[sample];
    }
}
