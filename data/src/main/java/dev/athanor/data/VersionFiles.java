package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/// The samples of a version on their way into its files. The first wait in a table; where each sample's split can
/// be told from itself, the others go straight into the files ([SplitStreams]), else all wait.
final class VersionFiles implements AutoCloseable {
    /// Bytes that wait before it is told whether the others need to.
    private static final long WAITING = 64L << 20;

    private final VersionWriter.Schema schema;
    private final SplitPlan plan;
    private final Place place;
    private final SampleColumns columns;
    private final Map<Split, Manifest.Count> copied = new EnumMap<>(Split.class);
    private TableFeed waiting;
    private long waitingSize;
    private boolean settled;
    private Optional<SplitStreams> streams = Optional.empty();
    private String divided = "";

    /// Where samples and files are while the version is made.
    ///
    /// @param media in the order of their samples
    record Place(Path folder, Connection connection, MediaSpool media) {}

    VersionFiles(VersionWriter.Schema schema, SplitPlan plan, Place place) throws SQLException {
        this.schema = schema;
        this.plan = plan;
        this.place = place;
        this.columns = new SampleColumns(schema);
        try (Statement sql = place.connection().createStatement()) {
            sql.execute(columns.all().stream()
                    .map(column ->
                            Tables.quoted(column.name()) + " " + column.type().sql())
                    .collect(Collectors.joining(", ", "CREATE TABLE samples (", ")")));
            // A feed needs it; and with more of them the same rows would be other bytes: they cut files as it happens.
            sql.execute("SET threads = 1");
        }
        this.waiting = table();
    }

    private TableFeed table() throws SQLException {
        return new TableFeed(place.connection(), columns.all(), "INSERT INTO samples SELECT * FROM "::concat);
    }

    SampleColumns columns() {
        return columns;
    }

    void add(SampleColumns.Row row) throws SQLException {
        if (streams.isPresent()) {
            streams.get().add(Placement.at(plan, row), row);
            return;
        }
        columns.put(waiting, row);
        waiting.endRow();
        waitingSize += row.lasting().bytes();
        if (waitingSize > WAITING && !settled) {
            settle();
        }
    }

    /// Sees whether what comes needs to wait, once enough does.
    private void settle() throws SQLException {
        settled = true;
        waiting.finish();
        waiting.close();
        try (Statement sql = place.connection().createStatement()) {
            Optional<Placement.Division> division = new Placement(sql, schema).untilNow(plan);
            if (division.isEmpty()) {
                waiting = table();
                return;
            }
            divided = division.get().words();
            streams = Optional.of(new SplitStreams(place.connection(), files(division.get()), columns));
            streams.get().begin(counts(sql, division.get()));
        }
    }

    private ParquetFiles files(Placement.Division division) {
        return new ParquetFiles(schema, place.connection(), place.media(), division, place.folder());
    }

    /// Writes rows of an older version's file as they are. Nothing else is added to such a version.
    ///
    /// @param kept tells which by the row's number in the file
    /// @return how many there are
    long copy(Path older, Split split, LongPredicate kept) throws SQLException, IOException {
        waiting.finish();
        ParquetFiles files = files(Placement.Division.AS_GIVEN);
        Manifest.Count count = files.copy(split, older, kept);
        if (count.samples() > 0) {
            copied.put(split, count);
        } else {
            Files.delete(files.alone(split));
        }
        return count.samples();
    }

    /// Writes what waits; the answer counts all.
    Map<Split, Manifest.Count> finish() throws SQLException, IOException {
        if (streams.isPresent()) {
            return streams.get().finish();
        }
        if (!copied.isEmpty()) {
            return copied;
        }
        waiting.finish();
        try (Statement sql = place.connection().createStatement()) {
            Placement.Division division = new Placement(sql, schema).divide(plan);
            divided = division.words();
            Map<Split, Manifest.Count> counts = counts(sql, division);
            if (counts.containsKey(Split.TRAIN)) {
                files(division).write(counts.keySet());
            }
            return counts;
        }
    }

    /// How they are divided, for people, once they are.
    String divided() {
        return divided;
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

    @Override
    public void close() throws SQLException {
        waiting.close();
        if (streams.isPresent()) {
            streams.get().close();
        }
    }
}
