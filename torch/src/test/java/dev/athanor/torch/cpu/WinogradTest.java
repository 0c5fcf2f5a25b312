package dev.athanor.torch.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// libtorch's convolution and its automatic differentiation are the reference, since they are another program.
class WinogradTest {
    private static final int PICTURES = 3;

    /// What sums of a few hundred products in float32 differ by in another order, and a little more.
    private static final double TOLERANCE = 3e-5;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    @ParameterizedTest(name = "{0} x {1}, {2} to {3} channels")
    @CsvSource({
        "1, 1, 2, 3",
        "2, 3, 3, 2",
        "4, 5, 8, 8",
        "7, 7, 16, 24",
        "14, 6, 24, 16",
        "9, 11, 4, 40",
        "8, 12, 40, 4"
    })
    void outputs_and_gradients_are_those_of_libtorch(int height, int width, int inputs, int outputs) {
        compare(PICTURES, height, width, inputs, outputs);
    }

    @Test
    void so_are_those_of_many_pictures() {
        compare(20, 7, 9, 8, 4);
    }

    private static void compare(int pictures, int height, int width, int inputs, int outputs) {
        int lead = 5; // what stands before the filters in the row of weights
        int behind = lead + outputs * inputs * 9;
        float[] weights = Planes.numbers(behind + outputs, 1);
        Cells x = Planes.random(height, width, pictures, inputs);
        Cells dy = Planes.random(height, width, pictures, outputs);
        Cells y = Cells.none(height, width, outputs).forPictures(pictures);
        Cells dx = Cells.none(height, width, inputs).forPictures(pictures);
        float[] gradient = new float[weights.length];

        Winograd convolution = new Winograd(new Dense(lead, behind, inputs, outputs), new Scratch());
        convolution.take(weights);
        convolution.forward(x, y);
        convolution.backward(x, dy, dx);
        convolution.learn(gradient);

        try (PointerScope _ = new PointerScope()) {
            Tensor filters = Planes.learnt(Arrays.copyOfRange(weights, lead, behind), outputs, inputs, 3, 3);
            Tensor bias = Planes.learnt(Arrays.copyOfRange(weights, behind, weights.length), outputs);
            Tensor input = Planes.tensor(x);
            Tensor reference = convolved(input, filters, bias);
            Planes.backward(reference, dy);
            assertThat(Planes.error(Planes.of(y), reference)).isLessThan(TOLERANCE);
            assertThat(Planes.error(Planes.of(dx), input.grad())).isLessThan(TOLERANCE);
            assertThat(Planes.error(Arrays.copyOfRange(gradient, lead, behind), filters.grad()))
                    .isLessThan(TOLERANCE);
            assertThat(Planes.error(Arrays.copyOfRange(gradient, behind, gradient.length), bias.grad()))
                    .isLessThan(TOLERANCE);
            assertThat(Arrays.copyOf(gradient, lead)).containsOnly(0);
        }
    }

    @Test
    void gradients_add_up_until_they_are_learnt_and_begin_anew() {
        float[] weights = Planes.numbers(2 * 2 * 9 + 2, 1);
        Cells x = Planes.random(5, 4, PICTURES, 2);
        Cells dy = Planes.random(5, 4, PICTURES, 2);
        Winograd convolution = new Winograd(new Dense(0, 36, 2, 2), new Scratch());
        convolution.take(weights);
        Cells once = Cells.none(5, 4, 2).forPictures(PICTURES);
        Cells twice = Cells.none(5, 4, 2).forPictures(PICTURES);
        float[] onceLearnt = new float[weights.length];
        float[] twiceLearnt = new float[weights.length];

        convolution.backward(x, dy, once);
        convolution.learn(onceLearnt);
        convolution.backward(x, dy, twice);
        convolution.backward(x, dy, twice);
        convolution.learn(twiceLearnt);

        try (PointerScope _ = new PointerScope()) {
            assertThat(Planes.error(Planes.of(twice), doubled(Planes.of(once)))).isLessThan(1e-6);
            assertThat(Planes.error(twiceLearnt, doubled(onceLearnt))).isLessThan(1e-6);
        }
    }

    /// Places that share an array are a picture enlarged without a copy, and their gradients add up by
    /// themselves.
    @Test
    void a_picture_enlarged_by_shared_arrays_is_convolved_as_libtorch_does_it() {
        float[] weights = Planes.numbers(4 * 3 * 9 + 4, 1);
        Cells small = Planes.random(3, 4, PICTURES, 3);
        Cells dSmall = Cells.none(3, 4, 3).forPictures(PICTURES);
        Cells y = Cells.none(6, 8, 4).forPictures(PICTURES);
        Cells dy = Planes.random(6, 8, PICTURES, 4);
        Winograd convolution = new Winograd(new Dense(0, 108, 3, 4), new Scratch());
        convolution.take(weights);
        convolution.forward(enlarged(small), y);
        convolution.backward(enlarged(small), dy, enlarged(dSmall));

        try (PointerScope _ = new PointerScope()) {
            Tensor pictures = Planes.tensor(small);
            Tensor large = twice(twice(pictures, 2), 3);
            Tensor filters = Tensors.of(Arrays.copyOf(weights, 108), 4, 3, 3, 3);
            Tensor reference = convolved(large, filters, Tensors.of(Arrays.copyOfRange(weights, 108, 112), 4));
            Planes.backward(reference, dy);
            assertThat(Planes.error(Planes.of(y), reference)).isLessThan(TOLERANCE);
            assertThat(Planes.error(Planes.of(dSmall), pictures.grad())).isLessThan(TOLERANCE);
        }
    }

    @Test
    void spans_cover_a_side_with_as_few_points_as_there_can_be() {
        assertThat(lengths(28)).containsExactly(4, 4, 4, 4, 4, 4, 4);
        assertThat(lengths(14)).containsExactly(4, 4, 4, 2);
        assertThat(lengths(7)).containsExactly(4, 3);
        assertThat(lengths(5)).containsExactly(3, 2);
        assertThat(lengths(1)).containsExactly(2);
    }

    private static List<Integer> lengths(int size) {
        return Span.cover(size).stream().map(span -> span.reach().outputs()).toList();
    }

    private static Cells enlarged(Cells small) {
        float[][] values = IntStream.range(0, 4 * small.places())
                .mapToObj(place -> {
                    int row = place / (2 * small.width()) / 2;
                    int column = place % (2 * small.width()) / 2;
                    return small.values()[row * small.width() + column];
                })
                .toArray(float[][]::new);
        return new Cells(2 * small.height(), 2 * small.width(), small.pictures(), small.channels(), values);
    }

    private static Tensor twice(Tensor x, long dimension) {
        return x.repeat_interleave(2, new LongOptional(dimension), new LongOptional());
    }

    private static Tensor convolved(Tensor x, Tensor filters, Tensor bias) {
        long[] ones = {1, 1};
        return torch.conv2d(x, filters, new TensorOptional(bias), ones, ones, ones, 1);
    }

    private static Tensor doubled(float[] once) {
        return Planes.times(Tensors.of(once, once.length), 2);
    }
}
