package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Findings;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.MediaForms;
import dev.athanor.data.Query;
import dev.athanor.data.SplitPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = {
            "Import files or folders; what they hold is found out, told, and written as a new version.",
            "Texts: txt, csv, tsv, jsonl, json, Parquet, xlsx, html, md, docx, pdf, CoNLL, RecBole (inter, item, user), also packed as gz or zip; conversations (messages, ShareGPT, Alpaca) and exports of Label Studio and Argilla are known by their keys.",
            "Tables without a text (ratings, events, customers) become rows of fields.",
            "Pictures (png, jpeg, gif, bmp, webp): a folder or zip, with a sub-folder for each label, or with a table such as metadata.csv that names files (file_name) and says caption and labels; IDX (the MNIST family), CIFAR (binary), Parquet as Hugging Face has it.",
            "Sounds (wav, flac, mp3, ogg): folders, zips, tables and Parquet likewise, and lists like LJSpeech's metadata.csv.",
            "What cannot be used is left out and listed with place, reason and remedy in the version's quarantine.jsonl."
        })
final class DataImportCommand implements Callable<Integer> {
    private static final int SHOWN = 8;
    private static final int LONGEST_VALUE = 40;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Setting setting;

    @Mixin
    private DataCommand.Division division;

    @Mixin
    private Reading reading;

    @Mixin
    private PictureForm pictures;

    @Mixin
    private SoundPreparation sounds;

    @Mixin
    private Elsewhere elsewhere;

    private final Set<String> told = new HashSet<>();

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files, folders, archives, and addresses of the web (https://...).")
    private List<String> paths = List.of();

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "The dataset's name.")
    private String name;

    @Option(names = "--dry-run", description = "Only show what is found; write nothing.")
    private boolean dryRun;

    /// How files are read, as words of the command line.
    static final class Reading {
        @Option(
                names = "--unit",
                paramLabel = "UNIT",
                description = "What a sample of a txt file is: auto, line, paragraph, file.")
        private ImportOptions.Unit unit = ImportOptions.Unit.AUTO;

        @Option(
                names = "--as",
                paramLabel = "KIND",
                description = "Read every file as this (csv, jsonl, txt ...), whatever its name ends in.")
        private String as = "";

        @Option(
                names = "--encoding",
                paramLabel = "CHARSET",
                description = "auto, UTF-8, GB18030, ISO-8859-1, UTF-16 ... Default: auto.")
        private String encoding = "auto";

        @Option(
                names = "--map",
                paramLabel = "OLD=NEW",
                description = "Give a column another name; may be given several times. Other options use the new one.")
        private Map<String, String> renamed = new LinkedHashMap<>();

        @Option(
                names = "--text",
                paramLabel = "COLUMN",
                description = "The column with the text, or with the caption of a picture or sound.")
        private String text = "";

        @Option(
                names = "--table",
                description = "Rows have no text: all columns are fields. Found out where no column looks like a text.")
        private boolean table;

        @Option(
                names = "--sheet",
                paramLabel = "NAME",
                description = "Of spreadsheets only this sheet. Default: all that are not hidden.")
        private String sheet = "";

        @Option(names = "--label", paramLabel = "COLUMN", description = "The column with the label.")
        private String label = "";

        @Option(
                names = "--attributes",
                split = ",",
                paramLabel = "COLUMN",
                description = "Keep only these beside text and label. Default: all.")
        private List<String> attributes = List.of();

        @Option(
                names = "--attributes-from",
                paramLabel = "COLUMN",
                description = "A column such as \"name[value], name[value]\" to take apart.")
        private String attributesFrom = "";

        @Option(
                names = "--bad-rows",
                paramLabel = "HOW",
                description =
                        "quarantine: leave them out and list them. refuse: end the import at the first. Default: quarantine.")
        private ImportOptions.BadRows badRows = ImportOptions.BadRows.QUARANTINE;

        @Option(names = "--licence", paramLabel = "TEXT", description = "Of the data, in words.")
        private String licence = "";

        ImportOptions options(String name, SplitPlan plan) {
            renamed.forEach((old, now) -> {
                if (old.isBlank() || now.isBlank()) {
                    throw new IllegalArgumentException(
                            "--map %s=%s: expected OLD=NEW, a column and another name for it".formatted(old, now));
                }
            });
            return new ImportOptions(
                    name,
                    unit,
                    as,
                    encoding,
                    new LinkedHashMap<>(renamed),
                    table ? ImportOptions.Holding.TABLE : ImportOptions.Holding.AUTO,
                    sheet,
                    text,
                    label,
                    attributes,
                    attributesFrom,
                    badRows,
                    plan,
                    licence,
                    MediaForms.USUAL);
        }
    }

    @Override
    public Integer call() throws IOException {
        ImportOptions options =
                reading.options(name, division.plan()).withMedia(new MediaForms(pictures.form(), sounds.form()));
        Optional<Query> query = elsewhere.query();
        if (query.isPresent() == !paths.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "data import needs files, folders or addresses, or else --jdbc with --query");
        }
        if (query.isPresent()) {
            idle().refuseThoseOfFiles();
            return dryRun
                    ? shown(Importer.look(options, query.get()))
                    : imported(Importer.run(datasets(), options, query.get(), this::tellFound));
        }
        Path temporary = Files.createTempDirectory("athanor-fetched-");
        try {
            List<Path> local = elsewhere.local(paths, temporary);
            if (dryRun) {
                return shown(Importer.look(options, local));
            }
            Path source = setting.workspace().datasets().resolve(name).resolve("source");
            List<Path> kept = Elsewhere.kept(local, temporary, source);
            try {
                return imported(Importer.run(datasets(), options, kept, this::tellFound));
            } catch (RuntimeException refused) {
                if (datasets().versions(name).isEmpty()) {
                    Elsewhere.delete(source);
                }
                throw refused;
            }
        } finally {
            Elsewhere.delete(temporary);
        }
    }

    private Datasets datasets() {
        return DataCommand.counting(setting);
    }

    private IdleOptions idle() {
        return new IdleOptions(spec.commandLine().getParseResult());
    }

    private int shown(Findings found) {
        show(found, setting.terminal()::result);
        idle().refuse(found);
        setting.terminal().note("Nothing was written: run it without --dry-run to import");
        return 0;
    }

    private void tellFound(Findings found) {
        show(found, setting.terminal()::note);
        told.addAll(found.notes());
        idle().refuse(found);
    }

    private int imported(Dataset dataset) {
        Terminal terminal = setting.terminal();
        DataCommand.tell(terminal, dataset);
        dataset.notes().stream().filter(note -> !told.contains(note)).forEach(terminal::note);
        String then = switch (dataset.kind()) {
            case TEXT -> "train text-transformer --data " + name;
            case TABLE -> "data report %s --open".formatted(name);
            case IMAGE -> "train image-diffusion --data " + name;
            case SOUND -> "train audio-diffusion --data " + name;
        };
        terminal.note("Next: athanor data clean %s, or athanor %s".formatted(name, then));
        return 0;
    }

    /// Takes a line for people.
    @FunctionalInterface
    private interface Line {
        void print(String line);
    }

    private static void show(Findings found, Line out) {
        found.files().stream().limit(SHOWN).forEach(source -> {
            out.print("Found %s: %s".formatted(source.name(), String.join(", ", source.traits())));
            if (!source.columns().isEmpty()) {
                out.print("  columns " + columns(source.columns(), source.text()));
            }
        });
        if (found.files().size() > SHOWN) {
            out.print("Found %s more".formatted(Terminal.number(found.files().size() - SHOWN)));
        }
        found.notes().forEach(out::print);
    }

    private static String columns(SequencedMap<String, String> columns, String text) {
        StringBuilder line = new StringBuilder();
        int count = 0;
        for (Map.Entry<String, String> column : columns.entrySet()) {
            if (count++ == 2 * SHOWN) {
                return line.append(", ... %d more".formatted(columns.size() - 2 * SHOWN))
                        .toString();
            }
            String value = column.getValue().replaceAll("\\s+", " ");
            line.append(line.isEmpty() ? "" : ", ")
                    .append(column.getKey())
                    .append(column.getKey().equals(text) ? " (the text)" : "")
                    .append(": ")
                    .append(value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value);
        }
        return line.toString();
    }
}
