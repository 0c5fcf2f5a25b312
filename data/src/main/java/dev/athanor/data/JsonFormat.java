package dev.athanor.data;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An array of objects, or an object that holds some; read record by record. Of several arrays in one object, as sets
/// that keep their parts so, each record has the array's name as its column `part`. An array of values is a record
/// with columns by their numbers.
final class JsonFormat implements RecordFormat {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PART = "part";

    /// What the array of an object is called that is all there is.
    private static final Set<String> USUAL =
            Set.of("data", "records", "rows", "items", "examples", "samples", "results");

    /// Reads one value of several: what follows is the next record, not a mistake.
    private static final ObjectReader RECORDS = JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public void read(File file, Records.Sink sink) throws IOException {
        Encodings.Decoded decoded = file.decoded();
        try (JsonParser parser = JSON.createParser(decoded.reader())) {
            Optional<String> part = toArray(file, parser);
            int record = 0;
            while (part.isPresent()) {
                while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
                    record++;
                    take(file, decoded, new Place(parser, part.get(), record), sink);
                }
                part = nextArray(parser);
            }
        } catch (JacksonException broken) { // how much is behind it, and so lost, nobody knows
            throw new DataException(
                    "%s%s is not JSON: %s. Mend it there"
                            .formatted(file.name(), place(broken), broken.getOriginalMessage()),
                    broken);
        }
    }

    /// Where it is, where that is told: not of what is nested too deeply.
    private static String place(JacksonException broken) {
        return broken.getLocation() == null
                ? ""
                : " line %d column %d"
                        .formatted(
                                broken.getLocation().getLineNr(),
                                broken.getLocation().getColumnNr());
    }

    /// @param part the name of the array that a record is in
    private record Place(JsonParser parser, String part, int record) {}

    private static void take(File file, Encodings.Decoded decoded, Place place, Records.Sink sink) throws IOException {
        long line = place.parser().currentTokenLocation().getLineNr();
        JsonNode node = RECORDS.readTree(place.parser());
        SequencedMap<String, String> values;
        try {
            values = values(file, node, decoded);
        } catch (Unusable broken) {
            file.records()
                    .leaveOut(new Quarantined(file.name(), line, 0, broken.reason(), broken.remedy(), node.toString()));
            return;
        }
        if (!place.part().isEmpty()) {
            values.putIfAbsent(PART, place.part());
        }
        sink.take(values, file.name() + "#" + place.record());
    }

    private static SequencedMap<String, String> values(File file, JsonNode node, Encodings.Decoded decoded)
            throws Unusable {
        SequencedMap<String, String> values = file.records().values(file.name(), object(node));
        for (String value : values.values()) {
            var wrong = decoded.wrong(value);
            if (wrong.isPresent()) {
                throw wrong.get();
            }
        }
        return values;
    }

    private static JsonNode object(JsonNode node) throws Unusable {
        if (node.isArray() && !node.isEmpty() && node.valueStream().allMatch(JsonNode::isValueNode)) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (JsonNode value : node) {
                object.set("column_" + (object.size() + 1), value);
            }
            return object;
        }
        if (!node.isObject()) {
            throw JsonLinesFormat.notAnObject(node);
        }
        return node;
    }

    /// Goes to the first array; the answer is its name where it is one of an object's parts.
    private static Optional<String> toArray(File file, JsonParser parser) {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.START_ARRAY) {
            token = parser.nextToken();
        }
        if (token == null) {
            throw new DataException(
                    "%s holds no JSON array: expected an array of objects, or an object with one. Where each line is an object, read it with --as jsonl"
                            .formatted(file.name()));
        }
        return Optional.of(part(parser));
    }

    /// Goes to the next array of the object; empty where there is none.
    private static Optional<String> nextArray(JsonParser parser) {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                return Optional.of(part(parser));
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                parser.skipChildren();
            }
        }
        return Optional.empty();
    }

    /// A name that says nothing but that there are records is none.
    private static String part(JsonParser parser) {
        String name = parser.streamReadContext().getParent().currentName();
        return name == null || USUAL.contains(name.toLowerCase(Locale.ROOT)) ? "" : name;
    }
}
