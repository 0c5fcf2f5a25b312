package dev.athanor.data;

import dev.athanor.data.layout.Plain;
import dev.athanor.data.layout.RecordLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads objects of JSON that hold texts, numbers and the like, as most tables in JSON Lines do, without a tree of
/// each. What is otherwise, or wrong, it leaves to who makes trees, and its answer is the same as theirs.
final class FlatJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Tables have a few sets of keys; where there are more, each record is one of its own kind.
    private static final int MOST_KINDS = 1000;

    private final boolean plain;
    private final Map<List<String>, Optional<RecordValues.Columns>> kinds = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private RecordValues.Columns last = new RecordValues.Columns(List.of());

    /// @param plain whether keys are columns whatever they are called, and no layout is looked for
    FlatJson(boolean plain) {
        this.plain = plain;
    }

    /// Empty where it needs a tree.
    Optional<RecordValues> read(String line) {
        names.clear();
        values.clear();
        try (JsonParser parser = JSON.createParser(line)) {
            if (!take(parser)) {
                return Optional.empty();
            }
        } catch (JacksonException _) { // which the tree's maker will find, too, and tell of
            return Optional.empty();
        }
        return columns().map(columns -> RecordValues.of(columns, values.toArray(String[]::new)));
    }

    private boolean take(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            names.add(parser.currentName());
            switch (parser.nextToken()) {
                case VALUE_STRING -> values.add(parser.getString());
                case VALUE_NUMBER_INT -> values.add(whole(parser));
                case VALUE_NUMBER_FLOAT ->
                    values.add(JsonNodeFactory.instance
                            .numberNode(parser.getDoubleValue())
                            .asString());
                case VALUE_TRUE -> values.add("true");
                case VALUE_FALSE -> values.add("false");
                case VALUE_NULL -> values.add(null);
                default -> {
                    return false;
                }
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    }

    private static String whole(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue().toString()
                : Long.toString(parser.getLongValue());
    }

    /// The columns of such names, where they are no layout's and differ.
    private Optional<RecordValues.Columns> columns() {
        if (last.names().equals(names)) {
            return Optional.of(last);
        }
        if (!kinds.containsKey(names)) {
            if (kinds.size() == MOST_KINDS) {
                return Optional.empty();
            }
            List<String> kind = List.copyOf(names);
            kinds.put(kind, isPlain(kind) ? Optional.of(new RecordValues.Columns(kind)) : Optional.empty());
        }
        Optional<RecordValues.Columns> known = kinds.get(names);
        known.ifPresent(columns -> last = columns);
        return known;
    }

    private boolean isPlain(List<String> kind) {
        return kind.stream().distinct().count() == kind.size()
                && (plain || RecordLayout.of(withTexts(kind)) instanceof Plain);
    }

    private static ObjectNode withTexts(List<String> keys) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        keys.forEach(key -> record.put(key, ""));
        return record;
    }
}
