package dev.athanor.model;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model is, without its weights: everything needed to build it again.
public sealed interface ModelConfig permits LanguageConfig, ImageConfig, SoundConfig {

    /// The family's word in recipes: `transformer`, `lstm`, `image-diffusion` and so on.
    String family();

    /// How many numbers its weights have.
    long parameters();

    /// A new model with random weights from libtorch's generator, on the CPU.
    Network open();

    /// The form in `config.json`.
    ObjectNode toJson();

    /// Reads `config.json`.
    ///
    /// @throws ModelException for a family or a setting that is not known here
    static ModelConfig fromJson(JsonNode json) {
        String type = json.path("model_type").asString("");
        return switch (type) {
            case Transformer.Config.TYPE -> Transformer.Config.fromJson(json);
            case Lstm.Config.TYPE -> Lstm.Config.fromJson(json);
            case Gru.Config.TYPE -> Gru.Config.fromJson(json);
            case TextVae.Config.TYPE -> TextVae.Config.fromJson(json);
            case UNet.Config.TYPE -> UNet.Config.fromJson(json);
            case ImageClassifier.Config.TYPE -> ImageClassifier.Config.fromJson(json);
            case ImageVae.Config.TYPE -> ImageVae.Config.fromJson(json);
            case ImageGan.Config.TYPE -> ImageGan.Config.fromJson(json);
            case SoundCodec.Config.TYPE -> SoundCodec.Config.fromJson(json);
            case Vocoder.Config.TYPE -> Vocoder.Config.fromJson(json);
            default ->
                throw new ModelException(
                        "config.json says model_type \"%s\", which is not known here: expected one of %s"
                                .formatted(
                                        type,
                                        String.join(
                                                ", ",
                                                List.of(
                                                        Transformer.Config.TYPE,
                                                        Lstm.Config.TYPE,
                                                        Gru.Config.TYPE,
                                                        TextVae.Config.TYPE,
                                                        UNet.Config.TYPE,
                                                        ImageClassifier.Config.TYPE,
                                                        ImageVae.Config.TYPE,
                                                        ImageGan.Config.TYPE,
                                                        SoundCodec.Config.TYPE,
                                                        Vocoder.Config.TYPE))));
        };
    }
}
