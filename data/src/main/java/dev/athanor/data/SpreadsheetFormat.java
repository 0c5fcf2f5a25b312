package dev.athanor.data;

import dev.athanor.data.document.Spreadsheet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The first sheet of a spreadsheet, whose first row names the columns.
final class SpreadsheetFormat implements RecordFormat {
    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        Spreadsheet book = new Spreadsheet(DocumentFormat.bytes(file));
        String sheet = book.sheets().getFirst();
        file.records().trait(file.name(), "sheet " + sheet);
        if (book.sheets().size() > 1) {
            file.records()
                    .note("%s: only its first sheet is read, \"%s\"; save %s as files of their own if they are meant"
                            .formatted(
                                    file.name(),
                                    sheet,
                                    String.join(
                                            ", ",
                                            book.sheets()
                                                    .subList(1, book.sheets().size()))));
        }
        Table table = new Table(file, sink);
        try {
            book.read(sheet, table::row);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        if (table.columns.isEmpty()) {
            throw new Unusable("is empty", "Expected a first row with the names of the columns");
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
