package dev.athanor.data.shop;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// One line of the list of products: its columns by name.
record Product(SequencedMap<String, String> columns) {

    /// The products of `products.csv`, whose values hold no commas.
    static List<Product> list() {
        List<String[]> rows = Grammar.resource("products.csv")
                .lines()
                .map(line -> line.split(",", -1))
                .toList();
        String[] header = rows.getFirst();
        return rows.stream()
                .skip(1)
                .map(row -> new Product(columns(header, row)))
                .toList();
    }

    private static SequencedMap<String, String> columns(String[] header, String[] row) {
        if (row.length != header.length) {
            throw new IllegalArgumentException("products.csv has %d values in the row %s: expected %d"
                    .formatted(row.length, Arrays.toString(row), header.length));
        }
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < header.length; i++) {
            columns.put(header[i], row[i]);
        }
        return columns;
    }

    boolean isTea() {
        return !columns.get("taste").isEmpty();
    }

    /// The values in one language, under the names that the grammars use.
    Map<String, String> in(Language language) {
        Map<String, String> values = new LinkedHashMap<>();
        columns.forEach((column, value) -> {
            if (!column.endsWith("_zh")) {
                values.put(column, columns.getOrDefault(column + language.suffix(), value));
            }
        });
        return values;
    }
}
