package dev.athanor.data.label;

import java.util.List;
import java.util.SequencedMap;

/// Labelling functions that belong together, as [LabellingFile] reads them.
///
/// @param field the column that their labels go into
/// @param labels those that are known before any sample is read, in the order they are named
public record LabellingFunctions(
        String field, List<String> labels, Balance balance, List<LabellingFunction> functions) {
    public LabellingFunctions {
        labels = List.copyOf(labels);
        functions = List.copyOf(functions);
    }

    /// How frequent the labels are among the samples.
    public sealed interface Balance {
        /// Each as frequent as the others: what is safest where functions cover labels unevenly.
        record Equal() implements Balance {}

        /// Estimated from the votes: for voters that all judge most samples.
        record Estimated() implements Balance {}

        /// Known, as shares that add up to 1.
        record Given(SequencedMap<String, Double> shares) implements Balance {}
    }
}
