package dev.athanor.generate;

import dev.athanor.data.DataException;
import dev.athanor.data.Durable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The list of all content that was generated in a workspace: one line each in `outputs/ledger.jsonl`, on disk
/// before the content is acknowledged. Lines are only ever added.
public record Ledger(Path file) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// The ledger of an `outputs` folder.
    public static Ledger in(Path outputs) {
        return new Ledger(outputs.resolve("ledger.jsonl"));
    }

    /// Adds a line, and returns when it is on disk.
    public void append(Content content) {
        Durable.append(file, content.toJson().toString());
    }

    /// The content of an id.
    public Optional<Content> byId(String id) {
        return last(content -> content.id().equals(id), id);
    }

    /// The last content with this hash of its text.
    public Optional<Content> bySha256(String sha256) {
        return last(content -> content.sha256().equals(sha256), sha256);
    }

    /// Reads from the first line to the last; a line that a crash cut off is passed over, as its content was never
    /// acknowledged.
    private Optional<Content> last(Predicate<Content> wanted, String word) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<Content> found = Optional.empty();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.contains(word) && line.startsWith("{") && line.endsWith("}")) {
                    Content content = read(line, number);
                    if (wanted.test(content)) {
                        found = Optional.of(content);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new DataException("%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
        return found;
    }

    private Content read(String line, int number) {
        try {
            return Content.read(JSON.readTree(line));
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new DataException(
                    "%s:%d is not a record of content (%s): put the line right or remove it"
                            .formatted(file, number, broken.getMessage()),
                    broken);
        }
    }
}
