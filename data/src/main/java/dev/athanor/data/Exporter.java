package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a dataset for other programs: a folder with one file for each split or, of pictures and sounds, one
/// folder, as Hugging Face's `imagefolder` and `audiofolder` have them.
public final class Exporter {
    public enum Format {
        JSONL,
        CSV,
        /// Folders `train`, `validation` and `test` with a file for each picture or sound, and
        /// `metadata.jsonl`.
        FOLDER,
        /// The dataset's own files, which `datasets.load_dataset` opens.
        PARQUET;

        /// What a kind is written as when nothing else is said.
        public static Format usual(Kind kind) {
            return kind.hasMedia() ? FOLDER : JSONL;
        }

        private boolean holds(Kind kind) {
            return this == PARQUET || (this == FOLDER) == kind.hasMedia();
        }
    }

    private Exporter() {}

    /// @param target a folder that does not exist yet
    /// @throws IllegalArgumentException for a format that cannot hold what the dataset holds
    public static void run(Dataset dataset, Format format, Path target) {
        if (!format.holds(dataset.kind())) {
            throw new IllegalArgumentException("%s is of the kind %s, which %s cannot hold: choose %s"
                    .formatted(
                            dataset.reference(),
                            dataset.kind().word(),
                            format.name().toLowerCase(Locale.ROOT),
                            dataset.kind().hasMedia() ? "folder or parquet" : "jsonl, csv or parquet"));
        }
        if (Files.exists(target)) {
            throw new IllegalArgumentException("%s is there already: give a new folder".formatted(target));
        }
        Durable.folder(target, temporary -> {
            if (format == Format.PARQUET) {
                copy(dataset, temporary);
                return;
            }
            for (Split split : Split.values()) {
                if (dataset.count(split) > 0) {
                    write(dataset, split, format, temporary);
                }
            }
        });
    }

    private static void copy(Dataset dataset, Path folder) throws IOException {
        dataset.verify();
        Files.createDirectories(folder.resolve("data"));
        for (String file : dataset.manifest().files().keySet()) {
            Files.copy(dataset.folder().resolve(file), folder.resolve(file));
        }
    }

    private static void write(Dataset dataset, Split split, Format format, Path folder) throws IOException {
        switch (format) {
            case JSONL -> table(dataset, split, format, folder.resolve(split.word() + ".jsonl"));
            case CSV -> table(dataset, split, format, folder.resolve(split.word() + ".csv"));
            case FOLDER -> media(dataset, split, Files.createDirectories(folder.resolve(split.word())));
            case PARQUET -> throw new IllegalStateException("Parquet is copied whole");
        }
    }

    /// Files are called by the sample's id: names of the source may be there twice.
    private static void media(Dataset dataset, Split split, Path folder) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("metadata.jsonl"));
                Stream<Sample> samples = dataset.samples(split)) {
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                String path = sample.media().path();
                String name = sample.id() + path.substring(path.lastIndexOf('.'));
                Files.write(folder.resolve(name), sample.media().bytes());
                ObjectNode json = JsonNodeFactory.instance.objectNode().put("file_name", name);
                if (!sample.text().isEmpty()) {
                    json.put(Tables.TEXT, sample.text());
                }
                sample.fields().forEach(json::put);
                out.write(json + "\n");
            }
        }
    }

    private static void table(Dataset dataset, Split split, Format format, Path file) throws IOException {
        List<String> fields = dataset.manifest().fields();
        try (BufferedWriter out = Files.newBufferedWriter(file);
                Stream<Sample> samples = dataset.samples(split)) {
            if (format == Format.CSV) {
                out.write(quoted(Tables.TEXT));
                for (String field : fields) {
                    out.write("," + quoted(field));
                }
                out.write("\n");
            }
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                if (format == Format.JSONL) {
                    ObjectNode json = JsonNodeFactory.instance.objectNode().put(Tables.TEXT, sample.text());
                    sample.fields().forEach(json::put);
                    out.write(json.toString());
                } else {
                    out.write(quoted(sample.text()));
                    for (String field : fields) {
                        out.write("," + quoted(sample.fields().getOrDefault(field, "")));
                    }
                }
                out.write("\n");
            }
        }
    }

    /// RFC 4180, with quotes throughout.
    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
