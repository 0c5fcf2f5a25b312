package dev.athanor.train.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import dev.athanor.model.Given;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.model.Posterior;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// libtorch's automatic differentiation is the reference, since it is another program.
class VaeGradientTest {
    private static final ImageVae.Config TINY =
            new ImageVae.Config(new ImageShape(1, 8, 8), 2, 8, List.of(1, 2), 1, 6, List.of(5, 2));
    private static final int NUMBERS = 64;
    private static final int ROWS = 7;
    private static final double ROUNDING = 0.01;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU).seed(7);
    }

    private static VaeGradient.Part part(int rows) {
        Random random = new Random(1);
        float[] pixels = new float[rows * NUMBERS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() * 2 - 1;
        }
        int[] labels = new int[rows * 2];
        Arrays.setAll(labels, i -> 1 + (i % 2 == 0 ? i / 2 % 5 : i / 2 % 2));
        List<Seed> seeds = IntStream.range(0, rows)
                .mapToObj(row -> new Seed(3).branch("row-" + row))
                .toList();
        return new VaeGradient.Part(pixels, labels, seeds);
    }

    private static VaeGradient.Part some(VaeGradient.Part part, int from, int end) {
        return new VaeGradient.Part(
                Arrays.copyOfRange(part.pixels(), from * NUMBERS, end * NUMBERS),
                Arrays.copyOfRange(part.labels(), from * 2, end * 2),
                part.seeds().subList(from, end));
    }

    private static VaeGradient gradient(Map<String, Integer> places) {
        return new VaeGradient(TINY, places, new VaeGradient.Chances(0.3, 0));
    }

    /// Two workers share the pictures; some dimensions have used up their free bits and some have not.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 100})
    void loss_and_gradient_are_those_of_libtorch_for_the_same_noise(double freeBits) {
        VaeGradient.Bound bound = new VaeGradient.Bound(ROUNDING, freeBits, 0.7);
        VaeGradient.Part part = part(ROWS);
        try (PointerScope _ = new PointerScope()) {
            ImageVae model = TINY.open();
            FlatParameters parameters = new FlatParameters(model);
            try (var _ = new NoGradGuard()) {
                parameters.values().add_(torch.randn_like(parameters.values()).mul_(new Scalar(0.1)));
            }
            Map<String, Integer> places = parameters.places(model.tensors());
            float[] weights = Tensors.floats(parameters.values());
            float[] gradient = new float[weights.length];
            VaeGradient first = gradient(places);
            VaeGradient second = gradient(places);
            double[] sums = first.forward(weights, some(part, 0, 3));
            double[] others = second.forward(weights, some(part, 3, ROWS));
            Arrays.setAll(sums, i -> sums[i] + others[i]);
            VaeGradient.Whole whole = new VaeGradient.Whole(sums, ROWS, bound, 0.5);
            double loss = first.backward(weights, gradient, whole) + second.backward(weights, gradient, whole);

            Tensor expected = loss(model, part, first.draw(part), bound).mul(new Scalar(0.5));
            parameters.zeroGradients();
            expected.backward();
            float[] reference = Tensors.floats(parameters.gradients());
            assertThat(loss).isCloseTo(expected.item_float(), within(1e-4));
            assertThat(largestDifference(gradient, reference)).isLessThan(1e-4f * largest(reference));
        }
    }

    private static Tensor loss(
            ImageVae model, VaeGradient.Part part, VaeGradient.Drawn drawn, VaeGradient.Bound bound) {
        Tensor x = Tensors.of(part.pixels(), ROWS, 1, 8, 8);
        Given given = new Given(Tensors.ids(drawn.labels(), ROWS, 2), Tensors.ids(new int[0], ROWS, 0));
        Posterior posterior = model.encode(x, given);
        Tensor z = posterior
                .mean()
                .add(posterior.logVariance().mul(new Scalar(0.5)).exp().mul(Tensors.of(drawn.noise(), ROWS, 6)));
        Tensor error = torch.mse_loss(model.decode(z, given), x);
        Tensor variance = error.add(new Scalar(bound.rounding()));
        Tensor likelihood = variance.mul(new Scalar(2 * Math.PI))
                .log()
                .add(error.div(variance))
                .mul(new Scalar(0.5));
        Tensor floored = posterior
                .divergence()
                .mean(0)
                .clamp_min(new Scalar(bound.freeBits()))
                .sum();
        return likelihood.add(floored.mul(new Scalar(bound.weight() / NUMBERS)));
    }

    @Test
    void a_row_is_drawn_the_same_whichever_rows_stand_beside_it_and_told_nothing_at_the_share_asked_for() {
        VaeGradient.Part part = part(1000);
        try (PointerScope _ = new PointerScope()) {
            ImageVae model = TINY.open();
            VaeGradient byHand = gradient(new FlatParameters(model).places(model.tensors()));
            VaeGradient.Drawn all = byHand.draw(part);
            VaeGradient.Drawn last = byHand.draw(some(part, 999, 1000));
            assertThat(last.noise()).containsExactly(Arrays.copyOfRange(all.noise(), 999 * 6, 1000 * 6));
            long untold = IntStream.range(0, 1000)
                    .filter(row -> all.labels()[2 * row] == 0 && all.labels()[2 * row + 1] == 0)
                    .count();
            assertThat(untold).isBetween(240L, 360L); // 300 ± 4 deviations
            assertThat(Arrays.stream(all.labels()).filter(label -> label == 0).count())
                    .isEqualTo(2 * untold);
        }
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
