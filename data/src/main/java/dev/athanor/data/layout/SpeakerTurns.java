package dev.athanor.data.layout;

import dev.athanor.data.Unusable;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Conversations as a list of turns, each of which says who speaks and what; beside them perhaps `system`.
///
/// @param word what people call it
/// @param key of the list
/// @param who key of the speaker
/// @param what key of what is said
public record SpeakerTurns(String word, String key, String who, String what) implements RecordLayout {
    static final SpeakerTurns SHARE_GPT =
            new SpeakerTurns("conversations (ShareGPT)", "conversations", "from", "value");

    /// The Schema-Guided Dialogue sets, in which who answers is called the system.
    static final SpeakerTurns SCHEMA_GUIDED =
            new SpeakerTurns("conversations (turns)", "turns", "speaker", "utterance");

    @Override
    public boolean fits(JsonNode record) {
        JsonNode first = record.path(key).path(0);
        return first.has(who) && first.has(what);
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) throws Unusable {
        Turns turns = new Turns();
        turns.add("system", record.path("system").asString(""));
        int number = 0;
        for (JsonNode turn : record.path(key)) {
            number++;
            if (!turn.path(who).isString() || !turn.path(what).isString()) {
                throw new Unusable(
                        "has a turn without \"%s\" or \"%s\", number %d".formatted(who, what, number),
                        "Give it both: who speaks, such as human, gpt or system, and what is said");
            }
            turns.add(role(turn.path(who).asString()), turn.path(what).asString());
        }
        return turns.values(Plain.values(record, List.of(key, "system")));
    }

    private static String role(String speaker) {
        return switch (speaker) {
            case "human", "USER" -> "user";
            case "gpt", "chatgpt", "bing", "bard", "model", "SYSTEM" -> "assistant";
            case "observation", "function_response" -> "tool";
            default -> speaker;
        };
    }
}
