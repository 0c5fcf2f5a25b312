package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageShape;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final Engine ENGINE = Engine.start(Device.CPU);

    private static Tensor noise(int rows) {
        return torch.randn(new long[] {rows, 1, 4, 4}, new org.bytedeco.pytorch.TensorOptions());
    }

    private static ImageGan gan() {
        return new ImageGan(new ImageGan.Config(new ImageShape(1, 4, 4), 1, 8, List.of(1), 1, 2, List.of()));
    }

    @Test
    void the_energy_distance_is_twice_the_distance_across_less_those_within() {
        try (PointerScope _ = new PointerScope()) {
            // Pictures of two numbers each: 5, 1, 3 and √17 across, 4 and √20 within, all by √2.
            Tensor real = Tensors.of(new float[] {0, 0, 4, 0}, 2, 2);
            Tensor made = Tensors.of(new float[] {4, 3, 0, 1}, 2, 2);
            double across = (5 + 1 + 3 + Math.sqrt(17)) / 4;
            double within = 4 + Math.sqrt(20);
            assertThat(Distances.of(real, made).energy().item_float())
                    .isCloseTo((float) ((2 * across - within) / Math.sqrt(2)), within(1e-5f));
        }
    }

    @Test
    void pictures_of_the_same_kind_have_an_energy_distance_near_0_and_others_have_not() {
        try (PointerScope _ = new PointerScope()) {
            ENGINE.seed(3);
            assertThat(Distances.of(noise(500), noise(500)).energy().item_float())
                    .isCloseTo(0, within(0.01f));
            Tensor moved = noise(500).add(new org.bytedeco.pytorch.Scalar(1.0));
            assertThat(Distances.of(noise(500), moved).energy().item_float()).isGreaterThan(0.3f);
        }
    }

    @Test
    void pictures_that_vary_as_real_ones_do_are_not_remarked_upon() {
        try (PointerScope _ = new PointerScope()) {
            ENGINE.seed(3);
            Variation variation = Variation.of(noise(200), noise(200));
            assertThat(variation.spread()).isCloseTo(1, within(0.05));
            assertThat(variation.gap()).isCloseTo(1, within(0.1));
            assertThat(variation.remark(gan())).isEmpty();
        }
    }

    @Test
    void one_picture_over_and_over_is_mode_collapse() {
        try (PointerScope _ = new PointerScope()) {
            ENGINE.seed(3);
            Variation variation = Variation.of(noise(200), noise(1).expand(new long[] {200, 1, 4, 4}));
            assertThat(variation.remark(gan()))
                    .hasValue("the pictures that it makes vary much less than real ones: two of them are 0 % as far"
                            + " apart, and each is 0 % as far from the one most like it. Mode collapse: a larger"
                            + " training.penalty, a lower training.rate or more pictures usually helps");
        }
    }

    @Test
    void ten_pictures_that_come_again_and_again_are_noticed_by_their_gap() {
        try (PointerScope _ = new PointerScope()) {
            ENGINE.seed(3);
            Tensor ten = noise(10);
            TensorVector all = new TensorVector();
            for (int i = 0; i < 20; i++) {
                all.push_back(ten);
            }
            Variation variation = Variation.of(noise(200), torch.cat(all));
            assertThat(variation.spread()).isGreaterThan(0.8);
            assertThat(variation.gap()).isLessThan(0.05);
            assertThat(variation.remark(gan())).isPresent();
        }
    }

    @Test
    void where_real_pictures_are_all_the_same_nothing_is_missed() {
        try (PointerScope _ = new PointerScope()) {
            Tensor same = noise(1).expand(new long[] {20, 1, 4, 4});
            assertThat(Variation.of(same, same).remark(gan())).isEmpty();
        }
    }
}
