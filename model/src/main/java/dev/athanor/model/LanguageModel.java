package dev.athanor.model;

/// A model of texts.
public sealed interface LanguageModel extends Network permits Transformer, Lstm, Gru, TextVae {

    @Override
    LanguageConfig config();
}
