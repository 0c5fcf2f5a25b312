package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Makes one version of a dataset: takes samples one after the other, divides them, writes Parquet and
/// manifest.
///
/// The first samples wait in a database, which puts what memory cannot hold into the version's temporary folder, their
/// media in a file there, so memory does not grow with them. Where each sample's split can be told from itself, the
/// others go straight into the files ([SplitStreams]).
final class VersionWriter implements AutoCloseable {
    private static final String SPOOL = "spool";
    private static final String MEDIA_SPOOL = "spool.media";

    private static final int FORMS_SHOWN = 20;

    /// Texts that wait before it is told whether the others need to.
    private static final long WAITING = 64L << 20;

    /// What the manifest says besides what the samples tell.
    ///
    /// @param report what happened on the way, for `report.json`
    record Description(List<Manifest.Source> sources, List<String> parents, String licence, ObjectNode report) {}

    /// What the samples look like.
    ///
    /// @param name of the dataset
    /// @param label the field that is the label, or empty
    /// @param fields the columns beside id, text, media and origin
    record Schema(String name, Kind kind, String label, List<String> fields) {
        Schema {
            fields = List.copyOf(fields);
            Set<String> names = new HashSet<>(); // a database does not tell A from a
            for (String field : fields) {
                String lower = field.toLowerCase(Locale.ROOT);
                if (kind.hasText() && lower.equals(Tables.TEXT)
                        || lower.equals(kind.column())
                        || field.startsWith("_")) {
                    throw new DataException(
                            "the column \"%s\" has a name that every dataset uses itself: rename it with --map %s=OTHER, or leave it out with --attributes"
                                    .formatted(field, field));
                }
                if (!names.add(lower)) {
                    throw new DataException(
                            "there is more than one column \"%s\", capital letters aside: rename one with --map, or leave it out with --attributes"
                                    .formatted(field));
                }
            }
        }

        /// Refuses a field that is not there.
        void require(String field) {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException("%s has no field \"%s\" to divide by%s; it has %s"
                        .formatted(
                                name,
                                field,
                                Nearest.hint(field, fields),
                                fields.isEmpty() ? "none" : String.join(", ", fields)));
            }
        }

        /// That of an older version.
        static Schema of(Manifest manifest) {
            return new Schema(manifest.name(), manifest.kind(), manifest.label(), manifest.fields());
        }
    }

    /// Gives every sample to the writer and then says what they are.
    @FunctionalInterface
    interface Source {
        Description read(VersionWriter writer) throws IOException;
    }

    private final Path folder;
    private final Making making;
    private final SampleColumns columns;
    private final Connection connection;
    private final MediaSpool media;
    private final BufferedWriter quarantine;
    private final Map<String, Long> forms = new HashMap<>();
    private TableFeed samples;
    private long waitingCharacters;
    private boolean settled;
    private Optional<SplitStreams> streams = Optional.empty();
    private String divided = "";
    private final Map<Split, Manifest.Count> copied = new EnumMap<>(Split.class);
    private long row;

    /// What a version is made of, and who is told how many samples it has.
    private record Making(Schema schema, SplitPlan plan, Source source, LongConsumer taken) {}

    /// Where what a version is made of goes until all of it is there.
    private record Waiting(Path folder, Connection connection, MediaSpool media, BufferedWriter quarantine) {}

    private VersionWriter(Making making, Waiting waiting) throws SQLException {
        this.making = making;
        this.columns = new SampleColumns(making.schema());
        this.folder = waiting.folder();
        this.connection = waiting.connection();
        this.media = waiting.media();
        this.quarantine = waiting.quarantine();
        try (Statement sql = connection.createStatement()) {
            sql.execute(columns.all().stream()
                    .map(column ->
                            Tables.quoted(column.name()) + " " + column.type().sql())
                    .collect(Collectors.joining(", ", "CREATE TABLE samples (", ")")));
            sql.execute("SET threads = 1");
        }
        this.samples = table();
    }

    private TableFeed table() throws SQLException {
        return new TableFeed(connection, columns.all(), "INSERT INTO samples SELECT * FROM "::concat);
    }

    /// Writes the next version of a name.
    ///
    /// @throws DataException where no sample comes, or the disk refuses; nothing is left then
    static Dataset write(Datasets datasets, Schema schema, SplitPlan plan, Source source) {
        String name = schema.name();
        plan.needs().ifPresent(schema::require);
        Path parent = datasets.workspace().datasets().resolve(Datasets.checkedName(name));
        synchronized (VersionWriter.class) { // a lock on a file is the process's; this one is the thread's
            try {
                Files.createDirectories(parent);
                try (FileChannel lock = FileChannel.open(
                                parent.resolve(Datasets.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = lock.lock()) {
                    int version = datasets.next(name);
                    Path target = parent.resolve(Integer.toString(version));
                    Making making = new Making(schema, plan, source, datasets.taken());
                    Durable.folder(target, temporary -> fill(temporary, version, making));
                    return Dataset.open(target);
                }
            } catch (IOException refused) {
                throw Durable.refusal(parent, refused);
            }
        }
    }

    private static void fill(Path folder, int version, Making making) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        try (Connection connection = Tables.spilling(folder.resolve(SPOOL));
                MediaSpool media = new MediaSpool(folder.resolve(MEDIA_SPOOL));
                BufferedWriter quarantine = Files.newBufferedWriter(folder.resolve(Quarantined.FILE));
                VersionWriter writer = new VersionWriter(making, new Waiting(folder, connection, media, quarantine))) {
            Description description = making.source().read(writer);
            if (writer.row == 0) {
                throw new DataException(
                        "there is nothing to keep: no sample with text was found. See that the files are not empty and that the text column is the right one");
            }
            Map<Split, Manifest.Count> counts = writer.finish();
            boolean kept = making.plan() instanceof SplitPlan.Given
                    && !description.parents().isEmpty();
            String divided = kept ? "as in " + description.parents().getFirst() : writer.divided;
            if (!counts.containsKey(Split.TRAIN)) {
                throw new DataException(
                        "no sample would be left to train on (%s): choose other shares".formatted(divided));
            }
            Schema schema = making.schema();
            Manifest manifest = new Manifest(
                    schema.name(),
                    version,
                    schema.kind(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    schema.label(),
                    schema.fields(),
                    divided,
                    counts,
                    commonest(writer.forms),
                    sums(folder),
                    description.sources(),
                    description.parents(),
                    description.licence());
            Files.writeString(folder.resolve(Manifest.FILE), manifest.toJson().toPrettyString());
            Files.writeString(
                    folder.resolve("report.json"), description.report().toPrettyString());
        } catch (SQLException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (Files.size(folder.resolve(Quarantined.FILE)) == 0) {
            Files.delete(folder.resolve(Quarantined.FILE));
        }
        Files.deleteIfExists(folder.resolve(MEDIA_SPOOL));
    }

    /// The data files with their sums, by their paths inside the folder; those of train first.
    private static SequencedMap<String, String> sums(Path folder) throws IOException {
        SequencedMap<String, String> sums = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            for (Split split : Split.values()) {
                names.stream()
                        .filter(name -> name.startsWith(split.word() + "-"))
                        .forEach(name -> sums.put("data/" + name, Hashes.sha256(folder.resolve("data/" + name))));
            }
        }
        return sums;
    }

    /// Writes what waits.
    private Map<Split, Manifest.Count> finish() throws SQLException, IOException {
        if (streams.isPresent()) {
            return streams.get().finish();
        }
        if (!copied.isEmpty()) {
            return copied;
        }
        samples.finish();
        try (Statement sql = connection.createStatement()) {
            Placement.Division division = new Placement(sql, making.schema()).divide(making.plan());
            divided = division.words();
            Map<Split, Manifest.Count> counts = counts(sql, division);
            if (counts.containsKey(Split.TRAIN)) {
                files(division).write(counts.keySet());
            }
            return counts;
        }
    }

    private ParquetFiles files(Placement.Division division) {
        return new ParquetFiles(making.schema(), connection, media, division, folder);
    }

    /// Sees whether what comes needs to wait, once enough does.
    private void settle() throws SQLException {
        settled = true;
        samples.finish();
        samples.close();
        try (Statement sql = connection.createStatement()) {
            Optional<Placement.Division> division = new Placement(sql, making.schema()).untilNow(making.plan());
            if (division.isEmpty() || files(division.get()).hasLongTexts()) { // their files are cut when all are there
                samples = table();
                return;
            }
            divided = division.get().words();
            streams = Optional.of(
                    new SplitStreams(connection, files(division.get()), columns, counts(sql, division.get())));
            streams.get().begin();
        }
    }

    @Override
    public void close() throws SQLException {
        samples.close();
        if (streams.isPresent()) {
            streams.get().close();
        }
    }

    /// Takes one sample.
    ///
    /// @param given the split that the source says, where it says one
    void add(Sample sample, Optional<Split> given) {
        add(sample, given, SplitChance.of(making.plan(), sample));
    }

    /// Takes one sample.
    ///
    /// @param chance a number from 0 to below 1 that what must stay together has in common
    void add(Sample sample, Optional<Split> given, double chance) {
        try {
            add(new SampleColumns.Row(row, given, chance, spooled(sample.media().bytes()), sample));
        } catch (SQLException | IOException failed) {
            throw new UncheckedIOException(
                    new IOException("sample %d (%s): %s".formatted(row, sample.origin(), failed.getMessage()), failed));
        }
        row++;
        making.taken().accept(row);
    }

    private void add(SampleColumns.Row added) throws SQLException {
        if (streams.isPresent()) {
            streams.get().add(Placement.at(making.plan(), added), added);
            return;
        }
        columns.put(samples, added);
        samples.endRow();
        waitingCharacters += added.size();
        if (waitingCharacters > WAITING && !settled) {
            settle();
        }
    }

    /// Takes samples of an older version's split as they are.
    ///
    /// @param kept which of them, by their numbers in the split; several threads ask
    void keep(Dataset older, Split split, LongPredicate kept) throws IOException {
        List<Path> files = older.files(split);
        if (files.isEmpty()) {
            return;
        }
        boolean single =
                Stream.of(Split.values()).allMatch(each -> older.files(each).size() <= 1);
        if (single && !making.schema().kind().hasMedia()) { // all splits in one way, else what waits would be left
            copy(files.getFirst(), split, kept);
            return;
        }
        try (Stream<Sample> samples = older.samples(split)) {
            long number = 0;
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                if (kept.test(number++)) {
                    add(sample, Optional.of(split));
                }
            }
        }
    }

    private void copy(Path older, Split split, LongPredicate kept) throws IOException {
        try { // with the one thread that the database has: more of them cut the file's groups of rows as it happens
            samples.finish();
            Manifest.Count count = files(Placement.Division.AS_GIVEN).copy(split, older, kept);
            if (count.samples() > 0) {
                copied.put(split, count);
            } else {
                Files.delete(files(Placement.Division.AS_GIVEN).alone(split));
            }
            row += count.samples();
            making.taken().accept(row);
        } catch (SQLException failed) {
            throw new IOException("%s: %s".formatted(older, failed.getMessage()), failed);
        }
    }

    private long spooled(byte[] bytes) throws IOException {
        if (!making.schema().kind().hasMedia()) {
            return 0;
        }
        forms.merge(making.schema().kind().form(bytes), 1L, Long::sum);
        return media.write(bytes);
    }

    /// A file of the version beside its data and report, which is there when the version is.
    Path beside(String name) {
        return folder.resolve(name);
    }

    /// Lists a file that is left out.
    void quarantine(Quarantined file) throws IOException {
        quarantine.write(file.toJson());
        quarantine.write("\n");
    }

    private static SequencedMap<String, Long> commonest(Map<String, Long> forms) {
        SequencedMap<String, Long> commonest = new LinkedHashMap<>();
        forms.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(FORMS_SHOWN)
                .forEach(form -> commonest.put(form.getKey(), form.getValue()));
        return commonest;
    }

    private static Map<Split, Manifest.Count> counts(Statement sql, Placement.Division division) throws SQLException {
        Map<Split, Manifest.Count> counts = new EnumMap<>(Split.class);
        try (ResultSet result =
                sql.executeQuery("SELECT %s, count(*), coalesce(sum(_characters), 0)::BIGINT FROM samples GROUP BY 1"
                        .formatted(division.split()))) {
            while (result.next()) {
                counts.put(
                        Split.of(result.getString(1)).orElseThrow(),
                        new Manifest.Count(result.getLong(2), result.getLong(3)));
            }
        }
        return counts;
    }
}
