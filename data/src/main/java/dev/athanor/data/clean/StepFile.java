package dev.athanor.data.clean;

import dev.athanor.data.Nearest;
import dev.athanor.data.Reason;
import dev.athanor.data.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Steps in their order as YAML:
///
/// ```yaml
/// steps:
///   - control
///   - length: {shortest: 10}
/// ```
public final class StepFile {
    /// Lists of steps that come with the program.
    public static final List<String> BUILT_IN = List.of("web", "private");

    private StepFile() {}

    /// Reads a list of steps.
    ///
    /// @param nameOrPath a built-in name, or a YAML file
    /// @throws IllegalArgumentException naming the place of what is not known, and the nearest that is
    public static List<Step> read(String nameOrPath) {
        if (BUILT_IN.contains(nameOrPath)) {
            return parse(nameOrPath, resource(nameOrPath));
        }
        Path file = Path.of(nameOrPath);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "there is no file of steps \"%s\"%s; built in are %s, others are given by their path"
                            .formatted(nameOrPath, Nearest.hint(nameOrPath, BUILT_IN), String.join(", ", BUILT_IN)));
        }
        try {
            return parse(nameOrPath, Files.readString(file));
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    private static String resource(String name) {
        try (InputStream in = StepFile.class.getResourceAsStream(name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @param source what the text is called in messages
    static List<Step> parse(String source, String text) {
        Object loaded = Yaml.load(source, text).orElse(Map.of());
        if (!(loaded instanceof Map<?, ?> root)
                || root.size() != 1
                || !(root.get("steps") instanceof List<?> list)
                || list.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: expected one key \"steps\" with a list, for example  steps: [control, whitespace, length: {shortest: 10}]"
                            .formatted(source));
        }
        List<Step> steps = new ArrayList<>();
        for (Object entry : list) {
            steps.add(step("%s, step %d".formatted(source, steps.size() + 1), entry));
        }
        return steps;
    }

    private static Step step(String place, Object entry) {
        String name;
        Object options = null;
        if (entry instanceof Map<?, ?> map && map.size() == 1) {
            name = String.valueOf(map.keySet().iterator().next());
            options = map.values().iterator().next();
        } else if (entry instanceof String word) {
            name = word;
        } else {
            throw new IllegalArgumentException(
                    "%s is \"%s\": expected a name, or a name with its options such as  length: {shortest: 10}"
                            .formatted(place, entry));
        }
        Step usual = Steps.KNOWN.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s: unknown step \"%s\"%s; known are %s"
                        .formatted(place, name, Nearest.hint(name, Steps.names()), String.join(", ", Steps.names()))));
        if (options != null && !(options instanceof Map)) {
            throw new IllegalArgumentException("%s, %s: its options are \"%s\": expected keys with values in braces"
                    .formatted(place, name, options));
        }
        try {
            return StepOptions.bind(usual, options instanceof Map<?, ?> map ? map : Map.of());
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("%s, %s: %s".formatted(place, name, refused.getMessage()), refused);
        }
    }
}
