package dev.athanor.generate;

import dev.athanor.data.Seed;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundCodec;
import java.util.Arrays;

/// Writes the codes of sounds with the Transformer of a codec, in plain Java as texts are written. Used by one
/// caller at a time.
public final class CodeWriter {
    private final Decoder decoder;
    private final SoundCodec.Config config;

    private CodeWriter(Decoder decoder, SoundCodec.Config config) {
        this.decoder = decoder;
        this.config = config;
    }

    /// @throws IllegalArgumentException where the folder's model is of another family
    /// @throws dev.athanor.model.ModelException naming the file at fault
    public static CodeWriter open(ModelFolder folder) {
        if (!(folder.config() instanceof SoundCodec.Config config)) {
            throw new IllegalArgumentException("the model %s is an %s, and a codec of sounds is needed here"
                    .formatted(folder.name(), folder.config().family()));
        }
        try (WeightFiles weights = new WeightFiles(folder.weights())) {
            WeightSource speech = (name, shape) -> weights.read(SoundCodec.SPEECH + name, shape);
            return new CodeWriter(new TransformerDecoder(config.transformer(), speech), config);
        }
    }

    /// How codes are drawn.
    ///
    /// @param guidance how much more than told: 1 takes the model's word, above it overdoes what was asked for
    ///     (Sanchez et al. 2023, equation 7)
    public record Way(Sampling sampling, double guidance) {}

    /// The codes of as many sounds: (count, [SoundCodec.Config#length]).
    ///
    /// @param labels what they shall be, numbers as in [dev.athanor.model.Given]
    public int[][] write(int[] labels, int count, Way way, Seed seed) {
        Reader told = read(labels);
        Reader open = read(new int[labels.length]);
        boolean guided = way.guidance() != 1 && !Arrays.equals(labels, new int[labels.length]);
        int[][] written = new int[count][];
        for (int i = 0; i < count; i++) {
            Sampler sampler =
                    new Sampler(way.sampling(), seed.branch("sound " + i).random());
            written[i] = guided
                    ? write(sampler, told.fork(), open.fork(), way.guidance())
                    : write(sampler, told.fork(), told.fork(), 1);
        }
        return written;
    }

    /// A decoder that has read something, and its scores of what follows.
    private record Reader(Decoder decoder, float[] scores) {
        Reader fork() {
            return new Reader(decoder.fork(), scores);
        }

        Reader read(int code) {
            return new Reader(decoder, decoder.accept(code));
        }
    }

    private Reader read(int[] labels) {
        Decoder own = decoder.fork();
        return new Reader(own, own.accept(config.opening(labels)));
    }

    private int[] write(Sampler sampler, Reader told, Reader open, double guidance) {
        int[] codes = new int[config.length()];
        for (int place = 0; place < codes.length; place++) {
            codes[place] = sampler.next(guided(told.scores(), open.scores(), guidance));
            if (place + 1 < codes.length) {
                told = told.read(codes[place]);
                open = guidance == 1 ? told : open.read(codes[place]);
            }
        }
        return codes;
    }

    /// The scores of codes alone: what else the Transformer knows has no sound.
    private float[] guided(float[] told, float[] open, double guidance) {
        float[] scores = new float[config.coding().grid().codes()];
        for (int code = 0; code < scores.length; code++) {
            scores[code] = (float) (open[code] + guidance * (told[code] - open[code]));
        }
        return scores;
    }
}
