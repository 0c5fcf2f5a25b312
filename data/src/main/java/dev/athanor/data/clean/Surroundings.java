package dev.athanor.data.clean;

import dev.athanor.data.Kind;
import java.util.List;

/// What a step may know of the dataset that it cleans.
///
/// @param fields the names of its fields
/// @param label the field that is the label, or empty
/// @param salt what placeholders are made with, the same for all versions of a dataset
/// @param models that may be asked
public record Surroundings(Kind kind, List<String> fields, String label, Salt salt, LanguageModels models) {
    public Surroundings {
        fields = List.copyOf(fields);
    }

    /// Without fields and models.
    public Surroundings(Kind kind, String label, Salt salt) {
        this(kind, List.of(), label, salt, LanguageModels.none());
    }
}
