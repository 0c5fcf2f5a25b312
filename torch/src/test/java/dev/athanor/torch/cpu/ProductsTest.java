package dev.athanor.torch.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What changes sizes, joins layers or looks over a picture is held to libtorch's operators and their
/// gradients.
class ProductsTest {
    private static final int PICTURES = 3;
    private static final double TOLERANCE = 1e-5;

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    @Test
    void four_places_become_one_as_by_folding_and_a_convolution() {
        int C = 6;
        int K = 5;
        float[] weights = Planes.numbers(K * 4 * C + K, 1);
        Cells x = Planes.random(6, 8, PICTURES, C);
        Cells y = Cells.none(3, 4, K).forPictures(PICTURES);
        Cells dy = Planes.random(3, 4, PICTURES, K);
        Cells dx = Cells.none(6, 8, C).forPictures(PICTURES);
        float[] gradient = new float[weights.length];
        Shrink shrink = new Shrink(new Dense(0, K * 4 * C, 4 * C, K), 3, 4);
        shrink.take(weights);
        shrink.forward(weights, x, y);
        shrink.backward(dy, dx);
        shrink.learn(gradient, x, dy);

        try (PointerScope _ = new PointerScope()) {
            Tensor pictures = Planes.tensor(x);
            Learnt learnt = Learnt.of(weights, K, 4 * C);
            Tensor reference = learnt.convolve(torch.pixel_unshuffle(pictures, 2));
            Planes.backward(reference, dy);
            assertThat(Planes.error(Planes.of(y), reference)).isLessThan(TOLERANCE);
            assertThat(Planes.error(Planes.of(dx), pictures.grad())).isLessThan(TOLERANCE);
            learnt.compare(gradient);
        }
    }

    @Test
    void one_place_becomes_four_as_by_a_convolution_and_unfolding() {
        int C = 5;
        int K = 6;
        float[] weights = Planes.numbers(4 * K * C + 4 * K, 1);
        Cells x = Planes.random(3, 4, PICTURES, C);
        Cells y = Cells.none(6, 8, K).forPictures(PICTURES);
        Cells dy = Planes.random(6, 8, PICTURES, K);
        Cells dx = Cells.none(3, 4, C).forPictures(PICTURES);
        float[] gradient = new float[weights.length];
        Grow grow = new Grow(new Dense(0, 4 * K * C, C, 4 * K), 3, 4);
        grow.take(weights);
        grow.forward(weights, x, y);
        grow.backward(weights, dy, dx);
        grow.learn(gradient, x, dy);

        try (PointerScope _ = new PointerScope()) {
            Tensor pictures = Planes.tensor(x);
            Learnt learnt = Learnt.of(weights, 4 * K, C);
            Tensor reference = torch.pixel_shuffle(learnt.convolve(pictures), 2);
            Planes.backward(reference, dy);
            assertThat(Planes.error(Planes.of(y), reference)).isLessThan(TOLERANCE);
            assertThat(Planes.error(Planes.of(dx), pictures.grad())).isLessThan(TOLERANCE);
            learnt.compare(gradient);
        }
    }

    @Test
    void two_layers_become_one_as_by_stacking_and_a_convolution() {
        int C = 6;
        int K = 7;
        float[] weights = Planes.numbers(K * 2 * C + K, 1);
        Cells a = Planes.random(3, 4, PICTURES, C);
        Cells b = Planes.random(3, 4, PICTURES, C);
        b.add(a); // not the same
        Cells y = Cells.none(3, 4, K).forPictures(PICTURES);
        Cells dy = Planes.random(3, 4, PICTURES, K);
        Cells da = Cells.none(3, 4, C).forPictures(PICTURES);
        Cells db = Cells.none(3, 4, C).forPictures(PICTURES);
        float[] gradient = new float[weights.length];
        Merge merge = new Merge(new Dense(0, K * 2 * C, 2 * C, K), 12);
        merge.take(weights);
        merge.forward(weights, a, b, y);
        merge.backward(weights, dy, da, db);
        merge.learn(gradient, a, b, dy);

        try (PointerScope _ = new PointerScope()) {
            Tensor first = Planes.tensor(a);
            Tensor second = Planes.tensor(b);
            Learnt learnt = Learnt.of(weights, K, 2 * C);
            Tensor reference = learnt.convolve(torch.cat(new TensorVector(first, second), 1));
            Planes.backward(reference, dy);
            assertThat(Planes.error(Planes.of(y), reference)).isLessThan(TOLERANCE);
            assertThat(Planes.error(Planes.of(da), first.grad())).isLessThan(TOLERANCE);
            assertThat(Planes.error(Planes.of(db), second.grad())).isLessThan(TOLERANCE);
            learnt.compare(gradient);
        }
    }

    @Test
    void places_look_at_each_other_as_in_scaled_dot_product_attention() {
        int P = 9;
        int H = 2;
        int D = 5;
        float[] source = Planes.numbers(PICTURES * P * 3 * H * D, 2);
        float[] dMixed = Planes.numbers(PICTURES * P * H * D, 1);
        float[] mixed = new float[dMixed.length];
        float[] dSource = new float[source.length];
        Look look = new Look(H * D, H);
        look.forward(source, mixed, PICTURES, P);
        look.backward(dMixed, dSource, PICTURES);

        try (PointerScope _ = new PointerScope()) {
            Tensor learnt = Planes.learnt(source, PICTURES, P, 3 * H, D);
            TensorVector parts = learnt.transpose(1, 2).chunk(3, 1);
            Tensor reference = torch.scaled_dot_product_attention(
                            parts.get(0),
                            parts.get(1),
                            parts.get(2),
                            new TensorOptional(),
                            0.0,
                            false,
                            new DoubleOptional(),
                            false)
                    .transpose(1, 2)
                    .contiguous();
            reference
                    .mul(dev.athanor.torch.Tensors.of(dMixed, PICTURES, P, H, D))
                    .sum()
                    .backward();
            assertThat(Planes.error(mixed, reference)).isLessThan(TOLERANCE);
            assertThat(Planes.error(dSource, learnt.grad().contiguous())).isLessThan(TOLERANCE);
        }
    }

    @Test
    void a_share_of_the_numbers_is_dropped_and_the_rest_keeps_the_sum() {
        Cells x = Cells.none(10, 10, 20).forPictures(5);
        for (float[] place : x.values()) {
            Arrays.fill(place, 1);
        }
        Dropped dropped = new Dropped(0.25, 12345);
        dropped.from(x);
        double sum = 0;
        int zeros = 0;
        for (float[] place : x.values()) {
            for (float value : place) {
                sum += value;
                zeros += value == 0 ? 1 : 0;
            }
        }
        assertThat(zeros / 10_000.0).isBetween(0.23, 0.27); // 4.6 deviations
        assertThat(sum / 10_000).isBetween(0.97, 1.03);
        assertThat(x.values()[0]).isNotEqualTo(x.values()[1]);
    }

    /// Weight (K, C) and bias (K) in a row, as libtorch holds them.
    private record Learnt(Tensor weight, Tensor bias) {
        static Learnt of(float[] row, int outputs, int inputs) {
            int border = outputs * inputs;
            return new Learnt(
                    Planes.learnt(Arrays.copyOf(row, border), outputs, inputs, 1, 1),
                    Planes.learnt(Arrays.copyOfRange(row, border, border + outputs), outputs));
        }

        Tensor convolve(Tensor x) {
            long[] ones = {1, 1};
            return torch.conv2d(x, weight, new TensorOptional(bias), ones, new long[] {0, 0}, ones, 1);
        }

        void compare(float[] gradient) {
            int border = gradient.length - (int) bias.numel();
            assertThat(Planes.error(Arrays.copyOf(gradient, border), weight.grad()))
                    .isLessThan(TOLERANCE);
            assertThat(Planes.error(Arrays.copyOfRange(gradient, border, gradient.length), bias.grad()))
                    .isLessThan(TOLERANCE);
        }
    }
}
