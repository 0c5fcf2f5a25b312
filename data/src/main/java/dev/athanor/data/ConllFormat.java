package dev.athanor.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tagged tokens as the CoNLL tasks have them: a token on each line, its tags behind it, a blank line between
/// sentences. Each sentence is a record: `text`, and the lists `tokens` and `tags` (the last column) as JSON;
/// columns between them are `column_2` and so on.
final class ConllFormat implements RecordFormat {
    private static final String TAG = "O|[BIESLMU]-\\S+";
    private static final int LOOKED_AT = 40;

    /// Whether the beginning of a file is such lines: columns in the same number, the last of them a tag.
    static boolean isLike(String head) {
        int columns = 0;
        int tokens = 0;
        String[] lines = head.split("\n", LOOKED_AT + 1);
        for (int i = 0; i < lines.length - 1; i++) { // the last may be cut off
            String[] cells = cells(lines[i]);
            if (lines[i].isBlank()) {
                continue;
            }
            if (cells.length < 2 || columns > 0 && cells.length != columns || !cells[cells.length - 1].matches(TAG)) {
                return false;
            }
            columns = cells.length;
            tokens++;
        }
        return tokens > 2;
    }

    @Override
    public void read(File file, Records.Sink sink) throws IOException {
        Lines lines = file.records().lines(file.name(), file.decoded());
        Sentence sentence = new Sentence();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().isBlank()) {
                give(file, sentence, sink);
                sentence = new Sentence();
            } else if (!line.get().startsWith("-DOCSTART-") && !line.get().matches("# .* = .*")) {
                sentence.add(line.get(), lines.number());
            }
        }
        give(file, sentence, sink);
    }

    private static String[] cells(String line) {
        String plain = line.stripTrailing();
        return plain.indexOf('\t') >= 0 ? plain.split("\t") : plain.split(" +");
    }

    private static void give(File file, Sentence sentence, Records.Sink sink) throws IOException {
        if (sentence.rows.isEmpty()) {
            return;
        }
        Optional<Unusable> wrong = sentence.wrong();
        if (wrong.isPresent()) {
            file.records()
                    .leaveOut(new Quarantined(
                            file.name(),
                            sentence.begun,
                            0,
                            wrong.get().reason(),
                            wrong.get().remedy(),
                            sentence.text()));
        } else {
            if (sentence.takeOffPlaces()) {
                file.records()
                        .note("%s: each character is followed by its place in its word, which was taken off"
                                .formatted(file.name()));
            }
            sink.take(sentence.values(), file.name() + ":" + sentence.begun);
        }
    }

    private static final class Sentence {
        private final List<String[]> rows = new ArrayList<>();
        private int begun;

        void add(String line, int number) {
            begun = rows.isEmpty() ? number : begun;
            rows.add(cells(line));
        }

        Optional<Unusable> wrong() {
            int columns = rows.getFirst().length;
            if (columns < 2) {
                return Optional.of(
                        new Unusable(
                                "begins a sentence whose first line has nothing beside its token",
                                "Expected on each line a token, a tab or blank, and its tag; else say with --as what the file is"));
            }
            for (int i = 0; i < rows.size(); i++) {
                int there = rows.get(i).length;
                if (there != columns) {
                    return Optional.of(new Unusable(
                            "begins a sentence whose token %d has %s, and its first has %d"
                                    .formatted(i + 1, Counted.of(there, "column"), columns),
                            "Mend the line: the token, a tab or blank, its tag"));
                }
            }
            return Optional.empty();
        }

        /// Characters of Weibo NER are written with their place in the word they belong to: `汽0`, `车1`.
        boolean takeOffPlaces() {
            boolean all = rows.stream().allMatch(row -> row[0].matches("(?s).{1,2}\\d") && row[0].length() > 1)
                    && rows.stream().anyMatch(row -> row[0].charAt(0) > 0x2e80);
            if (all) {
                rows.forEach(row -> row[0] = row[0].substring(0, row[0].length() - 1));
            }
            return all;
        }

        SequencedMap<String, String> values() {
            SequencedMap<String, String> values = new LinkedHashMap<>();
            int columns = rows.getFirst().length;
            values.put(Tables.TEXT, text());
            for (int column = 0; column < columns; column++) {
                ArrayNode cells = JsonNodeFactory.instance.arrayNode();
                for (String[] row : rows) {
                    cells.add(row[column]);
                }
                String name = column == 0 ? "tokens" : column == columns - 1 ? "tags" : "column_" + (column + 1);
                values.put(name, cells.toString());
            }
            return values;
        }

        /// Tokens with a blank between them, but beside Chinese characters none.
        String text() {
            StringBuilder text = new StringBuilder();
            for (String[] row : rows) {
                String token = row[0];
                if (!text.isEmpty()
                        && !token.isEmpty()
                        && !isWide(text.charAt(text.length() - 1))
                        && !isWide(token.charAt(0))) {
                    text.append(' ');
                }
                text.append(token);
            }
            return text.toString();
        }

        private static boolean isWide(char c) {
            return Character.isIdeographic(c) || c >= 0x3000 && c <= 0x303f || c >= 0xff00 && c <= 0xff60;
        }
    }
}
