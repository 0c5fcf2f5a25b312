package dev.athanor.data;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a person said of a sample: one line of the journal.
///
/// @param field that the label is for
/// @param sample its id
/// @param label empty where it was skipped
/// @param dataset the version it was shown from, as `name@version`
/// @param content the beginning of the SHA-256 of its text, by which it is known in a version of other
///     origin
/// @param time in ISO 8601
public record Answer(
        String field,
        String sample,
        String label,
        String annotator,
        Act act,
        String dataset,
        String content,
        String time) {
    private static final int CONTENT_DIGITS = 16;

    /// What an answer does.
    public enum Act {
        /// Says the label.
        LABEL,
        /// Leaves it to others.
        SKIP,
        /// Says the label where others disagree, and that this one counts.
        DECIDE
    }

    /// What is kept of a text, picture or sound to know it by.
    static String content(Sample sample) {
        String hash = sample.media().isEmpty()
                ? Hashes.sha256(sample.text())
                : Hashes.sha256(sample.media().bytes());
        return hash.substring(0, CONTENT_DIGITS);
    }

    String toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("time", time)
                .put("field", field)
                .put("sample", sample)
                .put("label", label)
                .put("annotator", annotator)
                .put("act", act.name().toLowerCase(java.util.Locale.ROOT))
                .put("dataset", dataset)
                .put("content", content)
                .toString();
    }

    /// Empty where the line is of another kind or lacks something.
    static Optional<Answer> parse(JsonNode json) {
        for (Act act : Act.values()) {
            if (act.name().equalsIgnoreCase(json.path("act").asString())
                    && !json.path("sample").asString().isEmpty()
                    && (act == Act.SKIP || !json.path("label").asString().isEmpty())) {
                return Optional.of(new Answer(
                        json.path("field").asString(),
                        json.path("sample").asString(),
                        json.path("label").asString(),
                        json.path("annotator").asString(),
                        act,
                        json.path("dataset").asString(),
                        json.path("content").asString(),
                        json.path("time").asString()));
            }
        }
        return Optional.empty();
    }
}
