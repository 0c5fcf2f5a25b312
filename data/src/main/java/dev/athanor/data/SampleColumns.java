package dev.athanor.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// How samples lie in a table while their version is made: what is needed until they are in their files, and behind it
/// the columns that the files have.
final class SampleColumns {
    private static final int ROW = 0;
    private static final int SPLIT = 1;
    private static final int CHANCE = 2;
    private static final int CHARACTERS = 3;
    private static final int BEGIN = 4;
    private static final int LENGTH = 5;
    private static final int PATH = 6;

    private final VersionWriter.Schema schema;
    private final List<TableFeed.Column> waiting;
    private final List<TableFeed.Column> lasting;

    /// A sample on its way.
    ///
    /// @param row its number, from 0
    /// @param given the split that the source says, where it says one
    /// @param chance a number from 0 to below 1 that what must stay together has in common
    /// @param begin where its picture or sound stands in the file of those that wait
    /// @param lasting what goes into the file in UTF-8, absent values null
    record Row(long row, Optional<Split> given, double chance, long begin, Sample sample, byte[]... lasting) {
        long characters() {
            return sample.text().codePointCount(0, sample.text().length());
        }

        /// Those of its columns in the file, a picture or sound aside.
        long bytes() {
            return Stream.of(lasting)
                    .filter(Objects::nonNull)
                    .mapToLong(value -> value.length)
                    .sum();
        }
    }

    SampleColumns(VersionWriter.Schema schema) {
        this.schema = schema;
        this.waiting = waiting(schema.kind());
        this.lasting = lasting(schema);
    }

    /// The name of the column with the text. Rows of a table have none there, and may have a field called `text`.
    private static String text(Kind kind) {
        return kind.hasText() ? Tables.TEXT : "_text";
    }

    private static List<TableFeed.Column> waiting(Kind kind) {
        List<TableFeed.Column> columns = new ArrayList<>(List.of(
                new TableFeed.Column("_row", TableFeed.Type.LONG),
                new TableFeed.Column("_split", TableFeed.Type.TEXT),
                new TableFeed.Column("_chance", TableFeed.Type.DOUBLE),
                new TableFeed.Column("_characters", TableFeed.Type.LONG)));
        if (kind.hasMedia()) {
            columns.add(new TableFeed.Column("_begin", TableFeed.Type.LONG));
            columns.add(new TableFeed.Column("_length", TableFeed.Type.LONG));
            columns.add(new TableFeed.Column("_path", TableFeed.Type.TEXT));
        }
        return List.copyOf(columns);
    }

    private static List<TableFeed.Column> lasting(VersionWriter.Schema schema) {
        List<TableFeed.Column> columns = new ArrayList<>();
        columns.add(new TableFeed.Column(Tables.ID, TableFeed.Type.TEXT));
        columns.add(new TableFeed.Column(text(schema.kind()), TableFeed.Type.TEXT));
        schema.fields().forEach(field -> columns.add(new TableFeed.Column(field, TableFeed.Type.TEXT)));
        columns.add(new TableFeed.Column(Tables.ORIGIN, TableFeed.Type.TEXT));
        return List.copyOf(columns);
    }

    /// Those of the table of what waits.
    List<TableFeed.Column> all() {
        List<TableFeed.Column> all = new ArrayList<>(waiting);
        all.addAll(lasting);
        return all;
    }

    /// Those of samples without media that are in their file.
    List<TableFeed.Column> lasting() {
        return lasting;
    }

    /// What of a sample goes into the file.
    byte[][] lasting(Sample sample) {
        byte[][] values = new byte[lasting.size()][];
        values[0] = utf8(sample.id());
        values[1] = utf8(sample.text());
        for (int field = 0; field < schema.fields().size(); field++) {
            String value = sample.fields().get(schema.fields().get(field));
            values[2 + field] = value == null ? null : utf8(value);
        }
        values[values.length - 1] = utf8(sample.origin());
        return values;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Gives a row to a feed of [#all]; the feed ends it.
    void put(TableFeed feed, Row row) {
        feed.put(ROW, row.row());
        row.given().ifPresent(split -> feed.put(SPLIT, split.word()));
        feed.put(CHANCE, row.chance());
        feed.put(CHARACTERS, row.characters());
        if (schema.kind().hasMedia()) {
            feed.put(BEGIN, row.begin());
            feed.put(LENGTH, (long) row.sample().media().bytes().length);
            feed.put(PATH, row.sample().media().path());
        }
        put(feed, waiting.size(), row.lasting());
    }

    /// Gives a row to a feed of [#lasting].
    void putLasting(TableFeed feed, Row row) {
        put(feed, 0, row.lasting());
    }

    private static void put(TableFeed feed, int first, byte[]... values) {
        for (int column = 0; column < values.length; column++) {
            if (values[column] != null) {
                feed.put(first + column, values[column]);
            }
        }
    }
}
