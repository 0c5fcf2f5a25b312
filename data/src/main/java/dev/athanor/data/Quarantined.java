package dev.athanor.data;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A file that could not be imported and was left out: a line of `quarantine.jsonl` in the version's folder.
///
/// @param file as it is found again
/// @param reason what is wrong with it, as the end of a sentence that begins with the file
/// @param remedy what to do
public record Quarantined(String file, String reason, String remedy) {
    static final String FILE = "quarantine.jsonl";

    static Quarantined of(String file, Unusable why) {
        return new Quarantined(file, why.reason(), why.remedy());
    }

    /// One line of the file.
    static Quarantined parse(String line) {
        JsonNode json = JsonMapper.shared().readTree(line);
        return new Quarantined(
                json.path("file").asString(),
                json.path("reason").asString(),
                json.path("remedy").asString());
    }

    String toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", file)
                .put("reason", reason)
                .put("remedy", remedy)
                .toString();
    }

    /// As a sentence, and one of its own for the remedy.
    @Override
    public String toString() {
        return "%s %s. %s".formatted(file, reason, remedy);
    }
}
