package dev.athanor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How samples lie in a table while their version is made.
final class SampleColumns {
    private static final int ROW = 0;
    private static final int SPLIT = 1;
    private static final int CHANCE = 2;
    private static final int CHARACTERS = 3;
    private static final int ID = 4;
    private static final int TEXT = 5;
    private static final int BEGIN = 6;
    private static final int LENGTH = 7;
    private static final int PATH = 8;

    private final VersionWriter.Schema schema;
    private final List<TableFeed.Column> columns;
    private final int firstField;

    /// A sample on its way.
    ///
    /// @param row its number, from 0
    /// @param given the split that the source says, where it says one
    /// @param chance a number from 0 to below 1 that what must stay together has in common
    /// @param begin where its picture or sound stands in the file of those that wait
    record Row(long row, Optional<Split> given, double chance, long begin, Sample sample) {
        long characters() {
            return sample.text().codePointCount(0, sample.text().length());
        }

        /// In rough, how much waits: the characters of the text, or of a row of a table.
        long size() {
            return sample.text().isEmpty()
                    ? sample.fields().values().stream().mapToInt(String::length).sum()
                    : sample.text().length();
        }
    }

    SampleColumns(VersionWriter.Schema schema) {
        this.schema = schema;
        this.columns = columns(schema);
        this.firstField = schema.kind().hasMedia() ? PATH + 1 : TEXT + 1;
    }

    /// The name of the column with the text. Rows of a table have none there, and may have a field called `text`.
    static String text(Kind kind) {
        return kind.hasText() ? Tables.TEXT : "_text";
    }

    private static List<TableFeed.Column> columns(VersionWriter.Schema schema) {
        List<TableFeed.Column> columns = new ArrayList<>(List.of(
                new TableFeed.Column("_row", TableFeed.Type.LONG),
                new TableFeed.Column("_split", TableFeed.Type.TEXT),
                new TableFeed.Column("_chance", TableFeed.Type.DOUBLE),
                new TableFeed.Column("_characters", TableFeed.Type.LONG),
                new TableFeed.Column(Tables.ID, TableFeed.Type.TEXT),
                new TableFeed.Column(text(schema.kind()), TableFeed.Type.TEXT)));
        if (schema.kind().hasMedia()) {
            columns.add(new TableFeed.Column("_begin", TableFeed.Type.LONG));
            columns.add(new TableFeed.Column("_length", TableFeed.Type.LONG));
            columns.add(new TableFeed.Column("_path", TableFeed.Type.TEXT));
        }
        schema.fields().forEach(field -> columns.add(new TableFeed.Column(field, TableFeed.Type.TEXT)));
        columns.add(new TableFeed.Column(Tables.ORIGIN, TableFeed.Type.TEXT));
        return List.copyOf(columns);
    }

    /// Those of the table of what waits.
    List<TableFeed.Column> all() {
        return columns;
    }

    /// Those of samples without media that are in their file.
    List<TableFeed.Column> lasting() {
        return columns.subList(ID, columns.size());
    }

    /// Gives a row to a feed of the table of what waits; the feed ends it.
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
        put(feed, row.sample(), ID);
    }

    /// Gives a row to a feed of [#lasting].
    void put(TableFeed feed, Sample sample) {
        put(feed, sample, 0);
    }

    private void put(TableFeed feed, Sample sample, int first) {
        feed.put(first, sample.id());
        feed.put(first + 1, sample.text());
        int column = first + firstField - ID;
        for (String field : schema.fields()) {
            String value = sample.fields().get(field);
            if (value != null) {
                feed.put(column, value);
            }
            column++;
        }
        feed.put(column, sample.origin());
    }
}
