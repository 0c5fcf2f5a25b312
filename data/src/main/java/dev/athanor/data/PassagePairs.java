package dev.athanor.data;

import dev.athanor.data.duplicate.Named;
import dev.athanor.data.duplicate.Passage;
import dev.athanor.data.duplicate.PassageSearch;
import java.io.BufferedWriter;
import java.io.IOException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes every passage that goes as a line of JSON, with the place where it stays.
final class PassagePairs implements AutoCloseable {
    private final PassageSearch search;
    private final DuplicateLayout layout;
    private final BufferedWriter file;

    PassagePairs(PassageSearch search, DuplicateLayout layout, BufferedWriter file) {
        this.search = search;
        this.layout = layout;
        this.file = file;
    }

    void write(Passage passage) throws IOException {
        file.write(json(passage).toString());
        file.write('\n');
    }

    ObjectNode json(Passage passage) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("words", passage.words()).put("text", passage.text());
        place(json.putObject("first"), passage.first())
                .put("from", passage.firstFrom())
                .put("to", passage.firstTo());
        place(json.putObject("second"), passage.second())
                .put("from", passage.from())
                .put("to", passage.to());
        return json;
    }

    private ObjectNode place(ObjectNode json, int row) throws IOException {
        Named named = search.named(row);
        return json.put("in", layout.at(row).name()).put("id", named.id()).put("origin", named.origin());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
