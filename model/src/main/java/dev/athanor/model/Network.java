package dev.athanor.model;

import java.util.SequencedMap;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/// A model as a libtorch module. Owns native memory through its tensors.
public sealed interface Network permits LanguageModel, ImageModel, SoundModel {

    ModelConfig config();

    /// The module itself, for parameters, device and training mode.
    Module module();

    /// Every weight under the name it has in `model.safetensors`, as a view: writing into it changes the model.
    SequencedMap<String, Tensor> tensors();

    /// How the model is trained from now on: the share of activations that is dropped, and the precision of
    /// matrix products. Neither changes what the model is.
    void regime(Regime regime);
}
