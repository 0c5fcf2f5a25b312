package dev.athanor.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/// Samples on their way straight into the file of their split, behind those that waited in the table `samples`. Of a
/// large
/// import or a large version most never wait: their own content says where they belong.
final class SplitStreams implements AutoCloseable {
    private final DuckDBConnection database;
    private final ParquetFiles files;
    private final SampleColumns columns;
    private final Map<Split, Stream> streams = new EnumMap<>(Split.class);
    private final Map<Split, Manifest.Count> counts;

    private record Stream(Connection connection, TableFeed feed) {}

    /// @param files of the samples that waited
    /// @param counts how many of those are in each split
    SplitStreams(Connection database, ParquetFiles files, SampleColumns columns, Map<Split, Manifest.Count> counts) {
        this.database = (DuckDBConnection) database;
        this.files = files;
        this.columns = columns;
        this.counts = new EnumMap<>(counts);
    }

    void add(Split split, SampleColumns.Row row) throws SQLException {
        Stream stream = streams.get(split);
        if (stream == null) {
            stream = open(split);
            streams.put(split, stream);
        }
        columns.put(stream.feed(), row.sample());
        stream.feed().endRow();
        counts.merge(split, new Manifest.Count(1, row.characters()), Manifest.Count::plus);
    }

    private Stream open(Split split) throws SQLException {
        Connection connection = database.duplicate();
        return new Stream(connection, new TableFeed(connection, columns.lasting(), rows -> files.copy(split, rows)));
    }

    /// Waits until every split that has samples has its file.
    Map<Split, Manifest.Count> finish() throws SQLException, IOException {
        for (Stream stream : streams.values()) {
            stream.feed().finish();
        }
        Set<Split> waited = EnumSet.copyOf(counts.keySet());
        waited.removeAll(streams.keySet());
        files.write(waited);
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
