package dev.athanor.model;

import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a model's texts end, and what is never in them: `generation_config.json`, as `transformers` has it.
///
/// @param ends ids that end a text; none where it goes on until it is stopped
/// @param hidden ids that have no place inside a text and are never drawn
public record Endings(SortedSet<Integer> ends, SortedSet<Integer> hidden) {
    private static final String ENDS = "eos_token_id";
    private static final String HIDDEN = "suppress_tokens";

    public Endings {
        ends = Collections.unmodifiableSortedSet(new TreeSet<>(ends));
        hidden = Collections.unmodifiableSortedSet(new TreeSet<>(hidden));
    }

    /// Of a model made here: END ends a document, and no other special token is ever written.
    public static Endings of(Tokenizer tokenizer, SampleFormat format) {
        SortedSet<Integer> ends = new TreeSet<>();
        SortedSet<Integer> hidden = new TreeSet<>();
        for (Special special : Special.values()) {
            boolean ending = special == Special.END && format.isMarked();
            tokenizer.id(special).ifPresent((ending ? ends : hidden)::add);
        }
        return new Endings(ends, hidden);
    }

    /// Of a model made elsewhere, from its `generation_config.json`, or its `config.json` where it has no such
    /// file.
    static Endings fromJson(JsonNode json) {
        return new Endings(ids(json, ENDS), ids(json, HIDDEN));
    }

    /// One id, a list of them, or nothing; old files also write -1 for nothing.
    private static SortedSet<Integer> ids(JsonNode json, String key) {
        SortedSet<Integer> ids = new TreeSet<>();
        JsonNode found = json.path(key);
        for (JsonNode id : found.isArray() ? found.values() : java.util.List.of(found)) {
            if (id.isInt()) {
                ids.add(id.intValue());
            } else if (!id.isMissingNode() && !id.isNull()) {
                throw new ModelException("%s is %s: expected a token's id or a list of them".formatted(key, found));
            }
        }
        return ids.tailSet(0);
    }

    /// Writes them into the JSON of `generation_config.json`.
    void putInto(ObjectNode json) {
        first().ifPresent(id -> json.put(ENDS, id));
        hidden.forEach(json.putArray(HIDDEN)::add);
    }

    /// The end that a sample gets, where there is one.
    OptionalInt first() {
        return ends.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ends.first());
    }
}
