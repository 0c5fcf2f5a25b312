package dev.athanor.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.duckdb.DuckDBDriver;

/// Parquet files through DuckDB.
final class Tables {
    /// Names of ours in every table; columns of the user must not take them.
    static final String ID = "_id";

    static final String TEXT = "text";
    static final String ORIGIN = "_origin";

    private Tables() {}

    /// A database in memory that puts what memory cannot hold into a folder, which it makes when there is need and
    /// removes at the end.
    static Connection spilling(Path folder) throws SQLException {
        Connection connection = connect();
        try (Statement sql = connection.createStatement()) {
            sql.execute("SET temp_directory = " + literal(folder));
        }
        return connection;
    }

    /// A database in memory.
    static Connection connect() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "2");
        settings.setProperty("memory_limit", "1GB");
        settings.setProperty("preserve_insertion_order", "true");
        settings.setProperty("temp_directory", ""); // else it spills into the folder where the program was started
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true"); // rows as they are asked for, not all at once
        // Not by the DriverManager, which knows one copy of a driver alone: on a cluster each job has its own.
        return new DuckDBDriver().connect("jdbc:duckdb:", settings);
    }

    /// The bytes that the texts of a row take, as an expression.
    static String size(Kind kind, List<String> fields) {
        return Stream.concat(kind.hasText() ? Stream.of(TEXT) : Stream.of(), fields.stream())
                .map(column -> "coalesce(strlen(%s), 0)".formatted(quoted(column)))
                .collect(Collectors.joining(" + ", "(0 + ", ")::BIGINT"));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(Object value) {
        return "'" + value.toString().replace("'", "''") + "'";
    }

    /// The samples of files, in their order. Whoever asks a stream of streams for its iterator gets each inner one
    /// whole, in memory: so the files follow one another in here.
    static Stream<Sample> read(List<Path> files, Manifest manifest) {
        return read(new Shards(
                files.stream().map(file -> new Part(file, Range.ALL)).iterator(), manifest));
    }

    /// The samples of some rows of files, which are numbered as they follow one another.
    static Stream<Sample> read(List<Path> files, Manifest manifest, Range range) {
        List<Part> parts = new ArrayList<>();
        long before = 0;
        for (Path file : files) {
            long rows = before < range.to() ? rows(file) : 0;
            Range part = new Range(Math.max(range.from() - before, 0), Math.min(range.to() - before, rows));
            if (part.from() < part.to()) {
                parts.add(new Part(file, part));
            }
            before += rows;
        }
        return read(new Shards(parts.iterator(), manifest));
    }

    private static long rows(Path file) {
        try (Connection connection = connect()) {
            return rows(connection, file);
        } catch (SQLException broken) {
            throw damaged(file, broken);
        }
    }

    /// How many rows a file has, as its end says.
    static long rows(Connection connection, Path file) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet count = sql.executeQuery("SELECT count(*) FROM read_parquet(%s)".formatted(literal(file)))) {
            count.next();
            return count.getLong(1);
        }
    }

    private static Stream<Sample> read(Shards shards) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                shards, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                        false)
                .onClose(shards::close);
    }

    /// The values of a column with how often each is there, the most frequent first.
    static SequencedMap<String, Long> values(List<Path> files, String column) {
        String list = files.stream().map(Tables::literal).collect(Collectors.joining(", ", "[", "]"));
        SequencedMap<String, Long> values = new LinkedHashMap<>();
        Path version = files.getFirst().toAbsolutePath().getParent().getParent();
        try (Connection connection = spilling(Durable.temporary(version.resolveSibling("values")));
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(
                        "SELECT %s AS value, count(*) AS count FROM read_parquet(%s) WHERE value IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
                                .formatted(quoted(column), list))) {
            while (rows.next()) {
                values.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException broken) {
            throw damaged(files.getFirst(), broken);
        }
        return values;
    }

    /// Rows from one up to another, which is not among them.
    record Range(long from, long to) {
        static final Range ALL = new Range(0, Long.MAX_VALUE);

        /// Which rows a query is to give.
        String sql() {
            return equals(ALL) ? "" : " LIMIT %d OFFSET %d".formatted(to - from, from);
        }

        /// How many of so many rows are among them.
        long of(long rows) {
            return Math.max(0, Math.min(to, rows) - from);
        }
    }

    /// Some rows of a file.
    record Part(Path file, Range range) {}

    /// The rows of one file after those of another.
    private static final class Shards implements Iterator<Sample> {
        private final Iterator<Part> files;
        private final Manifest manifest;
        private Optional<SampleRows> rows = Optional.empty();

        Shards(Iterator<Part> files, Manifest manifest) {
            this.files = files;
            this.manifest = manifest;
        }

        @Override
        public boolean hasNext() {
            while (rows.isEmpty() || !rows.get().hasNext()) {
                if (!files.hasNext()) {
                    return false;
                }
                rows = Optional.of(SampleRows.of(files.next(), manifest));
            }
            return true;
        }

        @Override
        public Sample next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rows.orElseThrow().next();
        }

        void close() {
            rows.ifPresent(SampleRows::close);
        }
    }

    static DataException damaged(Path file, SQLException cause) {
        return new DataException(
                "%s cannot be read as Parquet: %s. Restore it from a backup, or import the data again"
                        .formatted(file, said(cause)),
                cause);
    }

    /// What the database says, without the statement that it shows behind it.
    static String said(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
