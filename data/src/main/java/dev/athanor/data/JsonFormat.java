package dev.athanor.data;

import java.io.IOException;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// An array of objects, or an object that holds one; read record by record.
final class JsonFormat implements RecordFormat {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Reads one value of several: what follows is the next record, not a mistake.
    private static final ObjectReader RECORDS = JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public void read(File file, Records.Sink sink) throws IOException {
        Encodings.Decoded decoded = file.decoded();
        try (JsonParser parser = JSON.createParser(decoded.reader())) {
            toArray(file, parser);
            int record = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
                record++;
                long line = parser.currentTokenLocation().getLineNr();
                JsonNode node = RECORDS.readTree(parser);
                SequencedMap<String, String> values;
                try {
                    values = values(file, node, decoded);
                } catch (Unusable broken) {
                    file.records()
                            .leaveOut(new Quarantined(
                                    file.name(), line, 0, broken.reason(), broken.remedy(), node.toString()));
                    continue;
                }
                sink.take(values, file.name() + "#" + record);
            }
        } catch (JacksonException broken) { // how much is behind it, and so lost, nobody knows
            throw new DataException(
                    "%s line %d column %d is not JSON: %s. Mend it there"
                            .formatted(
                                    file.name(),
                                    broken.getLocation().getLineNr(),
                                    broken.getLocation().getColumnNr(),
                                    broken.getOriginalMessage()),
                    broken);
        }
    }

    private static SequencedMap<String, String> values(File file, JsonNode node, Encodings.Decoded decoded)
            throws Unusable {
        if (!node.isObject()) {
            throw JsonLinesFormat.notAnObject(node);
        }
        SequencedMap<String, String> values = file.records().values(file.name(), node);
        for (String value : values.values()) {
            var wrong = decoded.wrong(value);
            if (wrong.isPresent()) {
                throw wrong.get();
            }
        }
        return values;
    }

    private static void toArray(File file, JsonParser parser) {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.START_ARRAY) {
            token = parser.nextToken();
        }
        if (token == null) {
            throw new DataException("%s holds no JSON array: expected an array of objects, or an object with one"
                    .formatted(file.name()));
        }
    }
}
