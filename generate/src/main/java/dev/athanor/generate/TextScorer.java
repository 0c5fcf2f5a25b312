package dev.athanor.generate;

import dev.athanor.data.Sample;
import dev.athanor.data.clean.Scorer;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SampleFormat;
import java.util.Arrays;

/// Says how surprising a text is to a language model: the loss that evaluation computes of a split with this text
/// alone, in plain Java.
///
/// A text that is longer than the model's context is read in pieces of it, each without the one before, as in
/// training; a recurrent model of running text carries its state. Fields that the model is told cost nothing.
public final class TextScorer implements Scorer {
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final SampleFormat format;
    private final int context;

    /// Opens a model. Starts no native library.
    ///
    /// @throws dev.athanor.model.ModelException naming the file at fault, or for a text VAE, which gives no
    ///     probability but a bound
    /// @throws IllegalArgumentException for a model of something else
    public static TextScorer open(ModelFolder folder) {
        return new TextScorer(
                Decoders.open(folder),
                folder.tokenizer(),
                folder.format(),
                folder.language().context());
    }

    TextScorer(Decoder decoder, Tokenizer tokenizer, SampleFormat format, int context) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.format = format;
        this.context = context;
    }

    /// Of a text of one token in running text none is asked for, since something must be read first.
    @Override
    public synchronized Score of(Sample sample) {
        int[] tokens = format.sample(tokenizer, sample);
        Sum sum = new Sum(tokens, told(tokens));
        decoder.reset();
        for (int start = 0; start < tokens.length - 1; start += context) {
            if (format.isMarked() || decoder.context().isPresent()) {
                decoder.reset();
            }
            int begin = start;
            int[] piece = Arrays.copyOfRange(tokens, start, Math.min(start + context, tokens.length - 1));
            decoder.acceptEach(piece, (i, scores) -> sum.add(begin + i + 1, scores));
        }
        return new Score(sum.nats, sum.asked);
    }

    /// How many tokens at the beginning are given.
    private int told(int[] tokens) {
        int told = 1;
        if (!format.fields().isEmpty()) {
            while (told < tokens.length && tokens[told - 1] != Special.TEXT.id()) {
                told++;
            }
        }
        return told;
    }

    /// The loss so far.
    private static final class Sum {
        private final int[] tokens;
        private final int told;
        private double nats;
        private long asked;

        Sum(int[] tokens, int told) {
            this.tokens = tokens;
            this.told = told;
        }

        /// @param scores of what could stand at a place
        void add(int place, float[] scores) {
            if (place >= told) {
                nats -= logProbability(scores, tokens[place]);
                asked++;
            }
        }

        private static double logProbability(float[] scores, int token) {
            float highest = Float.NEGATIVE_INFINITY;
            for (float score : scores) {
                highest = Math.max(highest, score);
            }
            double sum = 0;
            for (float score : scores) {
                sum += Math.exp(score - highest);
            }
            return scores[token] - highest - Math.log(sum);
        }
    }
}
