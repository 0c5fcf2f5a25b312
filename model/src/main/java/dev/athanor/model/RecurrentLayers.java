package dev.athanor.model;

import dev.athanor.torch.Recurrent;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The weights of recurrent layers: how they begin and what they are called.
final class RecurrentLayers {
    private RecurrentLayers() {}

    /// One layer of `gates` gates that reads `input` numbers and remembers `width`.
    static Recurrent.Weights weights(Module module, String prefix, int gates, int input, int width) {
        return new Recurrent.Weights(
                uniform(module, prefix + "weight_ih", width, (long) gates * width, input),
                uniform(module, prefix + "weight_hh", width, (long) gates * width, width),
                uniform(module, prefix + "bias_ih", width, (long) gates * width),
                uniform(module, prefix + "bias_hh", width, (long) gates * width));
    }

    /// Uniform in ±1/√width, as PyTorch's recurrent and linear layers begin.
    static Tensor uniform(Module module, String name, int width, long... shape) {
        double bound = 1 / Math.sqrt(width);
        return Parameters.register(module, name, torch.empty(shape).uniform_(-bound, bound, none()));
    }

    private static org.bytedeco.pytorch.GeneratorOptional none() {
        return new org.bytedeco.pytorch.GeneratorOptional();
    }

    /// (B, C) zeros beside a weight (…, C): same device, same type.
    static Tensor zeros(int batch, Tensor weight) {
        return torch.zeros(new long[] {batch, weight.size(1)}, weight.options());
    }

    static void name(SequencedMap<String, Tensor> named, String prefix, Recurrent.Weights weights) {
        named.put(prefix + "weight_ih", weights.input());
        named.put(prefix + "weight_hh", weights.hidden());
        named.put(prefix + "bias_ih", weights.inputBias());
        named.put(prefix + "bias_hh", weights.hiddenBias());
    }
}
