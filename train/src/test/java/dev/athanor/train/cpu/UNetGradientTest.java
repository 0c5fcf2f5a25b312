package dev.athanor.train.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.Given;
import dev.athanor.model.ImageShape;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.UNet;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.params.provider.EnumSource;

/// libtorch's automatic differentiation is the reference, since it is another program.
class UNetGradientTest {
    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU).seed(7);
    }

    private static UNet.Config config(NoiseProcess process) {
        return new UNet.Config(SHAPE, 2, 8, List.of(1, 2), 1, List.of(5, 2), CaptionShape.NONE, process);
    }

    private static UNetGradient.Part part(int rows, float scale) {
        Random random = new Random(1);
        float[] pixels = new float[rows * SHAPE.numbers()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() * 2 - 1;
        }
        int[] labels = new int[rows * 2];
        Arrays.setAll(labels, i -> 1 + (i % 2 == 0 ? i / 2 % 5 : i / 2 % 2));
        List<Seed> seeds = IntStream.range(0, rows)
                .mapToObj(row -> new Seed(3).branch("row-" + row))
                .toList();
        return new UNetGradient.Part(pixels, labels, scale, seeds);
    }

    /// More rows than go through the model at once.
    @ParameterizedTest
    @EnumSource
    void loss_and_gradient_are_those_of_libtorch_for_the_same_noise(NoiseProcess process) {
        int rows = UNetGradient.CHUNK + 6;
        UNetGradient.Part part = part(rows, 1f / rows / SHAPE.numbers());
        try (PointerScope _ = new PointerScope()) {
            UNet model = config(process).open();
            FlatParameters parameters = new FlatParameters(model);
            try (var _ = new NoGradGuard()) {
                parameters.values().add_(torch.randn_like(parameters.values()).mul_(new Scalar(0.1)));
            }
            UNetGradient byHand = new UNetGradient(
                    model.config(), parameters.places(model.tensors()), new UNetGradient.Chances(0.2, 0));
            float[] weights = Tensors.floats(parameters.values());
            float[] gradient = new float[weights.length];
            double loss = byHand.add(weights, gradient, part);

            UNetGradient.Drawn drawn = byHand.draw(part);
            Tensor prediction = model.forward(
                    pictures(drawn.noisy().pixels(), rows),
                    Tensors.of(drawn.noisy().times(), rows),
                    new Given(Tensors.ids(drawn.noisy().labels(), rows, 2), Tensors.ids(new int[0], rows, 0)));
            Tensor expected = prediction
                    .sub(pictures(drawn.wanted(), rows))
                    .square()
                    .mul(weights(process, drawn.noisy().times()))
                    .mean();
            parameters.zeroGradients();
            expected.backward();
            float[] reference = Tensors.floats(parameters.gradients());
            assertThat(loss).isCloseTo(expected.item_float(), within(1e-4 * loss));
            assertThat(largestDifference(gradient, reference)).isLessThan(1e-4f * largest(reference));
        }
    }

    private static Tensor weights(NoiseProcess process, float[] times) {
        float[] weights = new float[times.length];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) process.weight(times[row]);
        }
        return Tensors.of(weights, times.length, 1, 1, 1);
    }

    private static Tensor pictures(float[] values, int rows) {
        return Tensors.of(values, rows, SHAPE.channels(), SHAPE.height(), SHAPE.width());
    }

    @Test
    void a_noisy_picture_lies_where_the_process_says_and_shall_be_taken_back_from_there() {
        UNetGradient.Part part = part(40, 1);
        for (NoiseProcess process : NoiseProcess.values()) {
            UNetGradient.Drawn drawn = drawn(process, part);
            double squares = 0;
            for (int i = 0; i < part.pixels().length; i++) {
                double time = drawn.noisy().times()[i / SHAPE.numbers()];
                double noisy = drawn.noisy().pixels()[i];
                double alpha = process.alpha(time);
                double sigma = process.sigma(time);
                double noise = process.noise(noisy, drawn.wanted()[i], alpha, sigma);
                double expected = alpha * part.pixels()[i] + sigma * noise;
                assertThat(noisy).isCloseTo(expected, within(1e-5));
                assertThat(process.clean(noisy, drawn.wanted()[i], alpha, sigma))
                        .isCloseTo(part.pixels()[i], within(1e-4 / alpha));
                squares += noise * noise;
            }
            assertThat(squares / part.pixels().length).isCloseTo(1, within(0.1)); // 2,560 draws: 3.6 deviations
        }
    }

    @Test
    void a_row_is_drawn_the_same_whichever_rows_stand_beside_it() {
        UNetGradient.Part part = part(6, 1);
        UNetGradient.Part last = new UNetGradient.Part(
                Arrays.copyOfRange(part.pixels(), 5 * SHAPE.numbers(), 6 * SHAPE.numbers()),
                Arrays.copyOfRange(part.labels(), 10, 12),
                1,
                part.seeds().subList(5, 6));
        UNetGradient.Drawn all = drawn(NoiseProcess.DDPM, part);
        UNetGradient.Drawn alone = drawn(NoiseProcess.DDPM, last);
        assertThat(alone.wanted()).containsExactly(Arrays.copyOfRange(all.wanted(), 320, 384));
        assertThat(alone.noisy().times()).containsExactly(all.noisy().times()[5]);
        assertThat(all.noisy().times()).doesNotHaveDuplicates();
    }

    @Test
    void labels_are_left_open_at_the_share_that_is_asked_for() {
        UNetGradient.Part part = part(2000, 1);
        int[] labels = drawn(NoiseProcess.FLOW_MATCHING, part).noisy().labels();
        int open = 0;
        int both = 0;
        for (int row = 0; row < 2000; row++) {
            open += labels[2 * row] == 0 ? 1 : 0;
            both += labels[2 * row] == 0 && labels[2 * row + 1] == 0 ? 1 : 0;
        }
        assertThat(open / 2000.0).isCloseTo(0.2 + 0.8 * 0.2, within(0.04)); // with all, or alone
        assertThat(both / 2000.0).isCloseTo(0.2 + 0.8 * 0.2 * 0.2, within(0.04));
    }

    private static UNetGradient.Drawn drawn(NoiseProcess process, UNetGradient.Part part) {
        try (PointerScope _ = new PointerScope()) {
            UNet model = config(process).open();
            FlatParameters parameters = new FlatParameters(model);
            return new UNetGradient(
                            model.config(), parameters.places(model.tensors()), new UNetGradient.Chances(0.2, 0))
                    .draw(part);
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
