package dev.athanor.model;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/// Registers what a model learns.
final class Parameters {
    private Parameters() {}

    /// The given tensor, now a parameter of the module. What `register_parameter` itself returns must not be
    /// kept: it points into a list that moves when the next parameter is registered.
    static Tensor register(Module module, String name, Tensor values) {
        module.register_parameter(name, values);
        return values;
    }
}
