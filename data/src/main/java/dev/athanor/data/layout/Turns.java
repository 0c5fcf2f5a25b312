package dev.athanor.data.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A conversation. Its text has a line for each turn, `role: what is said`, as the dialogues of the sample
/// business have it: that is what models learn here. The column `messages` keeps the turns as JSON.
final class Turns {
    static final String COLUMN = "messages";

    private record Turn(String role, String content) {}

    private final List<Turn> turns = new ArrayList<>();

    void add(String role, String content) {
        if (!content.isBlank()) {
            turns.add(new Turn(role, content.strip()));
        }
    }

    /// With what else is said of the conversation.
    SequencedMap<String, String> values(SequencedMap<String, String> others) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        values.put(
                "text",
                turns.stream().map(turn -> turn.role() + ": " + turn.content()).collect(Collectors.joining("\n")));
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        turns.forEach(turn -> json.addObject().put("role", turn.role()).put("content", turn.content()));
        values.put(COLUMN, json.toString());
        others.forEach(values::putIfAbsent);
        return values;
    }
}
