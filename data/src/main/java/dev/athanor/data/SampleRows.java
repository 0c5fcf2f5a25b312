package dev.athanor.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/// The samples of one Parquet file in their order, a few thousand in memory at a time. It closes itself behind the
/// last.
abstract sealed class SampleRows implements Iterator<Sample> {
    private final Path file;
    private final Connection connection;
    private final RecordValues.Columns fields;
    private final String reference;
    private boolean ready;
    private boolean finished;

    private SampleRows(Path file, Connection connection, Manifest manifest) {
        this.file = file;
        this.connection = connection;
        this.fields = new RecordValues.Columns(manifest.fields());
        this.reference = manifest.reference();
    }

    /// @throws DataException where the file cannot be read
    static SampleRows of(Path file, Manifest manifest) {
        try {
            Connection connection = Tables.connect();
            try {
                return manifest.kind().hasMedia()
                        ? new WithMedia(file, connection, manifest)
                        : new Texts(file, connection, manifest);
            } catch (SQLException broken) {
                connection.close();
                throw broken;
            }
        } catch (SQLException broken) {
            throw Tables.damaged(file, broken);
        }
    }

    private static String query(Path file, Manifest manifest) {
        List<String> columns = new ArrayList<>(List.of(Tables.ID, Tables.TEXT, Tables.ORIGIN));
        columns.addAll(manifest.fields());
        String media = manifest.kind().hasMedia()
                ? ", %1$s.bytes, %1$s.path".formatted(manifest.kind().column())
                : "";
        return "SELECT %s, %s%s FROM read_parquet(%s)"
                .formatted(
                        columns.stream().map(Tables::quoted).collect(Collectors.joining(", ")),
                        Tables.size(manifest.fields()),
                        media,
                        Tables.literal(file));
    }

    /// Goes to the next row; false behind the last.
    abstract boolean advance() throws SQLException;

    /// A value of the row, by the column's place in the query; null where there is none.
    abstract String value(int column) throws SQLException;

    /// The bytes of all its texts.
    abstract long size(int column) throws SQLException;

    abstract Media media() throws SQLException;

    @Override
    public final boolean hasNext() {
        if (!ready && !finished) {
            try {
                ready = advance();
            } catch (SQLException broken) {
                close();
                throw Tables.damaged(file, broken);
            }
            if (!ready) {
                close();
            }
        }
        return ready;
    }

    @Override
    public final Sample next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        try {
            String[] values = new String[fields.names().size()];
            TextLimit.check(
                    size(3 + values.length), () -> "sample %s (%s) of %s".formatted(value(0), value(2), reference));
            for (int field = 0; field < values.length; field++) {
                values[field] = value(3 + field);
            }
            return new Sample(value(0), value(1), media(), RecordValues.of(fields, values), value(2));
        } catch (SQLException broken) {
            throw Tables.damaged(file, broken);
        }
    }

    final void close() {
        if (!finished) {
            finished = true;
            try {
                connection.close();
            } catch (SQLException broken) {
                throw Tables.damaged(file, broken);
            }
        }
    }

    /// Chunks as the database has them: rows one by one, as its JDBC gives them, take three times as long. Behind a
    /// part that is damaged chunks just end, so rows are counted.
    private static final class Texts extends SampleRows {
        private final Connection connection;
        private final String query;
        private final DuckDBChunkedResult result;
        private final long expected;
        private DuckDBReadableVector[] columns = {};
        private long row = -1;
        private long rows;
        private long taken;

        private Texts(Path file, Connection connection, Manifest manifest) throws SQLException {
            super(file, connection, manifest);
            this.connection = connection;
            this.query = query(file, manifest);
            this.expected = count(connection, file);
            this.result =
                    connection.unwrap(DuckDBConnection.class).prepare(query).query();
        }

        /// What the end of the file says.
        private static long count(Connection connection, Path file) throws SQLException {
            try (Statement sql = connection.createStatement();
                    ResultSet count =
                            sql.executeQuery("SELECT count(*) FROM read_parquet(%s)".formatted(Tables.literal(file)))) {
                count.next();
                return count.getLong(1);
            }
        }

        @Override
        boolean advance() throws SQLException {
            row++;
            while (row == rows) {
                if (!result.nextChunk()) {
                    requireAll();
                    return false;
                }
                taken += rows;
                DuckDBDataChunkReader chunk = result.chunk();
                columns = new DuckDBReadableVector[(int) chunk.columnCount()];
                for (int column = 0; column < columns.length; column++) {
                    columns[column] = chunk.vector(column);
                }
                rows = chunk.rowCount();
                row = 0;
            }
            return true;
        }

        private void requireAll() throws SQLException {
            if (taken + rows == expected) {
                return;
            }
            try (Statement sql = connection.createStatement();
                    ResultSet again = sql.executeQuery(query)) { // which says why
                boolean more = again.next();
                while (more) {
                    more = again.next();
                }
            }
            throw new SQLException("it ends behind %d of %d rows".formatted(taken + rows, expected));
        }

        @Override
        String value(int column) {
            return columns[column].isNull(row) ? null : columns[column].getString(row);
        }

        @Override
        long size(int column) {
            return columns[column].getLong(row);
        }

        @Override
        Media media() {
            return Media.NONE;
        }
    }

    private static final class WithMedia extends SampleRows {
        private final ResultSet result;
        private final int bytes;

        private WithMedia(Path file, Connection connection, Manifest manifest) throws SQLException {
            super(file, connection, manifest);
            Statement statement = connection.createStatement();
            this.result = statement.executeQuery(query(file, manifest));
            this.bytes = 5 + manifest.fields().size();
        }

        @Override
        boolean advance() throws SQLException {
            return result.next();
        }

        @Override
        String value(int column) throws SQLException {
            return result.getString(column + 1);
        }

        @Override
        long size(int column) throws SQLException {
            return result.getLong(column + 1);
        }

        @Override
        Media media() throws SQLException {
            return new Media(result.getBytes(bytes), result.getString(bytes + 1));
        }
    }
}
