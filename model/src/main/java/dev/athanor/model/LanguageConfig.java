package dev.athanor.model;

/// What a model of texts is.
public sealed interface LanguageConfig extends ModelConfig
        permits Transformer.Config, Lstm.Config, Gru.Config, TextVae.Config {

    /// How many token ids the model knows.
    int vocabulary();

    /// The longest run of tokens it is trained on; a Transformer reads no more at once.
    int context();

    @Override
    LanguageModel open();
}
