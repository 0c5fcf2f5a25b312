package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import dev.athanor.torch.Tensors;
import dev.athanor.torch.cpu.Dropped;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// libtorch's automatic differentiation of [UNet] is the reference, since it is another program.
class UNetByHandTest {
    private static final int ROWS = 3;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU).seed(11);
    }

    static Stream<UNet.Config> models() {
        return Stream.of(
                config(new ImageShape(3, 8, 8), 2, List.of(1, 2), 1, List.of(3, 2)),
                config(new ImageShape(1, 28, 28), 2, List.of(1, 2), 2, List.of(10)), // 14 = 4 + 4 + 4 + 2, 7 = 4 + 3
                config(new ImageShape(1, 12, 8), 1, List.of(1, 1, 3), 1, List.of()),
                config(new ImageShape(3, 6, 6), 1, List.of(1, 8), 1, List.of(4))); // a head of 64
    }

    private static UNet.Config config(
            ImageShape shape, int patch, List<Integer> levels, int blocks, List<Integer> classes) {
        return new UNet.Config(shape, patch, 8, levels, blocks, classes, CaptionShape.NONE, NoiseProcess.FLOW_MATCHING);
    }

    /// A model with its weights in one row, and noisy pictures.
    private record Subject(UNet model, FlatParameters parameters, UNetByHand byHand, float[] weights, float[] pixels) {
        static Subject of(UNet.Config config) {
            UNet model = config.open();
            FlatParameters parameters = new FlatParameters(model);
            try (var _ = new NoGradGuard()) {
                parameters.values().add_(torch.randn_like(parameters.values()).mul_(new Scalar(0.1)));
            }
            UNetByHand byHand = new UNetByHand(config, parameters.places(model.tensors()));
            float[] weights = Tensors.floats(parameters.values());
            byHand.take(weights);
            return new Subject(
                    model, parameters, byHand, weights, numbers(config.shape().numbers() * ROWS));
        }

        UNetByHand.Noisy noisy(Dropped dropped) {
            return new UNetByHand.Noisy(pixels, times(), labels(), ROWS, dropped);
        }

        int[] labels() {
            List<Integer> classes = model.config().classes();
            int[] labels = new int[ROWS * classes.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % (classes.get(i % classes.size()) + 1);
            }
            return labels;
        }

        static float[] times() {
            return new float[] {0.1f, 0.55f, 0.98f};
        }

        Tensor byTorch() {
            ImageShape shape = model.config().shape();
            int fields = model.config().classes().size();
            return model.forward(
                    Tensors.of(pixels, ROWS, shape.channels(), shape.height(), shape.width()),
                    Tensors.of(times(), ROWS),
                    new Given(Tensors.ids(labels(), ROWS, fields), Tensors.ids(new int[0], ROWS, 0)));
        }
    }

    private static float[] numbers(int count) {
        Random random = new Random(3);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("models")
    void prediction_and_gradient_are_those_of_libtorch(UNet.Config config) {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(config);
            float[] gradient = new float[subject.weights().length];
            float[] prediction = subject.byHand().forward(subject.weights(), subject.noisy(Dropped.NOTHING));
            float[] dPrediction = numbers(prediction.length);
            subject.byHand().backward(subject.weights(), gradient, dPrediction);

            Tensor expected = subject.byTorch();
            expected.mul(Tensors.of(dPrediction, expected.sizes().vec().get()))
                    .sum()
                    .backward();
            float[] wanted = Tensors.floats(expected.detach());
            assertThat(difference(prediction, wanted)).isLessThan(5e-5f * largest(wanted));
            float floor = 1e-6f * largest(gradient); // of what is 0 but for rounding
            Map<String, Integer> places =
                    subject.parameters().places(subject.model().tensors());
            subject.model().tensors().forEach((name, tensor) -> {
                float[] reference = Tensors.floats(tensor.grad().contiguous());
                float[] found = new float[reference.length];
                System.arraycopy(gradient, places.get(name), found, 0, found.length);
                assertThat(difference(found, reference)).as(name).isLessThan(1e-4f * largest(reference) + floor);
            });
        }
    }

    @Test
    void a_second_part_of_another_size_adds_its_gradient() {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(models().findFirst().orElseThrow());
            int numbers = subject.model().config().shape().numbers();
            float[] whole = new float[subject.weights().length];
            subject.byHand().forward(subject.weights(), subject.noisy(Dropped.NOTHING));
            subject.byHand().backward(subject.weights(), whole, numbers(ROWS * numbers));
            float[] parts = new float[whole.length];
            for (int[] part : new int[][] {{0, 1}, {1, 3}}) {
                int from = part[0];
                int end = part[1];
                subject.byHand()
                        .forward(
                                subject.weights(),
                                new UNetByHand.Noisy(
                                        java.util.Arrays.copyOfRange(subject.pixels(), from * numbers, end * numbers),
                                        java.util.Arrays.copyOfRange(Subject.times(), from, end),
                                        java.util.Arrays.copyOfRange(subject.labels(), from * 2, end * 2),
                                        end - from,
                                        Dropped.NOTHING));
                subject.byHand()
                        .backward(
                                subject.weights(),
                                parts,
                                java.util.Arrays.copyOfRange(numbers(ROWS * numbers), from * numbers, end * numbers));
            }
            assertThat(difference(parts, whole)).isLessThan(1e-4f * largest(whole));
        }
    }

    @ParameterizedTest(name = "{0} cores")
    @ValueSource(ints = {1, 2, 4}) // of four cores one has no picture
    void shared_between_cores_the_prediction_is_that_of_libtorch(int cores) {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(models().findFirst().orElseThrow());
            float[] wanted = Tensors.floats(subject.byTorch());
            try (SharedUNet shared =
                    new SharedUNet(subject.model().config(), subject.model().tensors(), cores)) {
                float[] found = shared.predict(subject.noisy(Dropped.NOTHING));
                assertThat(difference(found, wanted)).isLessThan(5e-5f * largest(wanted));
                assertThat(shared.predict(subject.noisy(Dropped.NOTHING))).containsExactly(found);
            }
        }
    }

    /// With dropout there is no reference but the prediction itself: along the gradient its product with a
    /// given row must rise as the gradient says.
    @Test
    void with_dropout_the_prediction_moves_along_the_gradient_as_the_gradient_says() {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(models().findFirst().orElseThrow());
            float[] gradient = new float[subject.weights().length];
            UNetByHand.Noisy noisy = subject.noisy(new Dropped(0.3, 99));
            float[] plain = subject.byHand().forward(subject.weights(), subject.noisy(Dropped.NOTHING));
            float[] prediction = subject.byHand().forward(subject.weights(), noisy);
            assertThat(difference(plain, prediction)).isGreaterThan(0.01f * largest(plain));
            float[] row = numbers(prediction.length);
            subject.byHand().backward(subject.weights(), gradient, row);
            double norm = dot(gradient, gradient);
            double step = 1e-3 / Math.sqrt(norm);
            double rise = dot(moved(subject, gradient, step), row) - dot(moved(subject, gradient, -step), row);
            assertThat(rise / (2 * step * norm)).isCloseTo(1, within(0.02));
        }
    }

    private static float[] moved(Subject subject, float[] gradient, double step) {
        float[] weights = subject.weights().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (step * gradient[i]);
        }
        subject.byHand().take(weights);
        return subject.byHand().forward(weights, subject.noisy(new Dropped(0.3, 99)));
    }

    @Test
    void a_model_that_reads_captions_is_left_to_libtorch() {
        UNet.Config config = new UNet.Config(
                new ImageShape(1, 8, 8),
                1,
                8,
                List.of(1),
                1,
                List.of(),
                new CaptionShape(10, 4),
                NoiseProcess.FLOW_MATCHING);
        assertThat(UNetByHand.suits(config)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UNetByHand(config, Map.of()))
                .withMessage("captions are read by libtorch alone: leave this model to it");
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float difference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        float largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
