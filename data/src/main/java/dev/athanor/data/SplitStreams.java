package dev.athanor.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// Samples on their way straight into the files of their split, behind those that waited in the table `samples`. Of a
/// large import or a large version most never wait: their own content says where they belong. A split has one file, but
/// where long texts fill more than [ParquetFiles#SHARD_BYTES].
///
/// Rows of a file come from one place, in their order: what waited is fed again.
final class SplitStreams implements AutoCloseable {
    private final DuckDBConnection database;
    private final ParquetFiles files;
    private final SampleColumns columns;
    private final double text;
    private final Map<Split, Stream> streams = new EnumMap<>(Split.class);
    private final Map<Split, Manifest.Count> counts = new EnumMap<>(Split.class);

    /// @param files of the samples that waited
    SplitStreams(Connection database, ParquetFiles files, SampleColumns columns) throws SQLException {
        this.database = (DuckDBConnection) database;
        this.files = files;
        this.columns = columns;
        this.text = files.averageText();
    }

    /// The files of one split, one after the other.
    private final class Stream {
        private final Split split;
        private int file;
        private Connection connection;
        private TableFeed feed;
        private long sinceLong;

        Stream(Split split) throws SQLException {
            this.split = split;
            open();
        }

        private void open() throws SQLException {
            connection = database.duplicate();
            feed = new TableFeed(connection, columns.lasting(), rows -> files.copy(rows, unfinished(file), text));
        }

        private Path unfinished(int number) {
            return files.part(split, number, 0);
        }

        /// Where the next row goes. Of a database's chunk of rows memory must hold all texts: behind a long one a
        /// file does not go on for ever.
        TableFeed feed() throws SQLException {
            if (sinceLong > ParquetFiles.SHARD_BYTES) {
                feed.finish();
                close();
                file++;
                sinceLong = 0;
                open();
            }
            return feed;
        }

        /// @param bytes of the row's texts
        void endRow(long bytes) throws SQLException {
            feed.endRow();
            if (bytes > ParquetFiles.LONG_TEXT || sinceLong > 0) {
                sinceLong += bytes;
            }
        }

        /// Names the files by how many there are.
        void finish() throws SQLException, IOException {
            feed.finish();
            for (int number = 0; number <= file; number++) {
                Files.move(unfinished(number), files.part(split, number, file + 1));
            }
        }

        void close() throws SQLException {
            feed.close();
            connection.close();
        }
    }

    /// Gives what waited.
    ///
    /// @param waited how many are in each split
    void begin(Map<Split, Manifest.Count> waited) throws SQLException {
        counts.putAll(waited);
        String names = columns.lasting().stream()
                .map(column -> Tables.quoted(column.name()))
                .collect(Collectors.joining(", "));
        ChunkedRows rows = new ChunkedRows(
                database,
                "SELECT %s, %s FROM samples".formatted(files.division().split(), names));
        while (rows.next()) {
            Stream stream = stream(Split.of(rows.text(0)).orElseThrow());
            TableFeed feed = stream.feed();
            long bytes = 0;
            for (int column = 0; column < columns.lasting().size(); column++) {
                String value = rows.text(1 + column);
                if (value != null) {
                    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                    feed.put(column, utf8);
                    bytes += utf8.length;
                }
            }
            stream.endRow(bytes);
        }
        long expected =
                waited.values().stream().mapToLong(Manifest.Count::samples).sum();
        if (rows.count() != expected) {
            throw new SQLException("%d of the first %d rows came back".formatted(rows.count(), expected));
        }
        try (Statement sql = database.createStatement()) {
            sql.execute("DROP TABLE samples");
        }
    }

    void add(Split split, SampleColumns.Row row) throws SQLException {
        Stream stream = stream(split);
        columns.putLasting(stream.feed(), row);
        stream.endRow(row.lasting().bytes());
        counts.merge(split, new Manifest.Count(1, row.lasting().characters()), Manifest.Count::plus);
    }

    private Stream stream(Split split) throws SQLException {
        Stream stream = streams.get(split);
        if (stream == null) {
            stream = new Stream(split);
            streams.put(split, stream);
        }
        return stream;
    }

    /// Waits until every split that has samples has its files.
    Map<Split, Manifest.Count> finish() throws SQLException, IOException {
        for (Stream stream : streams.values()) {
            stream.finish();
        }
        return counts;
    }

    @Override
    public void close() throws SQLException {
        for (Stream stream : streams.values()) {
            stream.close();
        }
    }
}
