package dev.athanor.data;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A file or row that could not be imported and was left out: a line of `quarantine.jsonl` in the version's folder.
///
/// @param file as it is found again
/// @param line of the file, from 1; 0 where it is all of the file
/// @param column where in the line, from 1: a character in text and JSON, a field in a table; 0 where it is all
///     of the line
/// @param reason what is wrong with it, as the end of a sentence that begins with the file
/// @param remedy what to do
/// @param content how what was left out begins; empty for a whole file
public record Quarantined(String file, long line, int column, String reason, String remedy, String content) {
    static final String FILE = "quarantine.jsonl";

    /// The remedy of a file that was passed over.
    static final String OTHERS = "The other files were read without it";

    /// So much of a row is kept to know it again by: characters.
    private static final int SHOWN = 500;

    public Quarantined {
        content = HalfCharacter.replaced(content.length() > SHOWN ? content.substring(0, SHOWN) : content);
        reason = HalfCharacter.replaced(reason);
    }

    /// A whole file.
    public Quarantined(String file, String reason, String remedy) {
        this(file, 0, 0, reason, remedy, "");
    }

    static Quarantined of(String file, Unusable why) {
        return new Quarantined(file, why.reason(), why.remedy());
    }

    /// A file whose refusal names it; others go on without it.
    static Quarantined of(String file, DataException broken) {
        String message = broken.getMessage();
        return new Quarantined(
                file,
                message.startsWith(file) ? message.substring(file.length()).strip() : message,
                OTHERS);
    }

    /// One line of the file.
    static Quarantined parse(String line) {
        JsonNode json = JsonMapper.shared().readTree(line);
        return new Quarantined(
                json.path("file").asString(),
                json.path("line").asLong(0),
                json.path("column").asInt(0),
                json.path("reason").asString(),
                json.path("remedy").asString(),
                json.path("content").asString(""));
    }

    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("file", file);
        if (line > 0) {
            json.put("line", line);
        }
        if (column > 0) {
            json.put("column", column);
        }
        json.put("reason", reason).put("remedy", remedy);
        if (!content.isEmpty()) {
            json.put("content", content);
        }
        return json.toString();
    }

    /// As a sentence, and one of its own for the remedy.
    @Override
    public String toString() {
        String place = line > 0 ? "%s line %d".formatted(file, line) : file;
        return "%s %s. %s".formatted(column > 0 ? "%s, column %d,".formatted(place, column) : place, reason, remedy);
    }
}
