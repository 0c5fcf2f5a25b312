package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes the divided table `samples` of a [VersionWriter] as Parquet, named as Hugging Face's `datasets`
/// finds it.
final class ParquetFiles {
    /// Media of one file: databases read it in pieces of 2048 rows, which must fit in memory however large a
    /// picture is.
    private static final long SHARD_BYTES = 64L << 20;

    private final VersionWriter.Schema schema;
    private final Connection connection;
    private final MediaSpool media;
    private final Placement.Division division;

    ParquetFiles(VersionWriter.Schema schema, Connection connection, MediaSpool media, Placement.Division division) {
        this.schema = schema;
        this.connection = connection;
        this.media = media;
        this.division = division;
    }

    /// The files with their sums, by their paths inside the folder.
    SequencedMap<String, String> write(Path folder, Set<Split> splits) throws SQLException, IOException {
        Files.createDirectories(folder.resolve("data"));
        SequencedMap<String, String> files = new LinkedHashMap<>();
        for (Split split : splits) {
            List<Long> ends = ends(split);
            long begin = 0;
            for (int shard = 0; shard < ends.size(); shard++) {
                String path = "data/%s-%05d-of-%05d.parquet".formatted(split.word(), shard, ends.size());
                String rows = "%s AND _row >= %d AND _row < %d".formatted(isIn(split), begin, ends.get(shard));
                write(folder.resolve(path), rows);
                files.put(path, Hashes.sha256(folder.resolve(path)));
                begin = ends.get(shard);
            }
        }
        return files;
    }

    /// The rows before which each file of a split ends: one file, but where media fill more than
    /// [#SHARD_BYTES].
    private List<Long> ends(Split split) throws SQLException {
        if (!schema.kind().hasMedia()) {
            return List.of(Long.MAX_VALUE);
        }
        List<Long> ends = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet result = sql.executeQuery("""
                SELECT max(_row) + 1 FROM (
                    SELECT _row, floor(sum(_length) OVER (ORDER BY _row) / %d) AS shard
                    FROM samples WHERE %s)
                GROUP BY shard ORDER BY shard
                """.formatted(SHARD_BYTES, isIn(split)))) {
            while (result.next()) {
                ends.add(result.getLong(1));
            }
        }
        return ends;
    }

    private String isIn(Split split) {
        return "%s = '%s'".formatted(division.split(), split.word());
    }

    /// @param rows which of the table, as a condition
    private void write(Path file, String rows) throws SQLException, IOException {
        try (Statement sql = connection.createStatement()) {
            String from = "samples";
            boolean ordered = !division.moved();
            if (schema.kind().hasMedia()) {
                sql.execute("CREATE OR REPLACE TEMP TABLE shard (_row BIGINT, _bytes BLOB)");
                bring(rows);
                from = "samples JOIN shard USING (_row)";
                ordered = false;
            }
            sql.execute("""
                    COPY (SELECT %s FROM %s WHERE %s%s) TO %s
                    (FORMAT parquet, COMPRESSION zstd, KV_METADATA {huggingface: %s})
                    """.formatted(
                            columns(),
                            from,
                            rows,
                            ordered ? "" : " ORDER BY _row",
                            Tables.literal(file),
                            Tables.literal(features())));
            sql.execute("DROP TABLE IF EXISTS shard");
        }
    }

    /// Fills the table `shard` with the media of some rows.
    private void bring(String rows) throws SQLException, IOException {
        List<long[]> places = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet result = sql.executeQuery(
                        "SELECT _row, _begin, _length FROM samples WHERE %s ORDER BY _row".formatted(rows))) {
            while (result.next()) {
                places.add(new long[] {result.getLong(1), result.getLong(2), result.getLong(3)});
            }
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
        columns.add(nullable(Tables.TEXT, Tables.TEXT));
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
        words(features, Tables.TEXT);
        schema.fields().forEach(field -> words(features, field));
        words(features, Tables.ORIGIN);
        return json;
    }

    private static void words(ObjectNode features, String column) {
        features.putObject(column).put("dtype", "string").put("_type", "Value");
    }
}
