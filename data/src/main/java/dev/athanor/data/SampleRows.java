package dev.athanor.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/// The samples of one Parquet file, or of some of its rows, in their order, a few thousand in memory at a time.
/// It closes itself behind the last.
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
    static SampleRows of(Tables.Part part, Manifest manifest) {
        Path file = part.file();
        try {
            Connection connection = Tables.connect();
            try {
                return manifest.kind().hasMedia()
                        ? new WithMedia(part, connection, manifest)
                        : new Texts(part, connection, manifest);
            } catch (SQLException broken) {
                connection.close();
                throw broken;
            }
        } catch (SQLException broken) {
            throw Tables.damaged(file, broken);
        }
    }

    private static String query(Tables.Part part, Manifest manifest) {
        String text = manifest.kind().hasText() ? Tables.TEXT : "''";
        String media = manifest.kind().hasMedia()
                ? ", %1$s.bytes, %1$s.path".formatted(manifest.kind().column())
                : "";
        return "SELECT %s, %s, %s%s, %s%s FROM read_parquet(%s)%s"
                .formatted(
                        Tables.ID,
                        text,
                        Tables.ORIGIN,
                        manifest.fields().stream()
                                .map(field -> ", " + Tables.quoted(field))
                                .collect(Collectors.joining()),
                        Tables.size(manifest.kind(), manifest.fields()),
                        media,
                        Tables.literal(part.file()),
                        part.range().sql());
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

    private static final class Texts extends SampleRows {
        private final Connection connection;
        private final String query;
        private final ChunkedRows rows;
        private final long expected;

        private Texts(Tables.Part part, Connection connection, Manifest manifest) throws SQLException {
            super(part.file(), connection, manifest);
            this.connection = connection;
            this.query = query(part, manifest);
            this.expected = part.range().of(Tables.rows(connection, part.file()));
            this.rows = new ChunkedRows(connection, query);
        }

        @Override
        boolean advance() throws SQLException {
            boolean more = rows.next();
            if (!more && rows.count() != expected) {
                throw why();
            }
            return more;
        }

        /// Reads in the other way, which says why it ends too early.
        private SQLException why() {
            try (Statement sql = connection.createStatement();
                    ResultSet again = sql.executeQuery(query)) {
                boolean more = again.next();
                while (more) {
                    more = again.next();
                }
                return new SQLException("it ends behind %d of %d rows".formatted(rows.count(), expected));
            } catch (SQLException reason) {
                return reason;
            }
        }

        @Override
        String value(int column) {
            return rows.text(column);
        }

        @Override
        long size(int column) {
            return rows.number(column);
        }

        @Override
        Media media() {
            return Media.NONE;
        }
    }

    private static final class WithMedia extends SampleRows {
        private final ResultSet result;
        private final int bytes;

        private WithMedia(Tables.Part part, Connection connection, Manifest manifest) throws SQLException {
            super(part.file(), connection, manifest);
            Statement statement = connection.createStatement();
            this.result = statement.executeQuery(query(part, manifest));
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
