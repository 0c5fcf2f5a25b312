package dev.athanor.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One version of a dataset: immutable samples in splits.
public record Dataset(Path folder, Manifest manifest) {

    /// Opens the version in a folder, which may be no workspace's of this machine.
    ///
    /// @throws DataException where it is missing or damaged
    public static Dataset open(Path folder) {
        return new Dataset(folder, Manifest.read(folder));
    }

    public String name() {
        return manifest.name();
    }

    /// What its samples are.
    public Kind kind() {
        return manifest.kind();
    }

    /// `name@version`.
    public String reference() {
        return manifest.reference();
    }

    public long count(Split split) {
        return manifest.count(split).samples();
    }

    /// The samples of a split in their order, read as they are asked for. Close the stream.
    ///
    /// @throws DataException where a data file is missing or damaged
    public Stream<Sample> samples(Split split) {
        return Tables.read(files(split), manifest);
    }

    /// Some samples of a split in their order, read as they are asked for; those before are passed over without
    /// being read. Close the stream.
    ///
    /// @param from the number of the first, from 0
    /// @param to behind the last
    /// @throws DataException where a data file is missing or damaged
    public Stream<Sample> samples(Split split, long from, long to) {
        return Tables.read(files(split), manifest, new Tables.Range(from, to));
    }

    /// The files of a split, in their order.
    List<Path> files(Split split) {
        return manifest.files().keySet().stream()
                .filter(path -> path.startsWith("data/" + split.word() + "-"))
                .map(this::existing)
                .toList();
    }

    /// The files that were left out when it was imported, with their reasons.
    public List<Quarantined> quarantined() {
        Path file = folder.resolve(Quarantined.FILE);
        if (Files.notExists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Quarantined::parse).toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    /// What people should know of how it was made, as sentences.
    public List<String> notes() {
        return report().path("notes").valueStream().map(JsonNode::asString).toList();
    }

    /// What happened when it was made, as `report.json` says it.
    public JsonNode report() {
        Path file = folder.resolve("report.json");
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        } catch (JacksonException damaged) {
            throw new DataException(
                    "%s is damaged: %s. Restore it from a backup, or import the data again"
                            .formatted(file, damaged.getOriginalMessage()),
                    damaged);
        }
    }

    /// The values of a field with how many samples have each, the commonest first.
    public SequencedMap<String, Long> values(String field) {
        List<Path> files =
                manifest.files().keySet().stream().map(this::existing).toList();
        return Tables.values(files, field);
    }

    /// What it takes of the disk.
    public long bytes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException unreadable) {
            throw Reason.unreadable(folder, unreadable);
        }
    }

    /// One number for all its content: it changes when any data file does.
    public String fingerprint() {
        return Hashes.sha256(manifest.files().toString());
    }

    /// Reads every data file and compares it with the manifest.
    ///
    /// @throws DataException naming the file that differs
    public void verify() {
        for (Map.Entry<String, String> entry : new LinkedHashMap<>(manifest.files()).entrySet()) {
            Path file = existing(entry.getKey());
            String found = Hashes.sha256(file);
            if (!found.equals(entry.getValue())) {
                throw new DataException(
                        "%s is damaged: its sha-256 is %s and the manifest says %s. Restore it from a backup, or import the data again"
                                .formatted(file, found, entry.getValue()));
            }
        }
    }

    private Path existing(String path) {
        Path file = folder.resolve(path);
        if (!Files.exists(file)) {
            throw new DataException(
                    "%s is missing: the version %s was deleted meanwhile, or is damaged. Restore it from a backup, or import the data again"
                            .formatted(file, reference()));
        }
        return file;
    }
}
