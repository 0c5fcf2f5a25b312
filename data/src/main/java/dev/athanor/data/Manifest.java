package dev.athanor.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a dataset version says of itself: `manifest.json`.
///
/// @param kind what the samples are; manifests that say nothing are of texts
/// @param label the field that is the label; empty where there is none
/// @param fields label and attributes, in the order of the columns
/// @param splits how the samples were divided, in words
/// @param counts samples and characters by split
/// @param forms how many pictures have which size and colour (`28x28 grey`), the commonest first; empty for
///     texts
/// @param files sha-256 of each data file, by its path inside the version
/// @param sources what it was made from
/// @param parents versions it was made from, as `name@version`
public record Manifest(
        String name,
        int version,
        Kind kind,
        String created,
        String label,
        List<String> fields,
        String splits,
        Map<Split, Count> counts,
        SequencedMap<String, Long> forms,
        SequencedMap<String, String> files,
        List<Source> sources,
        List<String> parents,
        String licence) {
    static final String FILE = "manifest.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    /// @param samples how many
    /// @param characters Unicode code points in their texts
    public record Count(long samples, long characters) {
        public static final Count NONE = new Count(0, 0);

        Count plus(Count more) {
            return new Count(samples + more.samples, characters + more.characters);
        }
    }

    /// A file that was read, with its sha-256.
    public record Source(String path, String sha256, long bytes) {}

    public Manifest {
        fields = List.copyOf(fields);
        counts = new EnumMap<>(counts);
        sources = List.copyOf(sources);
        parents = List.copyOf(parents);
    }

    /// `name@version`.
    public String reference() {
        return name + "@" + version;
    }

    public Count count(Split split) {
        return counts.getOrDefault(split, Count.NONE);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("version", version);
        json.put("kind", kind.word());
        json.put("created", created);
        json.put("licence", licence);
        json.put("label", label);
        fields.forEach(json.putArray("fields")::add);
        json.put("splits", splits);
        ObjectNode countsJson = json.putObject("counts");
        counts.forEach((split, count) -> countsJson
                .putObject(split.word())
                .put("samples", count.samples())
                .put("characters", count.characters()));
        ObjectNode formsJson = json.putObject("forms");
        forms.forEach(formsJson::put);
        ObjectNode filesJson = json.putObject("files");
        files.forEach(filesJson::put);
        sources.forEach(source -> json.withArray("sources")
                .addObject()
                .put("path", source.path())
                .put("sha256", source.sha256())
                .put("bytes", source.bytes()));
        parents.forEach(json.putArray("parents")::add);
        return json;
    }

    /// @throws DataException where the file is missing or broken
    static Manifest read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            Map<Split, Count> counts = new EnumMap<>(Split.class);
            for (Split split : Split.values()) {
                JsonNode count = json.path("counts").path(split.word());
                if (count.isObject()) {
                    counts.put(
                            split,
                            new Count(
                                    count.path("samples").asLong(),
                                    count.path("characters").asLong()));
                }
            }
            SequencedMap<String, Long> forms = new LinkedHashMap<>();
            json.path("forms").forEachEntry((form, count) -> forms.put(form, count.asLong()));
            SequencedMap<String, String> files = new LinkedHashMap<>();
            json.path("files").forEachEntry((path, sha) -> files.put(path, sha.asString()));
            List<Source> sources = new ArrayList<>();
            json.path("sources")
                    .forEach(source -> sources.add(new Source(
                            source.path("path").asString(),
                            source.path("sha256").asString(),
                            source.path("bytes").asLong())));
            return new Manifest(
                    json.path("name").asString(),
                    json.path("version").asInt(),
                    Kind.of(json.path("kind").asString(Kind.TEXT.word())),
                    json.path("created").asString(),
                    json.path("label").asString(),
                    words(json.path("fields")),
                    json.path("splits").asString(),
                    counts,
                    forms,
                    files,
                    sources,
                    words(json.path("parents")),
                    json.path("licence").asString());
        } catch (java.io.IOException broken) {
            throw damaged(file, Reason.of(broken), broken);
        } catch (JacksonException broken) {
            throw damaged(file, broken.getOriginalMessage().replaceFirst("(?s) \\(start marker.*", ""), broken);
        }
    }

    private static DataException damaged(Path file, String why, Exception broken) {
        Path version = file.toAbsolutePath().getParent();
        return new DataException(
                "%s cannot be read: %s. The version is damaged: restore it from a backup, or delete it (athanor data delete %s@%s) and import the data again"
                        .formatted(file, why, version.getParent().getFileName(), version.getFileName()),
                broken);
    }

    private static List<String> words(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
