package dev.athanor.train.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.model.Gru;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import dev.athanor.torch.Losses;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// libtorch's automatic differentiation is the reference, since it is another program.
class HandGradientTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 37;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU).seed(7);
    }

    static Stream<LanguageConfig> models() {
        return Stream.of(
                new Transformer.Config(11, 40, 2, 4, 4, 16, 24, 1e-5, 10_000, true),
                new Transformer.Config(11, 40, 3, 4, 2, 16, 20, 1e-5, 10_000, false),
                new Transformer.Config(500, 40, 2, 4, 1, 16, 24, 1e-5, 10_000, true), // more tokens than are read
                new Lstm.Config(11, 40, 2, 12),
                new Lstm.Config(500, 40, 1, 12),
                new Gru.Config(11, 40, 2, 12),
                new Gru.Config(500, 40, 3, 12));
    }

    /// A model with its weights in one row, and a part of a batch whose last row asks for nothing at its end.
    private record Subject(LanguageModel model, FlatParameters parameters, Part part) {
        static Subject of(LanguageConfig config) {
            LanguageModel model = config.open();
            FlatParameters parameters = new FlatParameters(model.module());
            try (var _ = new NoGradGuard()) {
                parameters.values().add_(torch.randn_like(parameters.values()).mul_(new Scalar(0.1)));
            }
            Random random = new Random(5);
            int[] inputs = random.ints(ROWS * COLUMNS, 0, config.vocabulary()).toArray();
            int[] targets = random.ints(ROWS * COLUMNS, 0, config.vocabulary()).toArray();
            Arrays.fill(targets, targets.length - 9, targets.length, -100);
            return new Subject(model, parameters, new Part(inputs, targets, ROWS, COLUMNS, 0.01f, 99));
        }

        HandGradient byHand(double dropout) {
            Layout layout = new Layout(parameters.places(model.tensors()));
            return switch (model) {
                case Transformer transformer -> new TransformerGradient(transformer.config(), layout, dropout);
                case Lstm lstm -> RecurrentGradient.of(lstm.config(), layout, dropout, ROWS);
                case Gru gru -> RecurrentGradient.of(gru.config(), layout, dropout, ROWS);
                case TextVae _ -> throw new AssertionError("a vae is left to libtorch");
            };
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_gradient_is_that_of_libtorch(LanguageConfig config) {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(config);
            HandGradient byHand = subject.byHand(0);
            float[] weights = Tensors.floats(subject.parameters().values());
            if (byHand.carried().length > 0) { // a first reading, so that the second begins with a state
                byHand.add(weights, new float[weights.length], subject.part());
            }
            float[] gradient = new float[weights.length];
            double loss = byHand.add(weights, gradient, subject.part());
            subject.parameters().zeroGradients();
            double expected = byTorch(subject);
            float[] reference = Tensors.floats(subject.parameters().gradients());
            assertThat(loss).isCloseTo(expected, within(1e-5));
            assertThat(largestDifference(gradient, reference)).isLessThan(2e-5f * largest(reference));
        }
    }

    /// Loss as libtorch finds it; its gradient goes to the parameters. The state of a first reading is given,
    /// not learnt through.
    private static double byTorch(Subject subject) {
        Tensor ids = Tensors.ids(subject.part().inputs(), ROWS, COLUMNS);
        Tensor logits = switch (subject.model()) {
            case Lstm lstm -> {
                Lstm.State first = lstm.forward(ids, lstm.start(ROWS)).state();
                Lstm.State given = new Lstm.State(
                        first.hidden().stream().map(Tensor::detach).toList(),
                        first.cells().stream().map(Tensor::detach).toList());
                yield lstm.score(lstm.forward(ids, given).states());
            }
            case Gru gru -> {
                Gru.State first = gru.forward(ids, gru.start(ROWS)).state();
                Gru.State given = new Gru.State(
                        first.hidden().stream().map(Tensor::detach).toList());
                yield gru.score(gru.forward(ids, given).states());
            }
            case Transformer transformer -> transformer.forward(ids);
            case TextVae _ -> throw new AssertionError("a vae is left to libtorch");
        };
        Tensor loss = Losses.crossEntropySum(logits, Tensors.ids(subject.part().targets(), ROWS, COLUMNS), -100)
                .mul(new Scalar(0.01));
        loss.backward();
        return loss.item_float();
    }

    /// With dropout there is no reference, but the loss itself: along the gradient it must rise as the
    /// gradient says.
    @ParameterizedTest
    @MethodSource("models")
    void with_dropout_the_loss_rises_along_the_gradient_as_the_gradient_says(LanguageConfig config) {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(config);
            float[] weights = Tensors.floats(subject.parameters().values());
            float[] gradient = new float[weights.length];
            subject.byHand(0.3).add(weights, gradient, subject.part());
            double norm = 0;
            for (float g : gradient) {
                norm += (double) g * g;
            }
            double step = 2e-3 / Math.sqrt(norm);
            double rise = lossAt(subject, weights, gradient, step) - lossAt(subject, weights, gradient, -step);
            assertThat(rise / (2 * step * norm)).isCloseTo(1, within(0.01));
        }
    }

    private static double lossAt(Subject subject, float[] weights, float[] gradient, double step) {
        float[] moved = weights.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * gradient[i]);
        }
        return subject.byHand(0.3).add(moved, new float[moved.length], subject.part());
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float largestDifference(float[] a, float[] b) {
        float largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
