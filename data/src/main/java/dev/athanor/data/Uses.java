package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who in a workspace needs a version of a dataset: models whose lineage leads to it, and runs that may go on
/// with it.
public final class Uses {
    private Uses() {}

    /// @param reference of the version, as `name@version`
    /// @return as people say it: `model fashion-gan`, `run 20261126-024321-image-gan`.
    public static List<String> of(Workspace workspace, String reference) {
        List<String> uses = new ArrayList<>();
        each(workspace.models(), "card.json", (folder, card) -> {
            if (names(card.path("dataset").path("reference"), reference)) {
                uses.add("model " + folder);
            }
        });
        each(workspace.runs(), "run.json", (folder, run) -> {
            if (names(run.path("dataset"), reference)
                    && !run.path("state").asString("").equals("finished")) {
                uses.add("run " + folder);
            }
        });
        return uses;
    }

    private static boolean names(JsonNode node, String reference) {
        return node.asString("").equals(reference);
    }

    /// A folder without such a file is none of ours. One whose file cannot be read may need anything, so that
    /// nothing is said to be free beside it.
    private static void each(Path parent, String name, BiConsumer<String, JsonNode> reader) {
        for (Path folder : Durable.children(parent)) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                try {
                    reader.accept(
                            folder.getFileName().toString(), JsonMapper.shared().readTree(Files.readString(file)));
                } catch (IOException | JacksonException unreadable) {
                    throw new DataException(
                            "%s cannot be read, so it is not known which dataset it needs: mend or delete %s, or give --force"
                                    .formatted(file, folder),
                            unreadable);
                }
            }
        }
    }
}
