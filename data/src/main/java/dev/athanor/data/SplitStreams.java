package dev.athanor.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// Samples on their way straight into the file of their split, behind those that waited in the table `samples`. Of a
/// large import or a large version most never wait: their own content says where they belong.
///
/// Rows of a file come from one place, in their order: what waited is fed again.
final class SplitStreams implements AutoCloseable {
    private final DuckDBConnection database;
    private final ParquetFiles files;
    private final SampleColumns columns;
    private final double text;
    private final Map<Split, Stream> streams = new EnumMap<>(Split.class);
    private final Map<Split, Manifest.Count> counts;

    private record Stream(Connection connection, TableFeed feed) {}

    /// @param files of the samples that waited
    /// @param counts how many of those are in each split
    SplitStreams(Connection database, ParquetFiles files, SampleColumns columns, Map<Split, Manifest.Count> counts)
            throws SQLException {
        this.database = (DuckDBConnection) database;
        this.files = files;
        this.columns = columns;
        this.text = files.averageText();
        this.counts = new EnumMap<>(counts);
    }

    /// Gives what waited.
    void begin() throws SQLException {
        String names = columns.lasting().stream()
                .map(column -> Tables.quoted(column.name()))
                .collect(Collectors.joining(", "));
        ChunkedRows rows = new ChunkedRows(
                database,
                "SELECT %s, %s FROM samples".formatted(files.division().split(), names));
        while (rows.next()) {
            TableFeed feed = feed(Split.of(rows.text(0)).orElseThrow());
            for (int column = 0; column < columns.lasting().size(); column++) {
                String value = rows.text(1 + column);
                if (value != null) {
                    feed.put(column, value);
                }
            }
            feed.endRow();
        }
        long waited =
                counts.values().stream().mapToLong(Manifest.Count::samples).sum();
        if (rows.count() != waited) {
            throw new SQLException("%d of the first %d rows came back".formatted(rows.count(), waited));
        }
        try (Statement sql = database.createStatement()) {
            sql.execute("DROP TABLE samples");
        }
    }

    void add(Split split, SampleColumns.Row row) throws SQLException {
        TableFeed feed = feed(split);
        columns.put(feed, row.sample());
        feed.endRow();
        counts.merge(split, new Manifest.Count(1, row.characters()), Manifest.Count::plus);
    }

    private TableFeed feed(Split split) throws SQLException {
        Stream stream = streams.get(split);
        if (stream == null) {
            stream = open(split);
            streams.put(split, stream);
        }
        return stream.feed();
    }

    private Stream open(Split split) throws SQLException {
        Connection connection = database.duplicate();
        return new Stream(
                connection, new TableFeed(connection, columns.lasting(), rows -> files.copy(split, rows, text)));
    }

    /// Waits until every split that has samples has its file.
    Map<Split, Manifest.Count> finish() throws SQLException {
        for (Stream stream : streams.values()) {
            stream.feed().finish();
        }
        return counts;
    }

    @Override
    public void close() throws SQLException {
        for (Stream stream : streams.values()) {
            stream.feed().close();
            stream.connection().close();
        }
    }
}
