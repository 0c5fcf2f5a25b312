package dev.athanor.data;

import dev.athanor.data.duplicate.Named;
import dev.athanor.data.duplicate.Pair;
import dev.athanor.data.duplicate.Passage;
import java.io.BufferedWriter;
import java.io.IOException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes what was found as lines of JSON that people can read: every pair of duplicates, or every passage that
/// goes with the place where it stays.
final class DuplicateLines implements AutoCloseable {
    private static final double DIGITS = 10_000;

    private final Names names;
    private final DuplicateLayout layout;
    private final BufferedWriter file;

    /// What people know a row by.
    @FunctionalInterface
    interface Names {
        Named of(int row) throws IOException;
    }

    DuplicateLines(Names names, DuplicateLayout layout, BufferedWriter file) {
        this.names = names;
        this.layout = layout;
        this.file = file;
    }

    void write(Pair pair) throws IOException {
        write(json(pair));
    }

    void write(Passage passage) throws IOException {
        write(json(passage));
    }

    private void write(ObjectNode line) throws IOException {
        file.write(line.toString());
        file.write('\n');
    }

    ObjectNode json(Pair pair) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("similarity", Math.floor(pair.similarity() * DIGITS) / DIGITS); // never 1 for what is not
        Named first = names.of(pair.first());
        Named second = names.of(pair.second());
        place(json.putObject("first"), pair.first(), first).put("text", first.text());
        place(json.putObject("second"), pair.second(), second).put("text", second.text());
        return json;
    }

    ObjectNode json(Passage passage) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("words", passage.words()).put("text", passage.text());
        place(json.putObject("first"), passage.first(), names.of(passage.first()))
                .put("from", passage.firstFrom())
                .put("to", passage.firstTo());
        place(json.putObject("second"), passage.second(), names.of(passage.second()))
                .put("from", passage.from())
                .put("to", passage.to());
        return json;
    }

    private ObjectNode place(ObjectNode json, int row, Named named) {
        return json.put("in", layout.at(row).name()).put("id", named.id()).put("origin", named.origin());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
