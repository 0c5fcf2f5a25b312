package dev.athanor.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which column of each table is the text, and which go along as fields.
final class TextColumns {
    /// Names that columns with the text have, in this order.
    private static final List<String> TEXT_NAMES = List.of(
            "text",
            "content",
            "body",
            "ref",
            "sentence",
            "review",
            "paragraphs",
            "message",
            "description",
            "utterance",
            "question",
            "answer",
            "title",
            "文本",
            "内容");

    /// Names that columns beside a text have: what is left beside these alone is the text.
    private static final Set<String> OTHER_NAMES =
            Set.of("id", "label", "labels", "category", "class", "intent", "sentiment", "split", "part", "标签", "类别");

    private static final Pattern ATTRIBUTE = Pattern.compile("([^\\[\\],]+?)\\s*\\[([^\\]]*)\\]");

    /// Records may have different keys: so many are looked at.
    private static final int LOOKED_AT = 1000;

    /// Each field is a column of a database; a table of more is one of numbers, not of texts.
    private static final int MOST_FIELDS = 1000;

    private final ImportOptions options;
    private final Records records;
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private final List<Findings.Source> found = new ArrayList<>();
    private final Map<String, Long> late = new TreeMap<>();
    private boolean looked;
    private RecordValues.Columns seen = new RecordValues.Columns(List.of());
    private List<String> unknown = List.of();

    TextColumns(ImportOptions options, Records records) {
        this.options = options;
        this.records = records;
    }

    /// Looks at the first records of every table.
    ///
    /// @throws DataException where the only source cannot be read
    /// @throws IllegalArgumentException where it is not clear which column is the text
    void look(List<RecordSource> sources) {
        looked = true;
        Set<String> all = new LinkedHashSet<>();
        for (RecordSource source : sources) {
            try {
                source.visit((name, rows) -> all.addAll(look(name, rows)));
            } catch (DataException broken) { // it is said when it is read, with what else there is
                if (sources.size() == 1) {
                    throw broken;
                }
            }
        }
        records.requireRenamed(all);
        if (!options.attributesFrom().isEmpty()) {
            sources.forEach(source -> source.visit((_, rows) ->
                    rows.read((values, _) -> fields.addAll(attributes(values.getOrDefault(options.attributesFrom(), ""))
                            .keySet()))));
            fields.remove(options.attributesFrom());
        }
        if (!options.label().isEmpty()) {
            fields.add(options.label());
        }
        if (fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException(
                    "there are %d columns beside the text, and a dataset has at most %d fields: choose some with --attributes"
                            .formatted(fields.size(), MOST_FIELDS));
        }
    }

    private Set<String> look(String name, RecordSource.Rows rows) throws IOException {
        SequencedMap<String, String> first = new LinkedHashMap<>();
        if (rows.isText()) {
            rows.glance();
        } else {
            int[] count = {0};
            try {
                rows.read((values, _) -> {
                    values.forEach((column, value) -> first.merge(column, value, (a, b) -> a.isBlank() ? b : a));
                    if (++count[0] == LOOKED_AT) {
                        throw new Records.Enough();
                    }
                });
            } catch (Records.Enough _) {
                count[0] = LOOKED_AT;
            }
        }
        String text = "";
        if (!first.isEmpty()) {
            text = choose(name, first.sequencedKeySet());
            texts.put(name, text);
        }
        found.add(new Findings.Source(name, records.traits(name), rows.isText() ? Tables.TEXT : text, first));
        return first.keySet();
    }

    /// Finds the text's column, and adds the others to the fields.
    private String choose(String name, Collection<String> known) {
        String text = options.text().isEmpty() ? usual(name, known, options.label()) : options.text();
        List<String> wanted = new ArrayList<>(options.attributes());
        if (!options.label().isEmpty()) {
            wanted.add(options.label());
        }
        List<String> needed = new ArrayList<>(List.of(text));
        needed.addAll(wanted);
        for (String column : needed) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException("%s has no column \"%s\"%s; it has %s"
                        .formatted(name, column, Nearest.hint(column, known), some(known)));
            }
        }
        if (options.attributes().isEmpty()) { // a label alone leaves out nothing
            known.stream().filter(column -> !column.equals(text)).forEach(fields::add);
        } else {
            fields.addAll(wanted);
        }
        return text;
    }

    private static String usual(String name, Collection<String> known, String label) {
        if (known.size() == 1) {
            return known.iterator().next();
        }
        for (String usual : TEXT_NAMES) {
            Optional<String> column =
                    known.stream().filter(usual::equalsIgnoreCase).findFirst();
            if (column.isPresent()) {
                return column.get();
            }
        }
        List<String> others = known.stream()
                .filter(column ->
                        !column.equalsIgnoreCase(label) && !OTHER_NAMES.contains(column.toLowerCase(Locale.ROOT)))
                .toList();
        if (others.size() == 1) {
            return others.getFirst();
        }
        throw new IllegalArgumentException(
                "%s: which column is the text? There are %s: choose one with --text".formatted(name, some(known)));
    }

    /// Whether columns with a text are called so.
    static boolean isUsual(String column) {
        return TEXT_NAMES.stream().anyMatch(column::equalsIgnoreCase);
    }

    private static String some(Collection<String> names) {
        return names.size() > 50
                ? String.join(", ", names.stream().limit(50).toList()) + " and %d more".formatted(names.size() - 50)
                : String.join(", ", names);
    }

    /// The fields of all tables together.
    List<String> fields() {
        return List.copyOf(fields);
    }

    /// The column with the text of a table.
    String text(String name) {
        return options.text().isEmpty() ? texts.getOrDefault(name, Tables.TEXT) : options.text();
    }

    /// The fields of one record.
    SequencedMap<String, String> fields(String text, SequencedMap<String, String> values) {
        if (values instanceof RecordValues cells && options.attributesFrom().isEmpty()) {
            return filled(text, cells);
        }
        SequencedMap<String, String> kept = new LinkedHashMap<>();
        values.forEach((column, value) -> {
            if (!value.isBlank()) {
                kept.put(column, value);
                if (looked && !fields.contains(column) && !column.equals(text)) {
                    late.merge(column, 1L, Long::sum);
                }
            }
        });
        if (!options.attributesFrom().isEmpty()) {
            kept.putAll(attributes(values.getOrDefault(options.attributesFrom(), "")));
        }
        return kept;
    }

    private RecordValues filled(String text, RecordValues cells) {
        RecordValues filled = cells.filled();
        if (looked) {
            if (cells.columns() != seen) {
                seen = cells.columns();
                unknown = seen.names().stream()
                        .filter(column -> !fields.contains(column) && !column.equals(text))
                        .toList();
            }
            unknown.stream().filter(filled::containsKey).forEach(column -> late.merge(column, 1L, Long::sum));
        }
        return filled;
    }

    private static SequencedMap<String, String> attributes(String packed) {
        SequencedMap<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(packed);
        while (matcher.find()) {
            attributes.put(matcher.group(1).strip(), matcher.group(2).strip());
        }
        return attributes;
    }

    /// Tells of columns that begin too late to be fields.
    void describe() {
        late.remove(options.attributesFrom());
        if (options.attributes().isEmpty() && !late.isEmpty()) {
            late.forEach((column, count) -> records.note(
                    "the column \"%s\" is in none of the first %d records of its file and was not kept; %s it. Sort the file so that a record with it comes first"
                            .formatted(column, LOOKED_AT, Counted.of(count, "record has", "records have"))));
        }
    }

    Findings findings() {
        List<String> notes = records.notes();
        return new Findings(Kind.TEXT, List.copyOf(found), options.label(), fields(), notes);
    }
}
