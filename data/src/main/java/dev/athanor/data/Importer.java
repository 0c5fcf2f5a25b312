package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads files into a new version of a dataset: texts and tables, in the formats of [RecordFormats], also
/// inside gz and zip; and pictures and sounds, which [MediaImporter] takes over.
public final class Importer {
    /// What is known of a data set beyond what its files say.
    ///
    /// @param fields the fields to keep, of the files or computed; empty: those the options choose
    /// @param choosing which records are taken at all
    /// @param naming what the names of single pictures and sounds say
    record Knowledge(List<String> fields, Placing placing, Computing computing, Choosing choosing, Naming naming) {
        static final Knowledge NONE = new Knowledge(List.of(), (_, _, _) -> Optional.empty(), (_, values) -> values);

        /// Takes every record.
        Knowledge(List<String> fields, Placing placing, Computing computing) {
            this(fields, placing, computing, (_, _) -> true);
        }

        Knowledge(List<String> fields, Placing placing, Computing computing, Choosing choosing) {
            this(fields, placing, computing, choosing, _ -> new LinkedHashMap<>());
        }

        /// Values beside those that the source gives.
        @FunctionalInterface
        interface Naming {
            SequencedMap<String, String> values(String file);
        }

        /// Whether a record is taken.
        @FunctionalInterface
        interface Choosing {
            boolean takes(String file, SequencedMap<String, String> values);
        }

        /// The split of a record, where one is given.
        @FunctionalInterface
        interface Placing {
            /// @param record its number in the file, from 0
            Optional<Split> split(String file, long record, SequencedMap<String, String> values);
        }

        /// Adds computed fields to a record with this text.
        @FunctionalInterface
        interface Computing {
            SequencedMap<String, String> fields(String text, SequencedMap<String, String> values);
        }
    }

    private final ImportOptions options;
    private final Knowledge knowledge;
    private final ObjectNode report = JsonNodeFactory.instance.objectNode();
    private final Records records;
    private final List<RecordSource> sources = new ArrayList<>();
    private final TextColumns columns;
    private final Map<String, Split> splits;
    private long samples;
    private long record;
    private long withoutText;
    private Optional<Split> ofTable = Optional.empty();

    /// What a data set's own description says of its files, by their names.
    private static Map<String, Split> splits(List<Path> sources) {
        Map<String, Split> splits = new HashMap<>();
        sources.stream()
                .filter(Files::isDirectory)
                .flatMap(source -> HubFolder.of(source).stream())
                .forEach(hub ->
                        hub.files().forEach((file, split) -> split.ifPresent(is -> splits.put(file.toString(), is))));
        return splits;
    }

    private Importer(ImportOptions options, Knowledge knowledge, List<Path> sources) {
        this(options, knowledge, splits(sources));
        files(options, sources).forEach(file -> this.sources.add(new FileSource(file, records)));
    }

    private Importer(ImportOptions options, Query query) {
        this(options, Knowledge.NONE, Map.of());
        this.sources.add(new QuerySource(query, records));
    }

    private Importer(ImportOptions options, Knowledge knowledge, Map<String, Split> splits) {
        this.options = options;
        this.knowledge = knowledge;
        this.splits = splits;
        this.records = new Records(options, report);
        this.columns = new TextColumns(options, records);
    }

    /// Imports files, and what folders hold.
    ///
    /// @throws DataException naming file and line where nothing can be used; nothing is kept then
    public static Dataset run(Datasets datasets, ImportOptions options, List<Path> sources) {
        return run(datasets, options, sources, _ -> {});
    }

    /// The same, telling what was found before anything is written.
    public static Dataset run(Datasets datasets, ImportOptions options, List<Path> sources, Consumer<Findings> found) {
        return run(datasets, new Order(options, Knowledge.NONE, found), sources);
    }

    static Dataset run(Datasets datasets, ImportOptions options, Knowledge knowledge, List<Path> sources) {
        return run(datasets, new Order(options, knowledge, _ -> {}), sources);
    }

    /// @param found is told what was found before anything is written
    private record Order(ImportOptions options, Knowledge knowledge, Consumer<Findings> found) {}

    private static Dataset run(Datasets datasets, Order order, List<Path> sources) {
        ImportOptions options = order.options();
        List<String> beside;
        try (MediaSources found = new MediaSources(sources)) {
            Optional<Codec> codec = codec(options, found);
            if (codec.isPresent()) {
                return new MediaImporter(options, order.knowledge(), codec.get()).run(datasets, found, order.found());
            }
            beside = found.beside();
        } catch (IOException unreadable) {
            throw Reason.unreadable(sources.getFirst(), unreadable);
        }
        Importer importer = new Importer(options, order.knowledge(), sources);
        beside.forEach(importer.records::note);
        return importer.write(datasets, order.found());
    }

    /// Imports the rows that a database answers with.
    ///
    /// @throws DataException where it does not
    public static Dataset run(Datasets datasets, ImportOptions options, Query query, Consumer<Findings> found) {
        return new Importer(options, query).write(datasets, found);
    }

    /// Only looks at what a database answers.
    public static Findings look(ImportOptions options, Query query) {
        return new Importer(options, query).look();
    }

    /// Only looks: what an import would find, and what it would make of it. Nothing is written.
    ///
    /// @throws DataException for what an import would refuse before it begins to write
    public static Findings look(ImportOptions options, List<Path> sources) {
        List<String> beside;
        try (MediaSources found = new MediaSources(sources)) {
            Optional<Codec> codec = codec(options, found);
            if (codec.isPresent()) {
                return new MediaImporter(options, Knowledge.NONE, codec.get()).look(found);
            }
            beside = found.beside();
        } catch (IOException unreadable) {
            throw Reason.unreadable(sources.getFirst(), unreadable);
        }
        Importer importer = new Importer(options, Knowledge.NONE, sources);
        beside.forEach(importer.records::note);
        importer.columns.look(importer.sources);
        importer.columns.tellBroken();
        return importer.columns.findings();
    }

    private Findings look() {
        columns.look(sources);
        return columns.findings();
    }

    private static Optional<Codec> codec(ImportOptions options, MediaSources found) {
        return options.as().isEmpty()
                ? found.choose(List.of(
                        new ImageCodec(options.media().images()),
                        new SoundCodec(options.media().sounds())))
                : Optional.empty();
    }

    private static List<Path> files(ImportOptions options, List<Path> sources) {
        List<Path> files = new ArrayList<>();
        sources.forEach(source -> files.addAll(SourceFiles.find(source, options.as())));
        for (Path file : files) {
            String kind = SourceFiles.kind(file.toString());
            if (options.as().isEmpty() && !RecordFormats.isKnown(kind) && !kind.equals("zip")) {
                throw new DataException(
                        "%s ends in \"%s\", which is not known: expected one of %s, also packed as .gz or .zip; say with --as what it is like"
                                .formatted(file, kind, String.join(", ", RecordFormats.ends())));
            }
        }
        return files;
    }

    private Dataset write(Datasets datasets, Consumer<Findings> found) {
        List<String> fields = knowledge.fields();
        if (fields.isEmpty()) {
            found.accept(look());
            fields = columns.fields();
        }
        return VersionWriter.write(
                datasets,
                new VersionWriter.Schema(options.name(), columns.found(), options.label(), fields),
                options.plan(),
                this::read);
    }

    private VersionWriter.Description read(VersionWriter writer) throws IOException {
        records.take(writer::quarantine);
        List<Manifest.Source> read = new ArrayList<>();
        for (RecordSource source : sources) {
            Supplier<Manifest.Source> provenance = source.provenance();
            try {
                source.visit((name, rows) -> table(writer, name, rows));
            } catch (DataException broken) {
                leaveOut(source.name(), broken);
            }
            read.add(provenance.get());
        }
        if (samples == 0 && records.firstLeftOut().isPresent()) {
            throw nothing(records.firstLeftOut().get());
        }
        describe();
        return new VersionWriter.Description(read, List.of(), options.licence(), report);
    }

    private void table(VersionWriter writer, String name, RecordSource.Rows rows) throws IOException {
        long before = samples;
        long leftOutBefore = records.leftOut();
        record = 0;
        ofTable = Optional.ofNullable(splits.get(name))
                .or(() -> knowledge == Knowledge.NONE ? Split.ofPath(name) : Optional.empty());
        String text = rows.isText() ? Tables.TEXT : columns.text(name);
        try {
            rows.read((values, origin) -> add(writer, name, text, new Row(values, origin)));
        } catch (DataException broken) {
            leaveOut(name, broken);
        }
        report.withObject("/samples").put(name, samples - before);
        if (samples == before && records.leftOut() == leftOutBefore) {
            leaveOut(
                    name,
                    new DataException(
                            columns.found() == Kind.TABLE
                                    ? "%s holds no row: it is empty. Leave it out".formatted(name)
                                    : "%s holds no text: it is empty, or its text column is. Leave it out, or choose the column with --text"
                                            .formatted(name)));
        }
    }

    /// Of several files, or what an archive holds, one that is broken does not stop the others.
    private void leaveOut(String name, DataException broken) throws IOException {
        boolean alone = sources.size() == 1 && name.equals(sources.getFirst().name());
        if (alone || options.badRows() == ImportOptions.BadRows.REFUSE) {
            throw broken;
        }
        records.leaveOut(Quarantined.of(name, broken));
    }

    private DataException nothing(Quarantined first) {
        return new DataException(
                records.leftOut() == 1
                        ? first.toString().replace(". " + Quarantined.OTHERS, "") // there were none
                        : "%s: nothing of it can be used; %d rows are wrong, the first: %s"
                                .formatted(first.file(), records.leftOut(), first));
    }

    /// What people should know, as sentences, and the numbers behind them.
    private void describe() {
        report.put("quarantined", records.leftOut());
        report.put("withoutText", withoutText);
        columns.describe();
        records.firstLeftOut()
                .ifPresent(first ->
                        records.note("%d of %s %s left out%s, with place, reason and remedy in %s; the first: %s"
                                .formatted(
                                        records.leftOut(),
                                        Counted.of(records.leftOut() + samples, "row"),
                                        Counted.were(records.leftOut()),
                                        withoutText == 0 ? "" : ", %d of them %s".formatted(withoutText, empty()),
                                        Quarantined.FILE,
                                        first)));
    }

    private String empty() {
        return columns.found() == Kind.TABLE ? "empty" : "without text";
    }

    /// What a source gives.
    private record Row(SequencedMap<String, String> values, String origin) {}

    private void add(VersionWriter writer, String name, String column, Row row) throws IOException {
        String text = row.values().getOrDefault(column, "");
        SequencedMap<String, String> fields = columns.fields(column, row.values());
        boolean table = columns.found() == Kind.TABLE;
        if (table ? fields.isEmpty() : text.isBlank()) {
            passOver(column, row);
            return;
        }
        Optional<Split> given = ofTable.or(() -> knowledge.placing().split(name, record, fields));
        record++;
        if (given.isPresent() && options.plan() instanceof SplitPlan.Automatic) {
            records.note("files say which split they are: --split given keeps it");
        }
        if (!knowledge.choosing().takes(name, fields)) {
            return;
        }
        Sample sample = new Sample(id(samples++), text, knowledge.computing().fields(text, fields), row.origin());
        writer.add(sample, given);
    }

    private void passOver(String column, Row row) throws IOException {
        withoutText++;
        records.passOver(
                columns.found() == Kind.TABLE
                        ? new Quarantined(
                                row.origin(),
                                options.attributes().isEmpty()
                                        ? "holds nothing in any column"
                                        : "holds nothing in any of the columns that are kept",
                                "Leave it out")
                        : new Quarantined(
                                row.origin(),
                                "holds no text in its column \"%s\"".formatted(column),
                                "Leave it out, or choose another column with --text"));
    }

    /// `s` and eight digits, or more where there are as many samples.
    private static String id(long number) {
        String digits = Long.toString(number);
        return "s" + "0".repeat(Math.max(0, 8 - digits.length())) + digits;
    }
}
