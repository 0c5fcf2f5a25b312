package dev.athanor.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdamWTest {
    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    /// One matrix, which the optimizer decays, and a bias, which no loss here touches.
    private static LinearImpl matrix() {
        LinearImpl linear = new LinearImpl(3, 2);
        try (NoGradGuard _ = new NoGradGuard()) {
            linear.weight().copy_(Tensors.of(new float[] {1, -2, 3, -4, 5, -6}, 2, 3));
        }
        return linear;
    }

    private static Tensor loss(LinearImpl linear) {
        Tensor x = Tensors.of(new float[] {0.5f, -1, 2, 1, 1, 1}, 2, 3);
        return torch.linear(x, linear.weight()).pow(new Scalar(2)).sum();
    }

    /// The values are those of `torch.optim.AdamW` of PyTorch 2.13.0 in Python, five steps with the same settings.
    @Test
    void five_steps_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            LinearImpl linear = matrix();
            FlatParameters parameters = new FlatParameters(linear);
            AdamW optimizer = new AdamW(parameters, new AdamW.Settings(0.9, 0.99, 1e-8, 0.1));
            for (int step = 0; step < 5; step++) {
                parameters.zeroGradients();
                loss(linear).backward();
                optimizer.step(0.05);
            }
            float[] golden = {0.7283701f, -1.7035435f, 2.6788418f, -3.6537957f, 4.6290312f, -5.6042886f};
            assertThat(Tensors.floats(linear.weight())).containsExactly(golden, within(1e-6f));
        }
    }

    @Test
    void clipping_brings_the_norm_to_its_limit_and_tells_what_it_was() {
        try (PointerScope _ = new PointerScope()) {
            LinearImpl linear = matrix();
            FlatParameters parameters = new FlatParameters(linear);
            loss(linear).backward();
            double before = parameters.clip(1);
            assertThat(before).isGreaterThan(1);
            assertThat(parameters.gradients().norm().item_float()).isCloseTo(1f, within(1e-5f));
        }
    }

    @Test
    void a_hundred_steps_hold_no_more_native_memory_than_one() {
        try (PointerScope _ = new PointerScope()) {
            LinearImpl linear = matrix();
            FlatParameters parameters = new FlatParameters(linear);
            AdamW optimizer = new AdamW(parameters, new AdamW.Settings(0.9, 0.99, 1e-8, 0));
            long held = 0;
            for (int step = 0; step < 100; step++) {
                try (PointerScope _ = new PointerScope()) {
                    parameters.zeroGradients();
                    loss(linear).backward();
                    optimizer.step(0.01);
                }
                if (step == 0) {
                    held = Pointer.totalBytes();
                }
            }
            assertThat(Pointer.totalBytes()).isEqualTo(held);
        }
    }
}
