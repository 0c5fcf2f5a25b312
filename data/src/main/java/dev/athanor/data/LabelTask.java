package dev.athanor.data;

import java.util.List;
import java.util.Locale;

/// What people are asked, and in which order.
///
/// @param field the column that the labels go into
/// @param choices labels to choose from, beside those that are known already
/// @param annotator who answers
/// @param split whose samples are asked about
public record LabelTask(String field, List<String> choices, String annotator, Split split, Order order) {

    /// Which samples are asked about, and in which order.
    public enum Order {
        /// Those without a label, what the classifier doubts most first: the fewest answers for a good
        /// model.
        DOUBTFUL,
        /// Those without a label, by chance: what a test split is to be judged with must not be chosen.
        RANDOM,
        /// Those that others answered, without telling what: to see how far people agree.
        ANSWERED,
        /// Those on which people differ, with what they said; the answer decides.
        DISPUTED;

        /// As on the command line.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public LabelTask {
        choices = List.copyOf(choices);
        for (String label : choices) {
            if (label.isBlank() || !label.equals(label.strip())) {
                throw new IllegalArgumentException(
                        "the label \"%s\" is blank or has blanks around it: leave them out".formatted(label));
            }
        }
        if (field.isBlank() || annotator.isBlank()) {
            throw new IllegalArgumentException("field \"%s\", annotator \"%s\": name both".formatted(field, annotator));
        }
    }
}
