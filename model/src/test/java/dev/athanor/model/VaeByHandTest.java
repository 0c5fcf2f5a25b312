package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// libtorch's automatic differentiation of [ImageVae] is the reference, since it is another program.
class VaeByHandTest {
    private static final int ROWS = 3;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU).seed(12);
    }

    static Stream<ImageVae.Config> models() {
        return Stream.of(
                new ImageVae.Config(new ImageShape(3, 12, 8), 2, 8, List.of(1, 2), 1, 5, List.of(3, 2)),
                new ImageVae.Config(new ImageShape(1, 28, 28), 2, 8, List.of(1, 2), 2, 6, List.of(10)),
                new ImageVae.Config(new ImageShape(1, 12, 8), 1, 8, List.of(2, 1, 3), 1, 4, List.of()));
    }

    /// A model with its weights in one row, and pictures.
    private record Subject(ImageVae model, FlatParameters parameters, VaeByHand byHand, float[] weights) {
        static Subject of(ImageVae.Config config) {
            ImageVae model = config.open();
            FlatParameters parameters = new FlatParameters(model);
            try (var _ = new NoGradGuard()) {
                parameters.values().add_(torch.randn_like(parameters.values()).mul_(new Scalar(0.1)));
            }
            VaeByHand byHand = new VaeByHand(config, parameters.places(model.tensors()));
            float[] weights = Tensors.floats(parameters.values());
            byHand.take(weights);
            return new Subject(model, parameters, byHand, weights);
        }

        VaeByHand.Told told(Dropped dropped) {
            List<Integer> classes = model.config().classes();
            int[] labels = new int[ROWS * classes.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % (classes.get(i % classes.size()) + 1);
            }
            return new VaeByHand.Told(labels, ROWS, dropped);
        }

        Given given() {
            int fields = model.config().classes().size();
            return new Given(
                    Tensors.ids(told(Dropped.NOTHING).labels(), ROWS, fields), Tensors.ids(new int[0], ROWS, 0));
        }

        Tensor pictures(float[] pixels) {
            ImageShape shape = model.config().shape();
            return Tensors.of(pixels, ROWS, shape.channels(), shape.height(), shape.width());
        }
    }

    private static float[] numbers(int count, int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("models")
    void distribution_picture_and_gradients_are_those_of_libtorch(ImageVae.Config config) {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(config);
            int Z = config.latent();
            float[] pixels = numbers(ROWS * config.shape().numbers(), 1);
            float[] z = numbers(ROWS * Z, 2);
            float[] dPicture = numbers(pixels.length, 3);
            float[] dDistribution = numbers(ROWS * 2 * Z, 4);
            float[] gradient = new float[subject.weights().length];
            float[] distribution = subject.byHand().encode(subject.weights(), pixels, subject.told(Dropped.NOTHING));
            float[] picture = subject.byHand().decode(subject.weights(), z);
            float[] dLatents = subject.byHand().decodeBack(subject.weights(), gradient, dPicture.clone());
            subject.byHand().encodeBack(subject.weights(), gradient, dDistribution);

            Posterior posterior = subject.model().encode(subject.pictures(pixels), subject.given());
            Tensor joined = torch.cat(new TensorVector(posterior.mean(), posterior.logVariance()), 1);
            Tensor latents = Tensors.of(z, ROWS, Z).requires_grad_(true);
            Tensor decoded = subject.model().decode(latents, subject.given());
            decoded.mul(subject.pictures(dPicture))
                    .sum()
                    .add(joined.mul(Tensors.of(dDistribution, ROWS, 2 * Z)).sum())
                    .backward();
            assertClose(distribution, joined.detach(), 5e-5f, "distribution");
            assertClose(picture, decoded.detach(), 5e-5f, "picture");
            assertClose(dLatents, latents.grad(), 1e-4f, "latents");
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

    private static void assertClose(float[] found, Tensor expected, float share, String what) {
        float[] wanted = Tensors.floats(expected.contiguous());
        assertThat(difference(found, wanted)).as(what).isLessThan(share * largest(wanted));
    }

    /// With dropout there is no reference but the picture itself: along the gradient its product with a given
    /// row must rise as the gradient says.
    @Test
    void with_dropout_a_picture_moves_along_the_gradient_as_the_gradient_says() {
        try (PointerScope _ = new PointerScope()) {
            Subject subject = Subject.of(models().findFirst().orElseThrow());
            float[] row = numbers(ROWS * subject.model().config().shape().numbers(), 3);
            float[] gradient = new float[subject.weights().length];
            float[] plain = decoded(subject, subject.weights(), Dropped.NOTHING);
            float[] picture = decoded(subject, subject.weights(), new Dropped(0.3, 99));
            assertThat(difference(plain, picture)).isGreaterThan(0.01f * largest(plain));
            subject.byHand().decodeBack(subject.weights(), gradient, row.clone());
            double norm = dot(gradient, gradient);
            double step = 1e-3 / Math.sqrt(norm);
            double rise = dot(moved(subject, gradient, step), row) - dot(moved(subject, gradient, -step), row);
            assertThat(rise / (2 * step * norm)).isBetween(0.95, 1.05);
        }
    }

    private static float[] moved(Subject subject, float[] gradient, double step) {
        float[] weights = subject.weights().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (step * gradient[i]);
        }
        subject.byHand().take(weights);
        return decoded(subject, weights, new Dropped(0.3, 99));
    }

    private static float[] decoded(Subject subject, float[] weights, Dropped dropped) {
        ImageVae.Config config = subject.model().config();
        subject.byHand().encode(weights, numbers(ROWS * config.shape().numbers(), 1), subject.told(dropped));
        return subject.byHand().decode(weights, numbers(ROWS * config.latent(), 2));
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
