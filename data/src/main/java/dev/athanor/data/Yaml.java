package dev.athanor.data;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads files of settings that people write in YAML.
public final class Yaml {
    private Yaml() {}

    /// What a text holds: maps, lists, words and numbers; empty where there is nothing but comments.
    ///
    /// @param source what the text is called in messages
    /// @throws IllegalArgumentException naming line and column where it is none
    public static Optional<Object> load(String source, String text) {
        try {
            return Optional.ofNullable(
                    new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(text));
        } catch (MarkedYamlEngineException broken) {
            throw new IllegalArgumentException(
                    "%s%s is not YAML: %s. Mend it there".formatted(source, place(broken), problem(broken)), broken);
        } catch (YamlEngineException broken) {
            throw new IllegalArgumentException(
                    "%s is not YAML: %s".formatted(source, broken.getMessage().replaceAll("\\s+", " ")), broken);
        }
    }

    private static String place(MarkedYamlEngineException broken) {
        return broken.getProblemMark()
                .or(broken::getContextMark)
                .map(mark -> " line %d, column %d,".formatted(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse("");
    }

    /// `expected ',' or ']', but got the end of the file while parsing a list in brackets from line 1, column 8`.
    private static String problem(MarkedYamlEngineException broken) {
        String problem = broken.getProblem();
        if (broken.getContext() != null && !broken.getContext().isBlank()) {
            problem += " " + broken.getContext()
                    + broken.getContextMark()
                            .map(mark -> " from line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1))
                            .orElse("");
        }
        return plain(problem);
    }

    /// What people call what the grammar has other names for.
    private static String plain(String problem) {
        return problem.replaceAll("'?<(stream|document) (end|start)>'?|end of stream", "the end of the file")
                .replaceAll("'?<block end>'?", "the end of it")
                .replaceAll("'?<block sequence start>'?|'?<block entry>'?", "a list")
                .replaceAll("'?<block mapping start>'?", "a key")
                .replaceAll("'?<scalar>'?", "a word")
                .replace("flow sequence", "list in brackets")
                .replace("flow mapping", "map in braces")
                .replaceAll("block (mapping|collection)", "map")
                .replace("block sequence", "list")
                .replaceAll("\\s+", " ");
    }
}
