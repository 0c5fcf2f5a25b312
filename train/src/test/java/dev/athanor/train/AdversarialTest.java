package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.model.Given;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageShape;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdversarialTest {
    private static final int ROWS = 8;
    private static final int PROBED = 2;
    private static final Engine ENGINE = Engine.start(Device.CPU);

    /// A network whose weights are drawn so wide that scores differ by this, about.
    private static ImageGan network(double wide) {
        ENGINE.seed(11);
        ImageGan model =
                new ImageGan(new ImageGan.Config(new ImageShape(1, 8, 8), 1, 8, List.of(1, 2), 1, 4, List.of(3)));
        try (NoGradGuard _ = new NoGradGuard()) {
            model.tensors()
                    .values()
                    .forEach(tensor -> tensor.copy_(torch.randn_like(tensor).mul_(new Scalar(0.25))));
            model.tensors().get("discriminator.score.weight").mul_(new Scalar(wide));
        }
        return model;
    }

    private static Adversarial.Play play(double weight) {
        Tensor real = torch.randn(new long[] {ROWS, 1, 8, 8}, new org.bytedeco.pytorch.TensorOptions())
                .tanh();
        Given given =
                new Given(Tensors.ids(new int[] {1, 2, 3, 0, 1, 2, 3, 0}, ROWS, 1), Tensors.ids(new int[0], ROWS, 0));
        return new Adversarial.Play(
                real,
                torch.randn(new long[] {ROWS, 4}, real.options()),
                given,
                torch.randn(new long[] {2 * PROBED, 1, 8, 8}, real.options()),
                weight);
    }

    /// The two losses of R3GAN one after the other, each with passes of its own, as its paper has them.
    private static double plainly(ImageGan model, Adversarial.Play play) {
        Tensor made = model.generate(play.latent(), play.given());
        Tensor d = model.score(play.real(), play.given()).sub(model.score(made.detach(), play.given()));
        Tensor pairing = torch.softplus(d.neg()).mean();
        Tensor slopes = slope(
                        model, play.real(), play.given(), play.directions().narrow(0, 0, PROBED))
                .add(slope(model, made.detach(), play.given(), play.directions().narrow(0, PROBED, PROBED)));
        pairing.add(slopes.mul(new Scalar(play.weight() / 2))).backward();
        Map<String, Tensor> kept = new LinkedHashMap<>();
        model.discriminatorTensors()
                .forEach((name, tensor) -> kept.put(name, tensor.grad().clone()));
        Tensor other = model.score(play.real(), play.given()).sub(model.score(made, play.given()));
        torch.softplus(other).mean().backward(); // leaves its traces in the discriminator, too
        model.discriminatorTensors().forEach((name, tensor) -> tensor.grad().copy_(kept.get(name)));
        return pairing.item_float();
    }

    private static Tensor slope(ImageGan model, Tensor pictures, Given given, Tensor directions) {
        Given some =
                new Given(given.labels().narrow(0, 0, PROBED), given.captions().narrow(0, 0, PROBED));
        Tensor still = pictures.narrow(0, 0, PROBED);
        Tensor moved = still.add(directions.mul(new Scalar(Adversarial.PROBE)));
        return model.score(moved, some)
                .sub(model.score(still, some))
                .div(new Scalar(Adversarial.PROBE))
                .square()
                .mean();
    }

    private static Map<String, float[]> gradients(ImageGan model) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        model.tensors().forEach((name, tensor) -> gradients.put(name, Tensors.floats(tensor.grad())));
        return gradients;
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "10, 0.5", "100, 0", "300, 0"})
    void one_pass_gives_the_gradients_of_the_two_losses(double wide, double weight) {
        try (PointerScope _ = new PointerScope()) {
            ImageGan model = network(wide);
            Adversarial.Play play = play(weight);
            double expected = plainly(model, play);
            Map<String, float[]> plain = gradients(model);
            model.tensors().values().forEach(tensor -> tensor.grad().zero_());
            assertThat(Adversarial.gradients(model, play)).isCloseTo(expected, within(1e-5 * expected + 1e-6));
            gradients(model).forEach((name, gradient) -> {
                double length = length(plain.get(name));
                assertThat(distance(gradient, plain.get(name)))
                        .as(name)
                        .isLessThan(3e-3 * length + 1e-6); // slopes divide rounding by 0.01
            });
            assertThat(length(plain.get("generator.leave.weight"))).isGreaterThan(1e-3);
        }
    }

    private static double length(float[] numbers) {
        return distance(numbers, new float[numbers.length]);
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
