package dev.athanor.data;

import dev.athanor.data.document.Spreadsheet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Sheets of a spreadsheet, each a table whose first row names the columns. Those that are hidden or empty are left
/// out; one can be chosen.
final class SpreadsheetFormat implements RecordFormat {
    /// Between the name of a file and that of a sheet: `prices.xlsx!2026`.
    static final String SHEET = ".xlsx!";

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        Spreadsheet book = new Spreadsheet(DocumentFormat.bytes(file));
        for (String sheet : chosen(file, book)) {
            table(file, book, sheet).read(sink);
        }
    }

    @Override
    public void visit(File file, RecordSource.Visitor visitor) throws IOException, Unusable {
        Spreadsheet book = new Spreadsheet(DocumentFormat.bytes(file));
        for (String sheet : chosen(file, book)) {
            OfSheet table = table(file, book, sheet);
            visitor.visit(table.file().name(), table);
        }
    }

    private static OfSheet table(File file, Spreadsheet book, String sheet) {
        return new OfSheet(book, sheet, new File(file.name() + "!" + sheet, file.in(), file.path(), file.records()));
    }

    /// The one that is asked for, or all that people see when they open the file.
    private static List<String> chosen(File file, Spreadsheet book) throws Unusable {
        Records records = file.records();
        records.spreadsheet();
        String asked = records.options().sheet();
        if (!asked.isEmpty()) {
            if (!book.sheets().contains(asked)) {
                throw new IllegalArgumentException("%s has no sheet \"%s\"%s; it has %s"
                        .formatted(
                                file.name(),
                                asked,
                                Nearest.hint(asked, book.sheets()),
                                String.join(", ", book.sheets())));
            }
            return List.of(asked);
        }
        List<String> shown = new ArrayList<>();
        for (String sheet : book.sheets()) {
            if (book.isEmpty(sheet)) {
                continue;
            }
            if (book.isHidden(sheet)) {
                records.note("%s: the sheet \"%s\" is hidden and is left out; --sheet \"%s\" reads it alone"
                        .formatted(file.name(), sheet, sheet));
            } else {
                shown.add(sheet);
            }
        }
        if (shown.isEmpty()) {
            throw new Unusable(
                    "is empty, or all that is in it is hidden",
                    "Expected a sheet whose first row has the names of the columns");
        }
        return shown;
    }

    /// One sheet.
    private record OfSheet(Spreadsheet book, String sheet, File file) implements RecordSource.Rows {
        @Override
        public void read(Records.Sink sink) throws IOException {
            file.records().trait(file.name(), "sheet");
            Table table = new Table(file, file.records().renaming(sink));
            try {
                book.read(sheet, table::row);
                if (table.columns.isEmpty()) {
                    throw new Unusable("is empty", "Expected a first row with the names of the columns");
                }
            } catch (UncheckedIOException failed) {
                throw failed.getCause();
            } catch (Unusable broken) {
                throw new DataException("%s %s".formatted(file.name(), broken.getMessage()), broken);
            }
        }
    }

    private static final class Table {
        private final File file;
        private final Records.Sink sink;
        private List<String> columns = List.of();

        Table(File file, Records.Sink sink) {
            this.file = file;
            this.sink = sink;
        }

        void row(int number, List<String> cells) {
            try {
                if (columns.isEmpty() && cells.stream().allMatch(String::isBlank)) {
                    return;
                }
                if (columns.isEmpty()) {
                    columns = DelimitedFormat.named(file.name(), cells, file.records());
                } else if (cells.size() > columns.size()
                        && cells.subList(columns.size(), cells.size()).stream().anyMatch(cell -> !cell.isBlank())) {
                    file.records()
                            .leaveOut(new Quarantined(
                                    file.name(),
                                    number,
                                    columns.size() + 1,
                                    "has %s, and the first row names %s"
                                            .formatted(
                                                    Counted.of(cells.size(), "cell"),
                                                    Counted.of(columns.size(), "column")),
                                    "Name the column, or empty the cell",
                                    String.join("\t", cells)));
                } else if (DelimitedFormat.isHeader(columns, cells)) {
                    file.records().passOver(DelimitedFormat.headerAgain(file.name(), number, String.join("\t", cells)));
                } else {
                    sink.take(values(cells), file.name() + ":" + number);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private SequencedMap<String, String> values(List<String> cells) {
            SequencedMap<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), i < cells.size() ? cells.get(i) : "");
            }
            return values;
        }
    }
}
