package dev.athanor.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Atomic files of RecBole, `.inter`, `.user` and `.item`: columns between tabs, called `name:type`. Sequences
/// (`token_seq`, `float_seq`) stay as they are written, with blanks between.
final class RecBoleFormat implements RecordFormat {
    private static final Pattern COLUMN = Pattern.compile("([^:]+):(token|float|token_seq|float_seq)");

    private final DelimitedFormat table = new DelimitedFormat(DelimitedFormat.Dialect.TABS);

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        table.read(file, new Named(file.name(), sink));
    }

    /// Takes the types off the names of the columns.
    private static final class Named implements Records.Sink {
        private final String file;
        private final Records.Sink sink;
        private RecordValues.Columns typed = new RecordValues.Columns(List.of());
        private RecordValues.Columns plain = typed;

        Named(String file, Records.Sink sink) {
            this.file = file;
            this.sink = sink;
        }

        @Override
        public void take(SequencedMap<String, String> values, String origin) throws IOException {
            RecordValues cells = (RecordValues) values; // as every table of tabs gives them
            if (cells.columns() != typed) {
                typed = cells.columns();
                plain = new RecordValues.Columns(names());
            }
            sink.take(cells.called(plain), origin);
        }

        private List<String> names() {
            List<String> names = new ArrayList<>();
            for (String column : typed.names()) {
                Matcher matcher = COLUMN.matcher(column);
                if (!matcher.matches()) {
                    throw new DataException(
                            "%s names a column \"%s\" without a type: expected between tabs names such as user_id:token, with token, float, token_seq or float_seq. Write the types there, or read it with --as tsv"
                                    .formatted(file, column));
                }
                if (names.contains(matcher.group(1))) {
                    throw new DataException("%s has two columns \"%s\": give one of them another name"
                            .formatted(file, matcher.group(1)));
                }
                names.add(matcher.group(1));
            }
            return names;
        }
    }
}
