package dev.athanor.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The weights of a module under one name each: for the module's own list, and for the file.
final class WeightTable {
    private final Module module;
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

    WeightTable(Module module) {
        this.module = module;
    }

    /// The given tensor, now learnt under this name.
    Tensor add(String name, Tensor values) {
        tensors.put(name, values);
        return Parameters.register(module, name.replace('.', '_'), values); // libtorch takes no dots
    }

    /// Uniform in ±1/√inputs, as PyTorch's convolutions and linear layers begin.
    Tensor uniform(String name, long inputs, long... shape) {
        double bound = 1 / Math.sqrt(inputs);
        return add(name, torch.empty(shape).uniform_(-bound, bound, new GeneratorOptional()));
    }

    Tensor zeros(String name, long... shape) {
        return add(name, torch.zeros(shape));
    }

    Tensor ones(String name, long... shape) {
        return add(name, torch.ones(shape));
    }

    SequencedMap<String, Tensor> tensors() {
        return Collections.unmodifiableSequencedMap(tensors);
    }
}
