package dev.athanor.data.layout;

import dev.athanor.data.Unusable;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Conversations as the Schema-Guided Dialogue sets have them: `turns`, each with `speaker` and `utterance`.
public record SpokenTurns() implements RecordLayout {
    private static final String KEY = "turns";

    @Override
    public String word() {
        return "conversations (turns)";
    }

    @Override
    public boolean fits(JsonNode record) {
        JsonNode first = record.path(KEY).path(0);
        return first.has("speaker") && first.has("utterance");
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) throws Unusable {
        Turns turns = new Turns();
        int number = 0;
        for (JsonNode turn : record.path(KEY)) {
            number++;
            if (!turn.path("speaker").isString() || !turn.path("utterance").isString()) {
                throw new Unusable(
                        "has a turn without \"speaker\" or \"utterance\", number %d".formatted(number),
                        "Give it both: who speaks, and what is said");
            }
            turns.add(
                    role(turn.path("speaker").asString()),
                    turn.path("utterance").asString());
        }
        return turns.values(Plain.values(record, List.of(KEY)));
    }

    private static String role(String speaker) {
        return switch (speaker) {
            case "USER" -> "user";
            case "SYSTEM" -> "assistant"; // who answers there is called the system
            default -> speaker;
        };
    }
}
