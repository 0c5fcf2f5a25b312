package dev.athanor.train.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import dev.athanor.model.Given;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageShape;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// libtorch's automatic differentiation of the two losses, each with passes of its own, is the reference.
class GanGradientTest {
    private static final int ROWS = GanGradient.CHUNK + 4;
    private static final double PROBE = 0.01;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    /// One with labels, and one that is not square and without.
    private static ImageGan.Config config(int fields) {
        return fields > 0
                ? new ImageGan.Config(new ImageShape(1, 8, 8), 2, 8, List.of(1, 2), 1, 4, List.of(5, 2))
                : new ImageGan.Config(new ImageShape(3, 12, 8), 1, 4, List.of(2, 1), 2, 4, List.of());
    }

    private static GanGradient.Part part(ImageGan.Config config) {
        Random random = new Random(1);
        float[] pixels = new float[ROWS * config.shape().numbers()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() * 2 - 1;
        }
        int[] labels = new int[ROWS * config.classes().size()];
        Arrays.setAll(labels, i -> 1 + (i % 2 == 0 ? i / 2 % 5 : i / 2 % 2));
        boolean[] probed = new boolean[ROWS];
        for (int row = 1; row < ROWS; row += 3) {
            probed[row] = true;
        }
        List<Seed> seeds = IntStream.range(0, ROWS)
                .mapToObj(row -> new Seed(3).branch("row-" + row))
                .toList();
        return new GanGradient.Part(pixels, labels, probed, seeds);
    }

    private static GanGradient.Part some(ImageGan.Config config, GanGradient.Part part, int from, int end) {
        int numbers = config.shape().numbers();
        int fields = config.classes().size();
        return new GanGradient.Part(
                Arrays.copyOfRange(part.pixels(), from * numbers, end * numbers),
                Arrays.copyOfRange(part.labels(), from * fields, end * fields),
                Arrays.copyOfRange(part.probed(), from, end),
                part.seeds().subList(from, end));
    }

    /// Errors are about 1e-5, with slopes 1e-3, since they divide small differences by 0.01. But now and then a
    /// number stands so near to 0 that rounding moves it to the other side, where five times as much of the
    /// gradient passes or a fifth: so one of three networks that are nearly the same has to do.
    @ParameterizedTest
    @CsvSource({"0, 0, 1e-4", "2, 0, 1e-4", "0, 0.5, 1e-2", "2, 0.5, 1e-2"})
    void loss_and_gradients_are_those_of_libtorch_for_the_same_noise(int fields, double weight, double tolerance) {
        double[] errors = DoubleStream.of(0.25, 0.25005, 0.24995)
                .map(wide -> error(config(fields), wide, weight))
                .toArray();
        assertThat(Arrays.stream(errors).min().orElseThrow())
                .as(Arrays.toString(errors))
                .isLessThan(tolerance);
    }

    /// The largest of all weights' gradients, as a share of it; two workers share the pictures.
    private static double error(ImageGan.Config config, double wide, double weight) {
        GanGradient.Part part = part(config);
        try (PointerScope _ = new PointerScope()) {
            ImageGan model = network(config, wide);
            FlatParameters parameters = new FlatParameters(model);
            Map<String, Integer> places = parameters.places(model.tensors());
            float[] weights = Tensors.floats(parameters.values());
            float[] gradient = new float[weights.length];
            GanGradient byHand = new GanGradient(config, places, 0.3);
            GanGradient.Rules rules = new GanGradient.Rules(ROWS, (ROWS + 1) / 3, PROBE, weight, 1e-12, 0.5);
            double loss = byHand.add(weights, gradient, some(config, part, 0, 3), rules)
                    + byHand.add(weights, gradient, some(config, part, 3, ROWS), rules);

            double expected = plainly(model, part, byHand.draw(part), weight) * 0.5;
            assertThat(loss).isCloseTo(expected, within(1e-4 * expected));
            return model.tensors().entrySet().stream()
                    .mapToDouble(entry -> {
                        float[] wanted = Tensors.floats(entry.getValue().grad().mul(new Scalar(0.5)));
                        int at = places.get(entry.getKey());
                        float[] found = Arrays.copyOfRange(gradient, at, at + wanted.length);
                        return distance(found, wanted) / distance(wanted, new float[wanted.length]);
                    })
                    .max()
                    .orElseThrow();
        }
    }

    private static ImageGan network(ImageGan.Config config, double wide) {
        Engine.start(Device.CPU).seed(7);
        ImageGan model = new ImageGan(config);
        try (NoGradGuard _ = new NoGradGuard()) {
            model.tensors()
                    .values()
                    .forEach(tensor -> tensor.copy_(torch.randn_like(tensor).mul_(new Scalar(wide))));
        }
        return model;
    }

    /// Leaves each network the gradient of its own loss, and gives the discriminator's pairing loss.
    private static double plainly(ImageGan model, GanGradient.Part part, GanGradient.Drawn drawn, double weight) {
        ImageGan.Config config = model.config();
        Given given = given(drawn.labels(), config);
        Tensor real = pictures(part.pixels(), config);
        Tensor made = model.generate(Tensors.of(drawn.latents(), ROWS, config.latent()), given);
        Tensor d = model.score(real, given).sub(model.score(made.detach(), given));
        Tensor pairing = torch.softplus(d.neg()).mean();
        Tensor directions = pictures(drawn.directions(), config);
        Tensor rows = Tensors.ids(
                        IntStream.range(0, ROWS)
                                .filter(row -> part.probed()[row])
                                .toArray(),
                        1,
                        (int) directions.size(0) / 2)
                .select(0, 0);
        Tensor sides = directions.view(directions.size(0) / 2, 2, config.shape().numbers());
        Tensor slopes = slope(model, real, new Probes(rows, sides.select(1, 0)), given)
                .add(slope(model, made.detach(), new Probes(rows, sides.select(1, 1)), given));
        pairing.add(slopes.mul(new Scalar(weight / 2))).backward();
        Map<String, Tensor> kept = new LinkedHashMap<>();
        model.discriminatorTensors()
                .forEach((name, tensor) -> kept.put(name, tensor.grad().clone()));
        torch.softplus(model.score(real, given).sub(model.score(made, given)))
                .mean()
                .backward(); // leaves its traces in the discriminator, too
        model.discriminatorTensors().forEach((name, tensor) -> tensor.grad().copy_(kept.get(name)));
        return pairing.item_float();
    }

    private record Probes(Tensor rows, Tensor directions) {}

    private static Tensor slope(ImageGan model, Tensor pictures, Probes probes, Given given) {
        Given some = new Given(
                given.labels().index_select(0, probes.rows()), given.captions().index_select(0, probes.rows()));
        Tensor still = pictures.index_select(0, probes.rows());
        Tensor moved = still.add(probes.directions().view(still.sizes()).mul(new Scalar(PROBE)));
        return model.score(moved, some)
                .sub(model.score(still, some))
                .div(new Scalar(PROBE))
                .square()
                .mean();
    }

    private static Given given(int[] labels, ImageGan.Config config) {
        return new Given(Tensors.ids(labels, ROWS, config.classes().size()), Tensors.ids(new int[0], ROWS, 0));
    }

    private static Tensor pictures(float[] values, ImageGan.Config config) {
        ImageShape shape = config.shape();
        return Tensors.of(values, values.length / shape.numbers(), shape.channels(), shape.height(), shape.width());
    }

    @Test
    void a_row_is_drawn_the_same_whichever_rows_stand_beside_it() {
        ImageGan.Config config = config(2);
        GanGradient.Part part = part(config);
        try (PointerScope _ = new PointerScope()) {
            ImageGan model = new ImageGan(config);
            GanGradient byHand = new GanGradient(config, new FlatParameters(model).places(model.tensors()), 0.3);
            GanGradient.Drawn all = byHand.draw(part);
            GanGradient.Drawn one = byHand.draw(some(config, part, 4, 5)); // row 4 is the second that is probed
            assertThat(one.latents()).containsExactly(Arrays.copyOfRange(all.latents(), 4 * 4, 5 * 4));
            assertThat(one.directions()).containsExactly(Arrays.copyOfRange(all.directions(), 2 * 64, 4 * 64));
            assertThat(one.labels()).containsExactly(Arrays.copyOfRange(all.labels(), 4 * 2, 5 * 2));
            assertThat(all.labels()).contains(0);
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
