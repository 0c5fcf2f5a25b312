package dev.athanor.cli;

import dev.athanor.data.Catalog;
import dev.athanor.data.Counted;
import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Divider;
import dev.athanor.data.Exporter;
import dev.athanor.data.Kind;
import dev.athanor.data.Manifest;
import dev.athanor.data.Quarantined;
import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.SplitPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "data",
        subcommands = {
            DataImportCommand.class,
            DataLabelCommand.class,
            DataDedupCommand.class,
            DataCleanCommand.class,
            DataReportCommand.class,
            DataDiffCommand.class,
            DataDeleteCommand.class,
            DataGcCommand.class
        },
        description =
                "Import, clean, label, divide, compare, show, export and delete datasets: texts, tables, pictures or sounds.")
final class DataCommand implements Runnable {
    private static final int SHOWN = 12;

    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw WrongUse.alone(spec);
    }

    /// How samples are divided, as words of the command line.
    static final class Division {
        @Option(
                names = "--split",
                paramLabel = "HOW",
                description =
                        "auto, random, sequential, given (by file name), group:FIELD, stratified:FIELD, or time:FIELD. Default: auto.")
        private String how = "auto";

        @Option(
                names = "--shares",
                paramLabel = "SHARES",
                description = "Train/validation/test. Default: ${DEFAULT-VALUE}.")
        private String shares = "0.8/0.1/0.1";

        @Option(
                names = "--split-seed",
                paramLabel = "N",
                description = "Of the chance in it. Default: ${DEFAULT-VALUE}.")
        private long seed = 1;

        SplitPlan plan() {
            SplitPlan.Shares parsed = SplitPlan.Shares.parse(shares);
            Seed chance = new Seed(seed);
            String field = how.substring(how.indexOf(':') + 1);
            return switch (how.contains(":") ? how.substring(0, how.indexOf(':') + 1) : how) {
                case "group:" -> new SplitPlan.Group(field, chance, parsed);
                case "stratified:" -> new SplitPlan.Stratified(field, chance, parsed);
                case "time:" -> new SplitPlan.Time(field, parsed);
                case "auto" -> new SplitPlan.Automatic(chance, parsed);
                case "random" -> new SplitPlan.Random(chance, parsed);
                case "sequential" -> new SplitPlan.Sequential(parsed);
                case "given" -> new SplitPlan.Given();
                default ->
                    throw new IllegalArgumentException(
                            "--split %s: expected auto, random, sequential, given, group:FIELD, stratified:FIELD or time:FIELD"
                                    .formatted(how));
            };
        }
    }

    /// The workspace's datasets, with a line that tells how far a new version is.
    static Datasets counting(Setting setting) {
        Terminal terminal = setting.terminal();
        return new Datasets(
                setting.workspace(), taken -> terminal.passing(() -> Terminal.number(taken) + " samples taken in"));
    }

    @Command(
            name = "get",
            description = "Import a public data set by its name; without one, list those that are known.")
    int get(
            @Mixin Setting setting,
            @Parameters(paramLabel = "NAME", arity = "0..1", defaultValue = "") String name,
            @Option(names = "--from", paramLabel = "DIR", description = "A folder with a copy of its files.")
                    Optional<Path> from) {
        Catalog catalog = Catalog.known();
        Terminal terminal = setting.terminal();
        if (name.isEmpty()) {
            terminal.table(
                    List.of("name", "licence", "what"),
                    catalog.entries().stream()
                            .map(entry -> List.of(entry.name(), entry.licence(), entry.about()))
                            .toList());
            return 0;
        }
        Catalog.Entry entry = catalog.entry(name);
        Datasets datasets = counting(setting);
        Dataset dataset = from.map(folder -> Catalog.read(datasets, entry, folder))
                .orElseGet(() -> Catalog.fetch(datasets, entry));
        tell(terminal, dataset);
        dataset.notes().forEach(terminal::note);
        terminal.note("Licence: " + entry.licence());
        return 0;
    }

    @Command(name = "split", description = "Divide the samples anew, as the next version.")
    int split(
            @Mixin Setting setting,
            @Mixin Division division,
            @Option(
                            names = "--together",
                            paramLabel = "WHAT",
                            description =
                                    "What chance never parts: similar (texts that dedup would call similar; the default), or equal alone.")
                    Optional<Divider.Together> together,
            @Parameters(paramLabel = "NAME") String name) {
        Datasets datasets = counting(setting);
        SplitPlan plan = division.plan();
        Dataset divided = Divider.run(datasets, datasets.open(name), plan, together.orElse(Divider.Together.SIMILAR));
        tell(setting.terminal(), divided);
        List<String> empty = Stream.of(Split.values())
                .filter(split -> plan.aim().isPresent() && plan.aim().get().of(split) > 0)
                .filter(split -> divided.count(split) == 0)
                .map(Split::word)
                .toList();
        if (!empty.isEmpty()) {
            setting.terminal()
                    .note(
                            "Nothing is in %s to measure by: there are too few samples, or too few that may be parted. Divide by another field, or by chance (--split random)"
                                    .formatted(String.join(" and ", empty)));
        }
        return 0;
    }

    @Command(
            name = "export",
            description =
                    "Write a new folder: texts and tables as one file for each split, pictures and sounds as one folder, which import reads back.")
    int export(
            @Mixin Setting setting,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder.") Path out,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description =
                                    "Texts: jsonl (default), csv, llama-factory. Tables: jsonl (default), csv, recbole. Pictures and sounds: folder (default: files and metadata.jsonl). All: parquet (as Hugging Face has it); all but tables: label-studio.")
                    Optional<String> format,
            @Option(
                            names = "--formulas",
                            paramLabel = "HOW",
                            description =
                                    "guarded: in csv, a cell that a spreadsheet would compute (it begins with = + - @ and is no number) gets an apostrophe in front. kept: it is written as it is. Default: guarded.",
                            defaultValue = "guarded")
                    Exporter.Formulas formulas) {
        if (out.toString().isBlank()) {
            throw new IllegalArgumentException("--out is empty: name a new folder");
        }
        Dataset dataset = new Datasets(setting.workspace()).open(name);
        Exporter.run(
                dataset,
                format.map(Exporter.Format::of).orElseGet(() -> Exporter.Format.usual(dataset.kind())),
                formulas,
                out);
        setting.terminal().result("Dataset %s is in %s".formatted(dataset.reference(), out));
        return 0;
    }

    @Command(name = "list", description = "List the datasets of the workspace.")
    int list(@Mixin Setting setting, @Option(names = "--json", description = "As JSON.") boolean json) {
        Terminal terminal = setting.terminal();
        LISTING.print(terminal, new Datasets(setting.workspace()).list(terminal::note), json);
        return 0;
    }

    private static final Listing<Dataset> LISTING = new Listing<>(
            "No dataset yet: athanor data import PATH --name NAME",
            List.of("dataset", "kind", "train", "validation", "test", "fields"),
            dataset -> List.of(
                    dataset.reference(),
                    dataset.kind().word(),
                    Terminal.number(dataset.count(Split.TRAIN)),
                    Terminal.number(dataset.count(Split.VALIDATION)),
                    Terminal.number(dataset.count(Split.TEST)),
                    String.join(", ", dataset.manifest().fields())),
            DataCommand::json);

    @Command(name = "show", description = "Show a dataset and its first samples.")
    int show(
            @Mixin Setting setting,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "The manifest as JSON.") boolean json,
            @Option(names = "--count", paramLabel = "N", description = "How many samples.", defaultValue = "3")
                    int count) {
        Setting.requireCount(count);
        Datasets datasets = new Datasets(setting.workspace());
        Dataset dataset = datasets.open(name);
        Terminal terminal = setting.terminal();
        if (json) {
            terminal.result(json(dataset).toPrettyString());
            return 0;
        }
        tell(terminal, dataset);
        List<String> ancestors = datasets.ancestors(dataset);
        if (!ancestors.isEmpty()) {
            terminal.result("Made of: " + String.join(", that of ", ancestors));
        }
        describe(terminal, dataset);
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.limit(count).forEach(sample -> {
                terminal.result("");
                terminal.result("%s  %s".formatted(sample.origin(), fields(sample)));
                if (!sample.media().isEmpty()) {
                    terminal.result(sample.media().toString());
                }
                String text = sample.text();
                if (!text.isEmpty()) {
                    terminal.result(cut(text, 400));
                }
            });
        }
        return 0;
    }

    private static String fields(Sample sample) {
        return sample.fields().entrySet().stream()
                .map(field -> field.getKey() + "=" + cut(field.getValue(), 60))
                .collect(Collectors.joining(", "));
    }

    /// The beginning of a text, in whole characters.
    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) > longest
                ? text.substring(0, text.offsetByCodePoints(0, longest)) + " ..."
                : text;
    }

    /// What a dataset of pictures or sounds holds beyond their number.
    private static void describe(Terminal terminal, Dataset dataset) {
        Manifest manifest = dataset.manifest();
        if (manifest.kind() == Kind.TEXT) {
            return;
        }
        if (manifest.kind() != Kind.TABLE) {
            terminal.result("Forms: " + some(manifest.forms()));
        }
        if (!manifest.label().isEmpty()) {
            SequencedMap<String, Long> labels = dataset.values(manifest.label());
            terminal.result(
                    "Labels (%s, %s): %s".formatted(manifest.label(), Terminal.number(labels.size()), some(labels)));
        }
        List<Quarantined> quarantined = dataset.quarantined();
        terminal.result("Quarantined: " + Terminal.number(quarantined.size()));
        quarantined.stream().limit(SHOWN).forEach(file -> terminal.result("  " + file));
    }

    private static String some(SequencedMap<String, Long> counts) {
        String first = counts.entrySet().stream()
                .limit(SHOWN)
                .map(entry -> "%s %s".formatted(entry.getKey(), Terminal.number(entry.getValue())))
                .collect(Collectors.joining(", "));
        return counts.size() > SHOWN ? first + " ... and %d more".formatted(counts.size() - SHOWN) : first;
    }

    private static ObjectNode json(Dataset dataset) {
        Manifest manifest = dataset.manifest();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", manifest.name());
        json.put("version", manifest.version());
        json.put("kind", manifest.kind().word());
        json.put("created", manifest.created());
        json.put("splits", manifest.splits());
        json.put("fingerprint", dataset.fingerprint());
        json.put("label", manifest.label());
        manifest.fields().forEach(json.putArray("fields")::add);
        ObjectNode forms = json.putObject("forms");
        manifest.forms().forEach(forms::put);
        json.put("quarantined", dataset.quarantined().size());
        for (Split split : Split.values()) {
            json.put(split.word(), dataset.count(split));
        }
        return json;
    }

    static void tell(Terminal terminal, Dataset dataset) {
        Manifest manifest = dataset.manifest();
        List<String> parts = new ArrayList<>();
        for (Split split : Split.values()) {
            Manifest.Count count = manifest.count(split);
            if (count.samples() > 0) {
                String characters = manifest.kind() == Kind.TEXT
                        ? " (%s)".formatted(Counted.of(count.characters(), "character"))
                        : "";
                parts.add("%s %s%s".formatted(split.word(), Terminal.number(count.samples()), characters));
            }
        }
        String kind = switch (manifest.kind()) {
            case TEXT -> "";
            case TABLE -> "rows of a table, ";
            case IMAGE -> "pictures, " + forms(manifest);
            case SOUND -> "sounds, " + forms(manifest);
        };
        terminal.result("Dataset %s: %s%s; divided %s%s"
                .formatted(
                        dataset.reference(),
                        kind,
                        String.join(", ", parts),
                        manifest.splits(),
                        Optional.of(manifest.fields())
                                .filter(fields -> !fields.isEmpty())
                                .map(fields -> "; fields " + String.join(", ", fields))
                                .orElse("")));
    }

    /// One form by its name, many by their number.
    private static String forms(Manifest manifest) {
        return manifest.forms().size() == 1
                ? manifest.forms().firstEntry().getKey() + ": "
                : "of %d forms: ".formatted(manifest.forms().size());
    }
}
