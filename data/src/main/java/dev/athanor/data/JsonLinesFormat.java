package dev.athanor.data;

import java.io.IOException;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An object of JSON on each line.
final class JsonLinesFormat implements RecordFormat {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Whether the beginning of a file is an object on each line, which many call `.json`, too.
    static boolean isLike(String head) {
        String[] lines = head.replace("\ufeff", "").strip().split("\\s*\n\\s*", 3);
        return lines.length > 1 && lines[0].matches("\\{.*\\}") && lines[1].startsWith("{");
    }

    @Override
    public void read(File file, Records.Sink sink) throws IOException {
        Lines lines = file.records().lines(file.name(), file.decoded());
        FlatJson flat = new FlatJson(!file.records().options().text().isEmpty());
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().isBlank()) {
                continue;
            }
            Optional<RecordValues> known = file.records().isTaking() && !HalfCharacter.isPossible(line.get())
                    ? flat.read(line.get())
                    : Optional.empty();
            if (known.isPresent()) {
                sink.take(known.get(), file.name() + ":" + lines.number());
                continue;
            }
            SequencedMap<String, String> values;
            try {
                values = file.records().values(file.name(), object(line.get()));
            } catch (Unusable broken) {
                file.records()
                        .leaveOut(new Quarantined(
                                file.name(), lines.number(), 0, broken.reason(), broken.remedy(), line.get()));
                continue;
            } catch (JacksonException broken) {
                file.records()
                        .leaveOut(new Quarantined(
                                file.name(),
                                lines.number(),
                                column(broken),
                                reason(broken),
                                "Mend the line: expected an object, as {\"text\": \"...\"}",
                                line.get()));
                continue;
            }
            sink.take(values, file.name() + ":" + lines.number());
        }
    }

    private static String reason(JacksonException broken) {
        return broken.getOriginalMessage().startsWith("Trailing token")
                ? "has another value behind its object"
                : "has broken JSON: " + broken.getOriginalMessage();
    }

    /// Where it is, from 1; 0 where that is not told, as of what is nested too deeply.
    private static int column(JacksonException broken) {
        return broken.getLocation() == null ? 0 : broken.getLocation().getColumnNr();
    }

    private static JsonNode object(String line) throws Unusable {
        JsonNode node = JSON.readTree(line);
        if (!node.isObject()) {
            throw notAnObject(node);
        }
        return node;
    }

    static Unusable notAnObject(JsonNode node) {
        return new Unusable("has no JSON object but " + node.getNodeType(), "Expected an object with named values");
    }
}
