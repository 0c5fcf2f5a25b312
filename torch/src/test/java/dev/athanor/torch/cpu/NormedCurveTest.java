package dev.athanor.torch.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// libtorch's group normalisation and its automatic differentiation are the reference.
class NormedCurveTest {
    private static final int PICTURES = 3;
    private static final int CHANNELS = 12;
    private static final int GROUPS = 4;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    /// A large mean takes digits from a variance that is found by squares alone.
    @ParameterizedTest
    @CsvSource({"LINE, 0, 1e-5", "SILU, 0, 1e-5", "SILU, 300, 1e-3", "LEAKY, 0, 1e-5"})
    void outputs_and_gradients_are_those_of_libtorch(Curve curve, float mean, double tolerance) {
        Cells x = moved(mean);
        Cells dy = Planes.random(5, 4, PICTURES, CHANNELS);
        float[] weights = Planes.numbers(2 * CHANNELS, 1);
        NormedCurve.Told told = new NormedCurve.Told(
                Planes.numbers(PICTURES * CHANNELS, 0.5), Planes.numbers(PICTURES * CHANNELS, 0.7));
        NormedCurve norm = new NormedCurve(new NormedCurve.Form(CHANNELS, GROUPS, curve), 0, CHANNELS, new Scratch());
        Cells y = Cells.none(5, 4, CHANNELS).forPictures(PICTURES);
        norm.forward(weights, x, told, y);
        Cells dx = copy(dy);
        float[] gradient = new float[weights.length];
        NormedCurve.Told dTold = norm.backward(weights, gradient, dx);

        try (PointerScope _ = new PointerScope()) {
            Tensor pictures = Planes.tensor(x);
            Tensor gain = Planes.learnt(Arrays.copyOf(weights, CHANNELS), CHANNELS);
            Tensor bias = Planes.learnt(Arrays.copyOfRange(weights, CHANNELS, 2 * CHANNELS), CHANNELS);
            Tensor scale = Planes.learnt(told.scale(), PICTURES, CHANNELS, 1, 1);
            Tensor shift = Planes.learnt(told.shift(), PICTURES, CHANNELS, 1, 1);
            Tensor normed =
                    torch.group_norm(pictures, GROUPS, new TensorOptional(gain), new TensorOptional(bias), 1e-5, false);
            Tensor scaled = normed.mul(scale.add(new Scalar(1))).add(shift);
            Tensor reference = switch (curve) {
                case LINE -> scaled;
                case LEAKY -> torch.leaky_relu(scaled, new Scalar(0.2));
                case SILU -> torch.silu(scaled);
            };
            Planes.backward(reference, dy);
            assertThat(Planes.error(Planes.of(y), reference)).isLessThan(tolerance);
            assertThat(Planes.error(Planes.of(dx), pictures.grad())).isLessThan(tolerance);
            assertThat(Planes.error(Arrays.copyOf(gradient, CHANNELS), gain.grad()))
                    .isLessThan(tolerance);
            assertThat(Planes.error(Arrays.copyOfRange(gradient, CHANNELS, 2 * CHANNELS), bias.grad()))
                    .isLessThan(tolerance);
            assertThat(Planes.error(Arrays.copyOf(dTold.scale(), PICTURES * CHANNELS), scale.grad()))
                    .isLessThan(tolerance);
            assertThat(Planes.error(Arrays.copyOf(dTold.shift(), PICTURES * CHANNELS), shift.grad()))
                    .isLessThan(tolerance);
        }
    }

    private static Cells moved(float mean) {
        Cells cells = Planes.random(5, 4, PICTURES, CHANNELS);
        for (float[] place : cells.values()) {
            for (int i = 0; i < place.length; i++) {
                place[i] += mean;
            }
        }
        return cells;
    }

    private static Cells copy(Cells cells) {
        float[][] values = Arrays.stream(cells.values()).map(float[]::clone).toArray(float[][]::new);
        return new Cells(cells.height(), cells.width(), cells.pictures(), cells.channels(), values);
    }

    @Test
    void all_equal_numbers_become_the_bias() {
        Cells x = Cells.none(2, 2, 4).forPictures(2);
        float[] weights = {1, 1, 1, 1, 5, 6, 7, 8};
        Cells y = Cells.none(2, 2, 4).forPictures(2);
        new NormedCurve(new NormedCurve.Form(4, 2, Curve.LINE), 0, 4, new Scratch())
                .forward(weights, x, NormedCurve.Told.NOTHING, y);
        assertThat(y.values()[3]).containsExactly(5, 6, 7, 8, 5, 6, 7, 8);
    }

    @Test
    void the_sigmoid_is_within_a_few_units_of_the_last_place_of_one() {
        float[] edges = {0, -0f, 1e-30f, 17.9f, 18, -18, 18.1f, -88, 1e30f, Float.POSITIVE_INFINITY, -1e30f};
        for (float z : edges) {
            assertThat((double) Curve.sigmoid(z)).isCloseTo(1 / (1 + Math.exp(-z)), within(3e-7));
        }
        for (float z = -30; z < 30; z += 0.0123f) {
            assertThat((double) Curve.sigmoid(z))
                    .as("sigmoid of %s", z)
                    .isCloseTo(1 / (1 + Math.exp(-z)), within(3e-7));
        }
        assertThat(Curve.sigmoid(Float.NaN)).isNaN();
    }
}
