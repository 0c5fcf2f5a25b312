package dev.athanor.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// What the first records of a table show of its columns.
final class Glimpse {
    /// A value with so many words is a sentence; two Chinese characters are about a word.
    private static final int SENTENCE = 5;

    /// Columns in which one value of so many is a sentence could be texts: the import then asks, since a text that
    /// is taken for a field is learnt from by nobody.
    private static final int ONE_OF = 10;

    private static final Pattern NUMBER_OR_TIME = Pattern.compile("[-+]?[\\d.,:/%\\s]*\\d[\\d.,:/%TZ+\\s-]*");

    private final SequencedMap<String, Seen> columns = new LinkedHashMap<>();

    /// One column.
    private static final class Seen {
        private String first = "";
        private long filled;
        private long sentences;
        private long numbers;

        void take(String value) {
            if (!value.isBlank()) {
                first = first.isEmpty() ? value : first;
                filled++;
                sentences += words(value) >= SENTENCE ? 1 : 0;
                numbers += NUMBER_OR_TIME.matcher(value.strip()).matches() ? 1 : 0;
            }
        }
    }

    void take(Map<String, String> values) {
        values.forEach((column, value) ->
                columns.computeIfAbsent(column, _ -> new Seen()).take(value));
    }

    private static double words(String value) {
        double words = 0;
        boolean inside = false;
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            boolean ideograph = Character.isIdeographic(letter);
            boolean begins = Character.isLetter(letter) && !ideograph && !inside;
            words += ideograph ? 0.5 : begins ? 1 : 0;
            inside = !ideograph && !Character.isWhitespace(letter);
        }
        return words;
    }

    /// Each column with the first value that stands in it.
    SequencedMap<String, String> firsts() {
        SequencedMap<String, String> firsts = new LinkedHashMap<>();
        columns.forEach((column, seen) -> firsts.put(column, seen.first));
        return firsts;
    }

    /// The columns that look like sentences, at least here and there.
    List<String> sentences() {
        return columns.entrySet().stream()
                .filter(entry -> entry.getValue().sentences * ONE_OF >= Math.max(1, entry.getValue().filled))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Whether a column holds something else than numbers and times.
    boolean hasWords(String column) {
        Seen seen = columns.get(column);
        return seen.filled == 0 || seen.numbers < seen.filled;
    }
}
