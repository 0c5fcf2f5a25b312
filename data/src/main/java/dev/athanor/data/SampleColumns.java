package dev.athanor.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

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
    record Row(long row, Optional<Split> given, double chance, long begin, Sample sample, Lasting lasting) {}

    /// What of a sample goes into the file.
    ///
    /// @param characters of its text, as people count them
    /// @param bytes of all, a picture or sound aside
    /// @param values in UTF-8, absent ones null
    record Lasting(long characters, long bytes, byte[]... values) {}

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

    Lasting lasting(Sample sample) {
        byte[][] values = new byte[lasting.size()][];
        values[0] = utf8(sample.id());
        values[1] = utf8(sample.text());
        for (int field = 0; field < schema.fields().size(); field++) {
            String value = sample.fields().get(schema.fields().get(field));
            values[2 + field] = value == null ? null : utf8(value);
        }
        values[values.length - 1] = utf8(sample.origin());
        long bytes = 0;
        for (byte[] value : values) {
            bytes += value == null ? 0 : value.length;
        }
        return new Lasting(characters(values[1]), bytes, values);
    }

    /// Counts the bytes that begin a character: all but those of the form 10xxxxxx. Eight are looked at together,
    /// since every text is counted.
    private static long characters(byte[] utf8) {
        long continued = 0;
        int at = 0;
        for (; at <= utf8.length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(utf8, at);
            continued += Long.bitCount((eight >>> 7) & ~(eight >>> 6) & 0x0101010101010101L);
        }
        for (; at < utf8.length; at++) {
            continued += (utf8[at] & 0xc0) == 0x80 ? 1 : 0;
        }
        return utf8.length - continued;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Gives a row to a feed of [#all]; the feed ends it.
    void put(TableFeed feed, Row row) {
        feed.put(ROW, row.row());
        row.given().ifPresent(split -> feed.put(SPLIT, split.word()));
        feed.put(CHANCE, row.chance());
        feed.put(CHARACTERS, row.lasting().characters());
        if (schema.kind().hasMedia()) {
            feed.put(BEGIN, row.begin());
            feed.put(LENGTH, (long) row.sample().media().bytes().length);
            feed.put(PATH, row.sample().media().path());
        }
        put(feed, waiting.size(), row.lasting().values());
    }

    /// Gives a row to a feed of [#lasting].
    void putLasting(TableFeed feed, Row row) {
        put(feed, 0, row.lasting().values());
    }

    private static void put(TableFeed feed, int first, byte[]... values) {
        for (int column = 0; column < values.length; column++) {
            if (values[column] != null) {
                feed.put(first + column, values[column]);
            }
        }
    }
}
