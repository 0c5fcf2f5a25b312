package dev.athanor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Tables of delimited text with a header: csv and tsv.
final class DelimitedFormat implements RecordFormat {
    /// What stands between fields.
    enum Dialect {
        DETECTED,
        /// Tabs; whether quotation marks are part of the text is found out ([TabQuotes]).
        TABS,
        /// Tabs, and quotation marks are part of the text.
        TABS_ALONE
    }

    private final Dialect dialect;

    DelimitedFormat(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        Encodings.Decoded decoded = file.decoded();
        BufferedReader reader = new BufferedReader(decoded.reader());
        boolean literal = dialect == Dialect.TABS && TabQuotes.areText(reader);
        Delimited table = new Delimited(reader, Lines.LONGEST);
        RecordValues.Columns columns =
                new RecordValues.Columns(header(file, table, literal ? Dialect.TABS_ALONE : dialect));
        file.records()
                .trait(
                        file.name(),
                        "delimiter " + word(table.delimiter())
                                + (literal ? ", quotation marks are part of the texts" : ""));
        while (true) {
            Optional<List<String>> row;
            try {
                row = table.record();
            } catch (Unusable broken) {
                leaveOut(file, table, 0, broken);
                continue;
            }
            if (row.isEmpty()) {
                return;
            }
            List<String> cells = row.get();
            Optional<Unusable> wrong = wrong(decoded, columns.names(), cells);
            if (isHeader(columns.names(), cells)) {
                file.records().passOver(headerAgain(file.name(), table.line(), table.content()));
            } else if (wrong.isEmpty()) {
                sink.take(RecordValues.of(columns, cells), file.name() + ":" + table.line());
            } else if (cells.size() > 1 || !cells.getFirst().isBlank()) {
                int expected = columns.names().size();
                int place = cells.size() == expected ? 0 : Math.min(cells.size(), expected) + 1;
                table.retreat(); // a quotation mark may have swallowed lines that are well
                leaveOut(file, table, place, wrong.get());
            }
        }
    }

    /// Whether a row has the names of the columns again, as where files were put together. The only cell of a row may
    /// be the word that its column is called by.
    static boolean isHeader(List<String> names, List<String> cells) {
        if (names.size() < 2 || cells.size() != names.size()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(cells.get(i).strip())) {
                return false;
            }
        }
        return true;
    }

    static Quarantined headerAgain(String file, long line, String content) {
        return new Quarantined(
                file, line, 0, "has the names of the columns again", "Nothing is lost without it", content);
    }

    /// The names of the columns.
    private static List<String> header(File file, Delimited table, Dialect dialect) throws IOException {
        List<String> cells;
        try {
            cells = table.header(dialect)
                    .orElseThrow(
                            () -> new Unusable("is empty", "Expected a header line with the names of the columns"));
        } catch (Unusable broken) {
            throw new DataException("%s line %d %s".formatted(file.name(), table.line(), broken.getMessage()), broken);
        }
        return named(file.name(), cells, file.records());
    }

    /// Names for columns; those that are empty or there already are numbered, since each column is kept.
    static List<String> named(String source, List<String> cells, Records records) {
        List<String> names = new ArrayList<>();
        Set<String> lower = new HashSet<>();
        for (String cell : cells) {
            String plain = cell.strip();
            String name = plain.isEmpty() ? "column_" + (names.size() + 1) : plain;
            for (int number = 2; !lower.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = "%s_%d".formatted(plain.isEmpty() ? "column" : plain, number);
            }
            if (!name.equals(plain)) {
                records.note("%s: column %d is called \"%s\" here, since its name is %s; --map gives it another"
                        .formatted(
                                source,
                                names.size() + 1,
                                name,
                                plain.isEmpty() ? "empty" : "\"%s\", which is there already".formatted(plain)));
            }
            names.add(name);
        }
        return names;
    }

    private static String word(char delimiter) {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }

    private static Optional<Unusable> wrong(Encodings.Decoded decoded, List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            return Optional.of(new Unusable(
                    "has %s, and the header has %d (%s)"
                            .formatted(Counted.of(cells.size(), "field"), columns.size(), shortened(columns)),
                    "Mend the line: quote what holds the delimiter, or add what is missing"));
        }
        for (String cell : cells) {
            Optional<Unusable> wrong = decoded.wrong(cell);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static String shortened(List<String> columns) {
        return columns.size() > 20 ? String.join(", ", columns.subList(0, 20)) + ", ..." : String.join(", ", columns);
    }

    private static void leaveOut(File file, Delimited table, int column, Unusable why) throws IOException {
        file.records()
                .leaveOut(new Quarantined(
                        file.name(), table.line(), column, why.reason(), why.remedy(), table.content()));
    }
}
