package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
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
        /// The dataset's own files with a card, which `datasets.load_dataset` opens.
        PARQUET,
        /// JSON lines and the `dataset_info.json` by which LLaMA-Factory finds them.
        LLAMA_FACTORY,
        /// Tasks of Label Studio, with the labels that there are as annotations, and the labelling interface.
        LABEL_STUDIO,
        /// Files that RecBole reads as splits that are given: `NAME/NAME.train.inter`, `.valid.inter`, `.test.inter`.
        RECBOLE;

        /// What a kind is written as when nothing else is said.
        public static Format usual(Kind kind) {
            return kind.hasMedia() ? FOLDER : JSONL;
        }

        private boolean holds(Kind kind) {
            return switch (this) {
                case JSONL, CSV -> !kind.hasMedia();
                case LLAMA_FACTORY -> kind == Kind.TEXT;
                case FOLDER -> kind.hasMedia();
                case LABEL_STUDIO -> kind.hasText();
                case RECBOLE -> kind == Kind.TABLE;
                case PARQUET -> true;
            };
        }

        private static String suiting(Kind kind) {
            return Stream.of(values())
                    .filter(format -> format.holds(kind))
                    .map(Format::word)
                    .collect(Collectors.joining(", "));
        }

        /// The one that a word means.
        ///
        /// @throws IllegalArgumentException where none does
        public static Format of(String word) {
            return Stream.of(values())
                    .filter(format -> format.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no format \"%s\"%s; there are %s"
                            .formatted(word, Nearest.hint(word, WORDS), String.join(", ", WORDS))));
        }

        private static final List<String> WORDS =
                Stream.of(values()).map(Format::word).toList();

        /// As the command line says it.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What happens to cells of csv that a spreadsheet would compute: those that begin with `=`, `+`, `-` or `@`
    /// and are no number. Whoever wrote such a text would otherwise have it run where the table is opened.
    public enum Formulas {
        /// An apostrophe is put in front, which spreadsheets take as "this is text".
        GUARDED,
        /// For programs that compute nothing.
        KEPT;

        private String guarded(String value) {
            boolean formula = !value.isEmpty()
                    && "=+-@\t\r".indexOf(value.charAt(0)) >= 0
                    && !value.matches("[+-]?\\d+([.,]\\d+)*");
            return this == GUARDED && formula ? "'" + value : value;
        }
    }

    private record Form(Format format, Formulas formulas) {
        /// RFC 4180, with quotes throughout.
        String quoted(String value) {
            return '"' + formulas.guarded(value).replace("\"", "\"\"") + '"';
        }
    }

    private Exporter() {}

    /// With formulas guarded.
    ///
    /// @param target a folder that does not exist yet
    /// @throws IllegalArgumentException for a format that cannot hold what the dataset holds
    public static void run(Dataset dataset, Format format, Path target) {
        run(dataset, format, Formulas.GUARDED, target);
    }

    /// @param target a folder that does not exist yet
    /// @throws IllegalArgumentException for a format that cannot hold what the dataset holds
    public static void run(Dataset dataset, Format format, Formulas formulas, Path target) {
        if (!format.holds(dataset.kind())) {
            throw new IllegalArgumentException("%s is of the kind %s, which %s cannot hold: choose one of %s"
                    .formatted(
                            dataset.reference(), dataset.kind().word(), format.word(), Format.suiting(dataset.kind())));
        }
        if (Files.exists(target)) {
            throw new IllegalArgumentException("%s is there already: give a new folder".formatted(target));
        }
        Durable.folder(target, temporary -> {
            switch (format) {
                case PARQUET -> copy(dataset, temporary);
                case LLAMA_FACTORY -> LlamaFactory.write(dataset, temporary);
                case LABEL_STUDIO -> LabelStudioTasks.write(dataset, temporary);
                case RECBOLE -> RecBoleFiles.write(dataset, temporary);
                case JSONL, CSV, FOLDER -> {
                    for (Split split : Split.values()) {
                        if (dataset.count(split) > 0) {
                            write(dataset, split, new Form(format, formulas), temporary);
                        }
                    }
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
        Files.writeString(folder.resolve("README.md"), DatasetCard.of(dataset));
    }

    private static void write(Dataset dataset, Split split, Form form, Path folder) throws IOException {
        switch (form.format()) {
            case JSONL -> table(dataset, split, form, folder.resolve(split.word() + ".jsonl"));
            case CSV -> table(dataset, split, form, folder.resolve(split.word() + ".csv"));
            case FOLDER -> media(dataset, split, Files.createDirectories(folder.resolve(split.word())));
            case PARQUET, LLAMA_FACTORY, LABEL_STUDIO, RECBOLE ->
                throw new IllegalStateException(form.format().word() + " is written as a whole");
        }
    }

    private static void media(Dataset dataset, Split split, Path folder) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("metadata.jsonl"));
                Stream<Sample> samples = dataset.samples(split)) {
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                ObjectNode json = JsonNodeFactory.instance.objectNode().put("file_name", file(sample, folder));
                if (!sample.text().isEmpty()) {
                    json.put(Tables.TEXT, sample.text());
                }
                sample.fields().forEach(json::put);
                out.write(json + "\n");
            }
        }
    }

    /// Writes the picture or sound of a sample under its id, since names of the source may be there twice; the answer
    /// is the file's name.
    static String file(Sample sample, Path folder) throws IOException {
        String path = sample.media().path();
        String name = sample.id() + path.substring(path.lastIndexOf('.'));
        Files.write(folder.resolve(name), sample.media().bytes());
        return name;
    }

    private static void table(Dataset dataset, Split split, Form form, Path file) throws IOException {
        List<String> columns = new ArrayList<>(dataset.manifest().fields());
        if (dataset.kind().hasText()) {
            columns.addFirst(Tables.TEXT);
        }
        try (BufferedWriter out = Files.newBufferedWriter(file);
                Stream<Sample> samples = dataset.samples(split)) {
            if (form.format() == Format.CSV) {
                out.write(columns.stream().map(form::quoted).collect(Collectors.joining(",", "", "\n")));
            }
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                SequencedMap<String, String> cells = cells(dataset, sample);
                if (form.format() == Format.JSONL) {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    cells.forEach(json::put);
                    out.write(json + "\n");
                } else {
                    out.write(columns.stream()
                            .map(column -> form.quoted(cells.getOrDefault(column, "")))
                            .collect(Collectors.joining(",", "", "\n")));
                }
            }
        }
    }

    private static SequencedMap<String, String> cells(Dataset dataset, Sample sample) {
        if (!dataset.kind().hasText()) {
            return sample.fields();
        }
        SequencedMap<String, String> cells = new LinkedHashMap<>();
        cells.put(Tables.TEXT, sample.text());
        cells.putAll(sample.fields());
        return cells;
    }
}
