package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes the divided table `samples` of a [VersionWriter] as Parquet, in files named as Hugging Face's `datasets`
/// finds them: one for each split, but where media or long texts fill more than [#SHARD_BYTES].
///
/// @param folder of the version
record ParquetFiles(
        VersionWriter.Schema schema,
        Connection connection,
        MediaSpool media,
        Placement.Division division,
        Path folder) {
    /// Media of one file, and texts where some are long: databases read it in pieces of 2048 rows, which must fit in
    /// memory however large a picture or text is.
    static final long SHARD_BYTES = 64L << 20;

    /// What the rows of one of Parquet's groups hold, in rough.
    private static final double GROUP_BYTES = 8 << 20;

    private static final long MOST_ROWS = 122_880;
    private static final long VECTOR = 2048;

    /// A field, in rough.
    private static final int FIELD = 16;

    /// Characters of a text of which 2048 still fit in memory.
    static final long LONG_TEXT = 65_536;

    /// Writes all splits.
    void write(Set<Split> splits) throws SQLException, IOException {
        for (Split split : splits) {
            if (schema.kind().hasMedia() || hasLongTexts()) {
                writeShards(split);
            } else {
                try (Statement sql = connection.createStatement()) {
                    sql.execute(copy(waiting(split), alone(split), averageText()));
                }
            }
        }
    }

    /// Whether texts wait that are so long that files must be cut by them.
    private boolean hasLongTexts() throws SQLException {
        return number("SELECT coalesce(max(_characters), 0) FROM samples") > LONG_TEXT;
    }

    private void writeShards(Split split) throws SQLException, IOException {
        List<Long> ends = ends(split);
        long begin = 0;
        for (int shard = 0; shard < ends.size(); shard++) {
            String rows = "%s AND _row >= %d AND _row < %d".formatted(isIn(split), begin, ends.get(shard));
            Path file = part(split, shard, ends.size());
            if (schema.kind().hasMedia()) {
                bring(rows);
            }
            try (Statement sql = connection.createStatement()) {
                String from = schema.kind().hasMedia() ? "samples JOIN shard USING (_row)" : "samples";
                sql.execute(copy("%s WHERE %s ORDER BY _row".formatted(from, rows), file, averageText()));
                sql.execute("DROP TABLE IF EXISTS shard");
            }
            begin = ends.get(shard);
        }
    }

    /// The one file of a split that has no media.
    Path alone(Split split) {
        return part(split, 0, 1);
    }

    /// One of the files of a split.
    Path part(Split split, int number, int of) {
        return folder.resolve("data/%s-%05d-of-%05d.parquet".formatted(split.word(), number, of));
    }

    /// The rows of a split, in their order.
    private String waiting(Split split) {
        return "samples WHERE %s%s".formatted(isIn(split), division.moved() ? " ORDER BY _row" : "");
    }

    /// Writes those rows of an older file of a split that are kept, as they are.
    ///
    /// @param kept tells it by the row's number in the file
    Manifest.Count copy(Split split, Path older, LongPredicate kept) throws SQLException, IOException {
        String name = "kept_" + split.word();
        try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction()) {
            function.withName(name)
                    .withParameter(long.class)
                    .withReturnType(boolean.class)
                    .withVolatile()
                    .withVectorizedFunction((rows, answers) -> {
                        DuckDBReadableVector numbers = rows.vector(0);
                        for (long row = 0; row < rows.rowCount(); row++) {
                            answers.setBoolean(row, kept.test(numbers.getLong(row)));
                        }
                    })
                    .register(connection);
        }
        Path file = alone(split);
        try (Statement sql = connection.createStatement()) {
            sql.execute(copy(
                    "read_parquet(%s, file_row_number = true) WHERE %s(file_row_number)"
                            .formatted(Tables.literal(older), name),
                    file,
                    number(
                            "SELECT coalesce(sum(total_uncompressed_size) / sum(num_values), 0) FROM parquet_metadata(%s) WHERE path_in_schema = '%s'"
                                    .formatted(Tables.literal(older), Tables.TEXT))));
            try (ResultSet count =
                    sql.executeQuery("SELECT count(*), coalesce(sum(%s), 0)::BIGINT FROM read_parquet(%s)"
                            .formatted(
                                    schema.kind().hasText() ? "length(%s)".formatted(Tables.TEXT) : "0",
                                    Tables.literal(file)))) {
                count.next();
                return new Manifest.Count(count.getLong(1), count.getLong(2));
            }
        }
    }

    /// @param text of a row, in characters or bytes: many rows are in memory together, as many as Parquet has in a
    /// group
    String copy(String rows, Path file, double text) {
        double row = text + FIELD * (schema.fields().size() + 2);
        long group = Math.clamp((long) (GROUP_BYTES / row) / VECTOR * VECTOR, VECTOR, MOST_ROWS);
        return "COPY (SELECT %s FROM %s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, KV_METADATA {huggingface: %s})"
                .formatted(columns(), rows, Tables.literal(file), group, Tables.literal(features()));
    }

    /// The characters of a text that waits, on average.
    double averageText() throws SQLException {
        return number("SELECT coalesce(avg(_characters), 0) FROM samples");
    }

    private double number(String query) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet number = sql.executeQuery(query)) {
            number.next();
            return number.getDouble(1);
        }
    }

    /// The rows before which each file of a split ends.
    private List<Long> ends(Split split) throws SQLException {
        // Characters, as bytes are known only by looking at the texts, 2048 at a time: four of them at most.
        String size = schema.kind().hasMedia() ? "_length" : "4 * _characters";
        List<Long> ends = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet result = sql.executeQuery("""
                SELECT max(_row) + 1 FROM (
                    SELECT _row, floor(sum(_size) OVER (ORDER BY _row) / %d) AS shard
                    FROM (SELECT _row, %s AS _size FROM samples WHERE %s))
                GROUP BY shard ORDER BY shard
                """.formatted(SHARD_BYTES, size, isIn(split)))) {
            while (result.next()) {
                ends.add(result.getLong(1));
            }
        }
        return ends;
    }

    private String isIn(Split split) {
        return "%s = '%s'".formatted(division.split(), split.word());
    }

    /// Makes the table `shard`: the media of some rows.
    ///
    /// @param rows which of the table, as a condition
    private void bring(String rows) throws SQLException, IOException {
        List<long[]> places = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet result = sql.executeQuery(
                        "SELECT _row, _begin, _length FROM samples WHERE %s ORDER BY _row".formatted(rows))) {
            while (result.next()) {
                places.add(new long[] {result.getLong(1), result.getLong(2), result.getLong(3)});
            }
        }
        try (Statement sql = connection.createStatement()) {
            sql.execute("CREATE TEMP TABLE shard (_row BIGINT, _bytes BLOB)");
        }
        try (DuckDBAppender appender = ((DuckDBConnection) connection).createAppender("temp", "main", "shard")) {
            for (long[] place : places) {
                appender.beginRow();
                appender.append(place[0]);
                appender.append(media.read(place[1], (int) place[2]));
                appender.endRow();
            }
        }
    }

    private String columns() {
        List<String> columns = new ArrayList<>(List.of(nullable(Tables.ID, Tables.ID)));
        if (schema.kind().hasMedia()) {
            columns.add(nullable(
                    "struct_pack(bytes := _bytes, path := _path)", schema.kind().column()));
        }
        if (schema.kind().hasText()) {
            columns.add(nullable(Tables.TEXT, Tables.TEXT));
        }
        schema.fields().stream().map(Tables::quoted).forEach(field -> columns.add(nullable(field, field)));
        columns.add(nullable(Tables.ORIGIN, Tables.ORIGIN));
        return String.join(", ", columns);
    }

    /// A column that may be empty, as Hugging Face's features are: of one that happens to be full, DuckDB would
    /// write that it never is, and `datasets` then takes a picture for a bare structure. What depends on
    /// chance it leaves alone.
    private static String nullable(String expression, String name) {
        return "CASE WHEN random() < 2 THEN %s END AS %s".formatted(expression, name);
    }

    /// What `datasets.load_dataset` reads the column types from.
    private ObjectNode features() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode features = json.putObject("info").putObject("features");
        words(features, Tables.ID);
        if (schema.kind().hasMedia()) {
            features.putObject(schema.kind().column())
                    .put("_type", schema.kind().feature());
        }
        if (schema.kind().hasText()) {
            words(features, Tables.TEXT);
        }
        schema.fields().forEach(field -> words(features, field));
        words(features, Tables.ORIGIN);
        return json;
    }

    private static void words(ObjectNode features, String column) {
        features.putObject(column).put("dtype", "string").put("_type", "Value");
    }
}
