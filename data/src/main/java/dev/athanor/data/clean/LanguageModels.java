package dev.athanor.data.clean;

/// The language models that a pipeline may ask: cleaning itself knows none.
@FunctionalInterface
public interface LanguageModels {
    /// Makes a model ready; the same name may be asked for again.
    ///
    /// @throws IllegalArgumentException for a model that is not there, with the nearest that is
    Scorer open(String name);

    /// Where there are none.
    static LanguageModels none() {
        return name -> {
            throw new IllegalArgumentException(
                    "the model %s cannot be asked here: nothing that runs models is at hand. Clean with athanor data clean on one machine, or leave the step perplexity out"
                            .formatted(name));
        };
    }
}
