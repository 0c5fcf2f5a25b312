package dev.athanor.data.shop;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// A table of csv in the making. A value is quoted where it has to be.
final class Table {
    private static final Pattern BARE = Pattern.compile("[^\",\\s]*|[^\",\\s][^\",\\n\\t]*[^\",\\s]");

    private final StringBuilder csv;
    private final int columns;

    Table(List<String> columns) {
        this.csv = new StringBuilder(String.join(",", columns)).append('\n');
        this.columns = columns.size();
    }

    void add(List<String> values) {
        if (values.size() != columns) {
            throw new IllegalArgumentException("a row of %d values for %d columns: %s, expected one for each"
                    .formatted(values.size(), columns, values));
        }
        StringJoiner row = new StringJoiner(",", "", "\n");
        values.forEach(value -> row.add(quoted(value)));
        csv.append(row);
    }

    private static String quoted(String value) {
        return BARE.matcher(value).matches() ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return csv.toString();
    }
}
