package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.Gru;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.SampleFormat;
import dev.athanor.model.Transformer;
import dev.athanor.torch.AdamW;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;

/// Training steps of Athanor at the peers' settings: prints the median milliseconds of a step.
///
/// `Ours transformer|lstm|gru STEPS`, in the package of the training loop since it uses the loop's own parts.
public final class Ours {
    private static final int VOCABULARY = 65;

    public static void main(String[] arguments) {
        String kind = arguments[0];
        int steps = Integer.parseInt(arguments[1]);
        LanguageConfig config =
                switch (kind) {
                    case "transformer" -> Transformer.Config.of(VOCABULARY, 64, 4, 4, 128);
                    case "lstm" -> new Lstm.Config(VOCABULARY, 50, 2, 128);
                    case "gru" -> new Gru.Config(VOCABULARY, 50, 2, 128);
                    default -> throw new IllegalArgumentException(kind);
                };
        int rows = kind.equals("transformer") ? 12 : 50;
        TrainingPart training = RecipeFile.read(
                        "text-" + kind, List.of("training.batch=" + rows, "training.dropout=0", "training.rate=0.001"))
                .training();
        Engine engine = Engine.start(Device.CPU);
        int[] text = new Random(1).ints(100_000, 0, VOCABULARY).toArray();
        Corpus corpus = new Corpus(text, new int[] {0, text.length}, text.length, text.length);
        SampleFormat format = new SampleFormat(SampleFormat.Arrangement.STREAM, List.of());
        TokenBatches batches = TokenBatches.training(corpus, config, format, new TokenBatches.Order(rows, new Seed(1)));
        try (PointerScope _ = new PointerScope()) {
            engine.seed(1);
            LanguageModel model = config.open();
            FlatParameters parameters = new FlatParameters(model.module());
            TextObjective objective = TextObjective.of(model, training, engine.place());
            AdamW optimizer = new AdamW(parameters, new AdamW.Settings(0.9, 0.99, 1e-8, 0.1));
            try (Learner learner =
                    Learner.of(new Learner.Subject(model, objective, parameters, optimizer, parameters.values()), training, engine)) {
                double[] times = new double[steps];
                int warmUp = 200; // until the compiler has seen what is hot
                for (int step = -warmUp; step < steps; step++) {
                    long begun = System.nanoTime();
                    try (PointerScope _ = new PointerScope()) {
                        learner.step(
                                List.of(batches.batch(step + warmUp)), new Learner.Moment(step + warmUp, 0, 1e-3));
                    }
                    if (step >= 0) {
                        times[step] = (System.nanoTime() - begun) / 1e6;
                    }
                }
                Arrays.sort(times);
                System.out.printf("%.3f%n", times[steps / 2]);
            }
        }
        System.exit(0);
    }
}
