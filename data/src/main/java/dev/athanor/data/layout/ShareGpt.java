package dev.athanor.data.layout;

import dev.athanor.data.Unusable;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Conversations as ShareGPT has them: `conversations`, each turn with `from` and `value`, and perhaps `system`.
public record ShareGpt() implements RecordLayout {
    private static final String KEY = "conversations";

    @Override
    public String word() {
        return "conversations (ShareGPT)";
    }

    @Override
    public boolean fits(JsonNode record) {
        JsonNode first = record.path(KEY).path(0);
        return first.has("from") && first.has("value");
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) throws Unusable {
        Turns turns = new Turns();
        turns.add("system", record.path("system").asString(""));
        int number = 0;
        for (JsonNode turn : record.path(KEY)) {
            number++;
            if (!turn.path("from").isString() || !turn.path("value").isString()) {
                throw new Unusable(
                        "has a turn without \"from\" or \"value\", number %d".formatted(number),
                        "Give it both: human, gpt or system, and what is said");
            }
            turns.add(role(turn.path("from").asString()), turn.path("value").asString());
        }
        return turns.values(Plain.values(record, List.of(KEY, "system")));
    }

    private static String role(String from) {
        return switch (from) {
            case "human" -> "user";
            case "gpt", "chatgpt", "bing", "bard", "model" -> "assistant";
            case "observation", "function_response" -> "tool";
            default -> from;
        };
    }
}
