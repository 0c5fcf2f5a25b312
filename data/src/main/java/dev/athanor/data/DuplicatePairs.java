package dev.athanor.data;

import dev.athanor.data.duplicate.Named;
import dev.athanor.data.duplicate.Pair;
import dev.athanor.data.duplicate.Search;
import java.io.BufferedWriter;
import java.io.IOException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes every pair of duplicates as a line of JSON that people can read.
final class DuplicatePairs implements AutoCloseable {
    private static final double DIGITS = 10_000;

    private final Search search;
    private final DuplicateLayout layout;
    private final BufferedWriter file;

    DuplicatePairs(Search search, DuplicateLayout layout, BufferedWriter file) {
        this.search = search;
        this.layout = layout;
        this.file = file;
    }

    void write(Pair pair) throws IOException {
        file.write(json(pair).toString());
        file.write('\n');
    }

    ObjectNode json(Pair pair) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("similarity", Math.floor(pair.similarity() * DIGITS) / DIGITS); // never 1 for what is not
        row(json.putObject("first"), pair.first());
        row(json.putObject("second"), pair.second());
        return json;
    }

    private void row(ObjectNode json, int row) throws IOException {
        Named named = search.named(row);
        json.put("in", layout.at(row).name())
                .put("id", named.id())
                .put("origin", named.origin())
                .put("text", named.text());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
