package dev.athanor.data.layout;

import dev.athanor.data.Unusable;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Conversations as OpenAI has them: `messages`, each with `role` and `content`, which may be parts of a text.
public record Messages() implements RecordLayout {
    private static final String KEY = "messages";

    @Override
    public String word() {
        return "conversations (messages)";
    }

    @Override
    public boolean fits(JsonNode record) {
        JsonNode first = record.path(KEY).path(0);
        return first.has("role") && (first.has("content") || first.has("tool_calls"));
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) throws Unusable {
        Turns turns = new Turns();
        int number = 0;
        for (JsonNode turn : record.path(KEY)) {
            number++;
            String role = turn.path("role").asString("");
            if (role.isBlank()) {
                throw new Unusable(
                        "has a message without a role, number %d".formatted(number),
                        "Give it \"role\": system, user, assistant or tool");
            }
            turns.add(role, content(turn, number));
        }
        return turns.values(Plain.values(record, List.of(KEY)));
    }

    private static String content(JsonNode turn, int number) throws Unusable {
        JsonNode content = turn.path("content");
        if (content.isString()) {
            return content.asString();
        }
        if (content.isArray()) {
            return content.valueStream()
                    .map(part -> part.path("text").asString(""))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
        if (turn.has("tool_calls")) {
            return turn.path("tool_calls").toString();
        }
        throw new Unusable(
                "has a message without content, number %d".formatted(number),
                "Give it \"content\": a text, or parts with \"text\"");
    }
}
