package dev.athanor.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A data set as Hugging Face's hub has it: `configs` in the front matter of its `README.md` say which files
/// are which split.
///
/// @param files each with the split that it is; empty for one whose name is none of ours
record HubFolder(SequencedMap<Path, Optional<Split>> files) {
    private static final String README = "README.md";
    private static final Pattern FRONT = Pattern.compile("(?s)\\A\\ufeff?---\\r?\\n(.*?)\\n---\\s*\\n.*");
    private static final long LONGEST = 1 << 20;

    /// What a folder's README says; empty where it says nothing of files.
    ///
    /// @throws DataException where it names files that are not there, or several sets none of which is the
    ///     usual one
    static Optional<HubFolder> of(Path folder) {
        Path readme = folder.resolve(README);
        try {
            if (!Files.isRegularFile(readme) || Files.size(readme) > LONGEST) {
                return Optional.empty();
            }
            Matcher front = FRONT.matcher(Files.readString(readme));
            if (!front.matches()) {
                return Optional.empty();
            }
            Object said = new Load(LoadSettings.builder().build()).loadFromString(front.group(1));
            List<Map<?, ?>> configs = maps(said instanceof Map<?, ?> map ? map.get("configs") : List.of());
            return configs.isEmpty() ? Optional.empty() : Optional.of(new Reading(folder, readme).of(configs));
        } catch (java.nio.charset.CharacterCodingException | YamlEngineException _) {
            return Optional.empty(); // a README for people; the files' names then say what they are
        } catch (IOException unreadable) {
            throw Reason.unreadable(readme, unreadable);
        }
    }

    private static List<Map<?, ?>> maps(Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> items) {
            items.forEach(item -> {
                if (item instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            });
        }
        return maps;
    }

    private record Reading(Path folder, Path readme) {
        HubFolder of(List<Map<?, ?>> configs) throws IOException {
            Map<?, ?> config = choose(configs);
            SequencedMap<Path, Optional<Split>> files = new LinkedHashMap<>();
            Object data = config.get("data_files");
            if (!maps(data).isEmpty()) {
                for (Map<?, ?> part : maps(data)) {
                    add(part.get("path"), Split.of(String.valueOf(part.get("split"))), files);
                }
            } else {
                add(data, Optional.empty(), files);
            }
            return new HubFolder(files);
        }

        private Map<?, ?> choose(List<Map<?, ?>> configs) {
            return configs.stream()
                    .filter(config -> configs.size() == 1
                            || Boolean.TRUE.equals(config.get("default"))
                            || "default".equals(config.get("config_name")))
                    .findFirst()
                    .orElseThrow(() -> new DataException(
                            "%s names several sets, %s, and none as the default: import the files of one of them"
                                    .formatted(
                                            readme,
                                            String.join(
                                                    ", ",
                                                    configs.stream()
                                                            .map(config -> String.valueOf(config.get("config_name")))
                                                            .toList()))));
        }

        private void add(Object patterns, Optional<Split> split, SequencedMap<Path, Optional<Split>> files)
                throws IOException {
            List<?> several =
                    patterns instanceof List<?> list ? list : patterns == null ? List.of() : List.of(patterns);
            for (Object pattern : several) {
                List<Path> found = matching(pattern.toString());
                if (found.isEmpty()) {
                    throw new DataException(
                            "%s names %s, and there is no such file in %s: fetch it, or import the files that are there"
                                    .formatted(readme, pattern, folder));
                }
                found.forEach(file -> files.putIfAbsent(file, split));
            }
        }

        private List<Path> matching(String pattern) throws IOException {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            try (Stream<Path> paths = Files.walk(folder)) {
                return paths.filter(Files::isRegularFile)
                        .filter(path -> matcher.matches(folder.relativize(path)))
                        .sorted()
                        .toList();
            } catch (UncheckedIOException unreadable) {
                throw Reason.unreadable(folder, unreadable);
            }
        }
    }
}
