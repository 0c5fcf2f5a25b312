package dev.athanor.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The random numbers that libtorch draws on one device, for dropout and noise: CPU and CUDA have each their own.
public final class Dice {
    private final Generator generator;

    private Dice(Generator generator) {
        this.generator = generator;
    }

    /// Those that tensors of the device are filled from.
    public static Dice of(Device device) {
        return new Dice(torch.globalContext().defaultGenerator(device));
    }

    /// What decides all draws to come: bytes, on the CPU.
    public Tensor state() {
        return generator.get_state();
    }

    /// Draws from now on as after `state` was taken.
    public void restore(Tensor state) {
        generator.set_state(state);
    }
}
