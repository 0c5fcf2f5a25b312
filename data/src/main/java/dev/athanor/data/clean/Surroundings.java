package dev.athanor.data.clean;

import dev.athanor.data.Kind;

/// What a step may know of the dataset that it cleans.
///
/// @param label the field that is the label, or empty
/// @param salt what placeholders are made with, the same for all versions of a dataset
/// @param models that may be asked
public record Surroundings(Kind kind, String label, Salt salt, LanguageModels models) {
    /// Without models.
    public Surroundings(Kind kind, String label, Salt salt) {
        this(kind, label, salt, LanguageModels.none());
    }
}
