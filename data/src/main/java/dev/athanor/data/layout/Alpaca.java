package dev.athanor.data.layout;

import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Tasks as Alpaca has them: `instruction`, `input`, `output`, and perhaps `system` and a `history` of pairs. Also
/// `prompt` and `completion`, which say the same in two.
public record Alpaca() implements RecordLayout {
    private static final List<String> KEYS =
            List.of("instruction", "input", "output", "system", "history", "prompt", "completion");

    @Override
    public String word() {
        return "tasks (instruction, input, output)";
    }

    @Override
    public boolean fits(JsonNode record) {
        return record.path("instruction").isString() && record.path("output").isString()
                || record.path("prompt").isString() && record.path("completion").isString();
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) {
        Turns turns = new Turns();
        turns.add("system", record.path("system").asString(""));
        for (JsonNode pair : record.path("history")) {
            turns.add("user", pair.path(0).asString(""));
            turns.add("assistant", pair.path(1).asString(""));
        }
        boolean two = record.has("completion");
        String task = record.path(two ? "prompt" : "instruction").asString("");
        String input = record.path("input").asString("");
        turns.add("user", input.isBlank() ? task : task + "\n" + input);
        turns.add("assistant", record.path(two ? "completion" : "output").asString(""));
        return turns.values(Plain.values(record, KEYS));
    }
}
