package dev.athanor.cli;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How things of one kind are listed: as a JSON array, as a table, or, where there is none, by what makes one.
///
/// @param none said where there is nothing to list
record Listing<T>(String none, List<String> head, Function<T, List<String>> row, Function<T, ObjectNode> json) {

    void print(Terminal terminal, List<T> things, boolean asJson) {
        if (asJson) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            things.forEach(thing -> array.add(json.apply(thing)));
            terminal.result(array.toPrettyString());
        } else if (things.isEmpty()) {
            terminal.note(none);
        } else {
            terminal.table(head, things.stream().map(row).toList());
        }
    }
}
