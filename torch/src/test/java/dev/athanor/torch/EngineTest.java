package dev.athanor.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class EngineTest {

    @Test
    void cuda_where_there_is_none_is_refused_with_both_ways_out() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Engine.choose(Device.CUDA, false))
                .withMessage("device cuda was asked for, but libtorch sees no CUDA device: build with the Maven profile"
                        + " that brings its natives (mvn -Pcuda package) on a machine with an NVIDIA driver, or use"
                        + " --device cpu");
    }

    @Test
    void auto_takes_cuda_where_it_can_be_had_and_else_the_cpu() {
        assertThat(Engine.choose(Device.AUTO, true)).isEqualTo(Device.CUDA);
        assertThat(Engine.choose(Device.AUTO, false)).isEqualTo(Device.CPU);
        assertThat(Engine.choose(Device.CPU, true)).isEqualTo(Device.CPU);
    }

    @Test
    void natives_that_do_not_load_are_told_with_the_cure_that_fits_the_build() {
        UnsatisfiedLinkError unlinked = new UnsatisfiedLinkError("libcudnn.so.9: cannot open shared object file");
        assertThat(Engine.unloadable(unlinked, true))
                .hasMessageContainingAll("libcudnn.so.9", "CUDA toolkit, cuDNN and NCCL", "without the Maven profile");
        assertThat(Engine.unloadable(unlinked, false))
                .hasMessageContaining("one whose natives were built in")
                .hasMessageNotContaining("CUDA");
    }

    @Test
    void dice_that_are_put_back_fall_the_same_way_again() {
        Engine engine = Engine.start(Device.CPU);
        try (PointerScope _ = new PointerScope()) {
            Dice dice = Dice.of(engine.place());
            Tensor before = dice.state();
            float[] first = Tensors.floats(torch.randn(5));
            assertThat(Tensors.floats(torch.randn(5))).isNotEqualTo(first);
            dice.restore(before);
            assertThat(Tensors.floats(torch.randn(5))).isEqualTo(first);
        }
    }
}
