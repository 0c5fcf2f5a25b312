package dev.athanor.data;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes one version of a dataset: takes samples one after the other, divides them, writes Parquet and manifest.
///
/// The samples wait in a database file inside the version's temporary folder, so memory does not grow with them.
final class VersionWriter {
    private static final String SPOOL = "spool.duckdb";

    /// A text longer than this share of all characters makes chance unfair: the plan is then sequential.
    private static final double LARGE_SHARE = 0.05;

    /// Characters below which a text is a line or a record, which automatic division never cuts.
    private static final int CUTTABLE = 1000;

    /// What the manifest says besides what the samples tell.
    ///
    /// @param label the field that is the label, or empty
    /// @param report what happened on the way, for `report.json`
    record Description(
            String label, List<Manifest.Source> sources, List<String> parents, String licence, ObjectNode report) {}

    /// Gives every sample to the writer and then says what they are.
    @FunctionalInterface
    interface Source {
        Description read(VersionWriter writer) throws IOException;
    }

    private final List<String> fields;
    private final SplitPlan plan;
    private final DuckDBAppender appender;
    private long row;

    private VersionWriter(List<String> fields, SplitPlan plan, DuckDBAppender appender) {
        this.fields = fields;
        this.plan = plan;
        this.appender = appender;
    }

    /// Writes the next version of a name.
    ///
    /// @param fields the columns beside id, text and origin
    /// @throws DataException where no sample comes, or the disk refuses; nothing is left then
    static Dataset write(Datasets datasets, String name, List<String> fields, SplitPlan plan, Source source) {
        Path parent = datasets.workspace().datasets().resolve(Datasets.checkedName(name));
        synchronized (VersionWriter.class) { // a lock on a file is the process's; this one is the thread's
            try {
                Files.createDirectories(parent);
                try (FileChannel lock = FileChannel.open(
                                parent.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = lock.lock()) {
                    List<Dataset> versions = datasets.versions(name);
                    int version = versions.isEmpty()
                            ? 1
                            : versions.getLast().manifest().version() + 1;
                    Path target = parent.resolve(Integer.toString(version));
                    Durable.folder(target, temporary -> fill(temporary, name, version, fields, plan, source));
                    return Dataset.open(target);
                }
            } catch (IOException refused) {
                throw Durable.refusal(parent, refused);
            }
        }
    }

    private static void fill(Path folder, String name, int version, List<String> fields, SplitPlan plan, Source source)
            throws IOException {
        try (Connection connection = Tables.connect(folder.resolve(SPOOL).toString());
                Statement sql = connection.createStatement()) {
            String columns = fields.stream()
                    .map(f -> ", " + Tables.quoted(f) + " VARCHAR")
                    .collect(Collectors.joining());
            sql.execute("CREATE TABLE samples (_row BIGINT, _split VARCHAR, _chance DOUBLE, _characters BIGINT,"
                    + " _id VARCHAR, text VARCHAR" + columns + ", _origin VARCHAR)");
            Description description;
            VersionWriter writer;
            try (DuckDBAppender appender = ((DuckDBConnection) connection).createAppender("main", "samples")) {
                writer = new VersionWriter(fields, plan, appender);
                description = source.read(writer);
            }
            if (writer.row == 0) {
                throw new DataException(
                        "there is nothing to keep: no sample with text was found. See that the files are not empty and that the text column is the right one");
            }
            String divided = divide(connection, sql, plan);
            Map<Split, Manifest.Count> counts = counts(sql);
            if (!counts.containsKey(Split.TRAIN)) {
                throw new DataException(
                        "no sample would be left to train on (%s): choose other shares".formatted(divided));
            }
            SequencedMap<String, String> files = export(folder, sql, fields, counts);
            Manifest manifest = new Manifest(
                    name,
                    version,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    description.label(),
                    fields,
                    divided,
                    counts,
                    files,
                    description.sources(),
                    description.parents(),
                    description.licence());
            Files.writeString(folder.resolve(Manifest.FILE), manifest.toJson().toPrettyString());
            Files.writeString(
                    folder.resolve("report.json"), description.report().toPrettyString());
        } catch (SQLException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        Files.deleteIfExists(folder.resolve(SPOOL));
        Files.deleteIfExists(folder.resolve(SPOOL + ".wal"));
    }

    /// Takes one sample.
    ///
    /// @param given the split that the source says, where it says one
    void add(Sample sample, Optional<Split> given) {
        try {
            appender.beginRow();
            appender.append(row);
            appender.append(given.map(Split::word).orElse(Split.TRAIN.word()));
            appender.append(chance(sample));
            appender.append((long) sample.text().codePointCount(0, sample.text().length()));
            appender.append(sample.id());
            appender.append(sample.text());
            for (String field : fields) {
                appender.append(sample.fields().get(field));
            }
            appender.append(sample.origin());
            appender.endRow();
            row++;
        } catch (SQLException failed) {
            throw new UncheckedIOException(
                    new IOException("sample %d (%s): %s".formatted(row, sample.origin(), failed.getMessage()), failed));
        }
    }

    /// A number from 0 to below 1 that depends on the plan's seed and on what must stay together.
    private double chance(Sample sample) {
        return switch (plan) {
            case SplitPlan.Random(Seed seed, var _) -> chance(seed, sample.text());
            case SplitPlan.Automatic(Seed seed, var _) -> chance(seed, sample.text());
            case SplitPlan.Group(String field, Seed seed, var _) ->
                chance(seed, sample.fields().getOrDefault(field, ""));
            case SplitPlan.Sequential _, SplitPlan.Given _ -> 0;
        };
    }

    private static double chance(Seed seed, String text) {
        return new SplittableRandom(seed.branch(text).value()).nextDouble();
    }

    private static String divide(Connection connection, Statement sql, SplitPlan plan) throws SQLException {
        return switch (plan) {
            case SplitPlan.Given _ -> "given by the source";
            case SplitPlan.Random(Seed seed, SplitPlan.Shares shares) -> byChance(sql, shares, "random", seed);
            case SplitPlan.Group(String field, Seed seed, SplitPlan.Shares shares) ->
                byChance(sql, shares, "groups of " + field, seed);
            case SplitPlan.Sequential(SplitPlan.Shares shares) -> byPosition(connection, sql, shares);
            case SplitPlan.Automatic(Seed seed, SplitPlan.Shares shares) ->
                mostly(sql, LARGE_SHARE) ? byPosition(connection, sql, shares) : byChance(sql, shares, "random", seed);
        };
    }

    /// Whether one long text is more than a share of everything.
    private static boolean mostly(Statement sql, double share) throws SQLException {
        try (ResultSet result =
                sql.executeQuery("SELECT max(_characters) / sum(_characters)::DOUBLE, max(_characters) FROM samples")) {
            result.next();
            return result.getDouble(1) > share && result.getLong(2) >= CUTTABLE;
        }
    }

    /// The sample with the lowest number is always to learn from, so that a handful of samples can be imported.
    private static String byChance(Statement sql, SplitPlan.Shares shares, String how, Seed seed) throws SQLException {
        sql.execute(
                "UPDATE samples SET _split = CASE WHEN _chance < %s OR _chance = (SELECT min(_chance) FROM samples) THEN 'train' WHEN _chance < %s OR %s = 0 THEN 'validation' ELSE 'test' END"
                        .formatted(shares.train(), shares.train() + shares.validation(), shares.test()));
        return "%s, seed %d, %s".formatted(how, seed.value(), words(shares));
    }

    /// The borders stand at floor(share · characters); a sample across one becomes two with the same origin.
    private static String byPosition(Connection connection, Statement sql, SplitPlan.Shares shares)
            throws SQLException {
        long total;
        try (ResultSet result = sql.executeQuery("SELECT sum(_characters)::BIGINT FROM samples")) {
            result.next();
            total = result.getLong(1);
        }
        // A share of nearly 1 is all of it: 0.9 + 0.1 is not 1 in floating point.
        long validation = (long) Math.floor(shares.train() * total);
        double both = shares.train() + shares.validation();
        long test = both > 1 - 1e-9 ? total : (long) Math.floor(both * total);
        sql.execute("CREATE TABLE placed AS SELECT _row, _characters,"
                + " (sum(_characters) OVER (ORDER BY _row) - _characters)::BIGINT AS start FROM samples");
        sql.execute(
                "UPDATE samples SET _split = CASE WHEN p.start >= %d THEN 'test' WHEN p.start >= %d THEN 'validation' ELSE 'train' END FROM placed p WHERE p._row = samples._row"
                        .formatted(test, validation));
        // The later border first, so that a sample across both is cut into three.
        cut(sql, test, Split.TEST, "samples._split <> 'test'");
        cut(sql, validation, Split.VALIDATION, "samples._split = 'train'");
        return "by position, " + words(shares);
    }

    /// @param open which parts may be cut here: not those that a later border has cut off already
    private static void cut(Statement sql, long border, Split behind, String open) throws SQLException {
        String across = "FROM placed p WHERE p._row = samples._row AND p.start < %d AND p.start + p._characters > %d"
                .formatted(border, border);
        // DuckDB's left and substring count code points. Rows are ordered by (row, part): id and split tell the part.
        sql.execute("""
                INSERT INTO samples SELECT samples.* REPLACE (
                    '%s' AS _split, _id || '-%s' AS _id, substring(text, (%d - p.start + 1)::BIGINT) AS text,
                    p.start + p._characters - %d AS _characters)
                FROM samples JOIN placed p ON p._row = samples._row
                WHERE %s AND p.start < %d AND p.start + p._characters > %d
                """.formatted(behind.word(), behind.word(), border, border, open, border, border));
        sql.execute(("UPDATE samples SET text = left(text, (%d - p.start)::BIGINT), _characters = %d - p.start "
                        + across + " AND " + open)
                .formatted(border, border));
        sql.execute("UPDATE placed SET _characters = %d - start WHERE start < %d AND start + _characters > %d"
                .formatted(border, border, border));
    }

    private static String words(SplitPlan.Shares shares) {
        return "%s/%s/%s".formatted(shares.train(), shares.validation(), shares.test());
    }

    private static Map<Split, Manifest.Count> counts(Statement sql) throws SQLException {
        Map<Split, Manifest.Count> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            try (ResultSet result = sql.executeQuery(
                    "SELECT count(*), coalesce(sum(_characters), 0)::BIGINT FROM samples WHERE _split = '%s'"
                            .formatted(split.word()))) {
                result.next();
                if (result.getLong(1) > 0) {
                    counts.put(split, new Manifest.Count(result.getLong(1), result.getLong(2)));
                }
            }
        }
        return counts;
    }

    /// One Parquet file for each split that has samples, named as Hugging Face's `datasets` finds them.
    private static SequencedMap<String, String> export(
            Path folder, Statement sql, List<String> fields, Map<Split, Manifest.Count> counts)
            throws SQLException, IOException {
        String columns = fields.stream().map(f -> ", " + Tables.quoted(f)).collect(Collectors.joining());
        Files.createDirectories(folder.resolve("data"));
        SequencedMap<String, String> files = new LinkedHashMap<>();
        for (Split split : counts.keySet()) {
            String path = "data/%s-00000-of-00001.parquet".formatted(split.word());
            sql.execute("""
                    COPY (SELECT _id, text%s, _origin FROM samples WHERE _split = '%s' ORDER BY _row) TO %s
                    (FORMAT parquet, COMPRESSION zstd, KV_METADATA {huggingface: %s})
                    """.formatted(
                    columns, split.word(), Tables.literal(folder.resolve(path)), Tables.literal(features(fields))));
            files.put(path, Hashes.sha256(folder.resolve(path)));
        }
        return files;
    }

    /// What `datasets.load_dataset` reads the column types from.
    private static ObjectNode features(List<String> fields) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode features = json.putObject("info").putObject("features");
        for (String column : List.of(Tables.ID, Tables.TEXT)) {
            features.putObject(column).put("dtype", "string").put("_type", "Value");
        }
        for (String field : fields) {
            features.putObject(field).put("dtype", "string").put("_type", "Value");
        }
        features.putObject(Tables.ORIGIN).put("dtype", "string").put("_type", "Value");
        return json;
    }
}
