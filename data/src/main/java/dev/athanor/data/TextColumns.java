package dev.athanor.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
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

/// Which column of each table is the text, and which go along as fields; where no table has a text, all are fields.
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
    private final SequencedMap<String, Optional<String>> texts = new LinkedHashMap<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private final List<Findings.Source> found = new ArrayList<>();
    private final Map<String, Long> late = new TreeMap<>();
    private final List<DataException> broken = new ArrayList<>();
    private Optional<IllegalArgumentException> unclear = Optional.empty();
    private Kind kind = Kind.TEXT;
    private boolean looked;
    private RecordValues.Columns seen = new RecordValues.Columns(List.of());
    private List<String> unknown = List.of();
    private RecordValues.Columns chosen = seen;

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
            boolean alone = sources.size() == 1;
            try {
                source.visit((name, rows) -> {
                    try {
                        all.addAll(look(name, rows));
                    } catch (DataException one) { // it is said when it is read, with what else there is
                        if (alone && name.equals(source.name())) {
                            throw one;
                        }
                        broken.add(one);
                    }
                });
            } catch (DataException whole) {
                if (alone) {
                    throw whole;
                }
                broken.add(whole);
            }
        }
        records.requireRenamed(all);
        records.requireSheets();
        unclear.ifPresent(asked -> {
            throw asked;
        });
        kind = kind();
        if (kind == Kind.TABLE) {
            tellTable();
        }
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

    /// Tells of the files that an import would leave out.
    void tellBroken() {
        broken.forEach(one -> records.note("an import leaves this out: " + one.getMessage()));
    }

    private Set<String> look(String name, RecordSource.Rows rows) throws IOException {
        Glimpse glimpse = new Glimpse();
        if (rows.isText()) {
            refuseAsTable(name);
            rows.glance();
        } else {
            int[] count = {0};
            try {
                rows.read((values, _) -> {
                    glimpse.take(values);
                    if (++count[0] == LOOKED_AT) {
                        throw new Records.Enough();
                    }
                });
            } catch (Records.Enough _) {
                count[0] = LOOKED_AT;
            }
        }
        SequencedMap<String, String> first = glimpse.firsts();
        Optional<String> text = Optional.of(Tables.TEXT).filter(_ -> rows.isText());
        if (!first.isEmpty()) {
            try {
                text = choose(name, glimpse);
            } catch (IllegalArgumentException asked) { // what else is wrong may be why
                unclear = unclear.or(() -> Optional.of(asked));
            }
        }
        if (rows.isText() || !first.isEmpty()) {
            texts.put(name, text);
        }
        found.add(new Findings.Source(name, records.traits(name), text.orElse(""), first));
        return first.keySet();
    }

    private void refuseAsTable(String name) {
        if (options.records() == ImportOptions.Holding.TABLE) {
            throw new IllegalArgumentException(
                    "--table: %s is no table but a text: leave it out, or say with --as what it is like (csv, jsonl ...)"
                            .formatted(name));
        }
    }

    /// What the records of all tables are together.
    private Kind kind() {
        Optional<String> with = texts.keySet().stream()
                .filter(name -> texts.get(name).isPresent())
                .findFirst();
        Optional<String> without = texts.keySet().stream()
                .filter(name -> texts.get(name).isEmpty())
                .findFirst();
        if (with.isPresent() && without.isPresent()) {
            String column = texts.get(with.get()).orElseThrow();
            throw new IllegalArgumentException(
                    "%s: which column is the text? There are %s; in %s it is \"%s\": choose one with --text, import the two as datasets of their own%s, or read rows without a text with --table"
                            .formatted(
                                    without.get(), columns(without.get()), with.get(), column, sheets(without.get())));
        }
        return without.isPresent() ? Kind.TABLE : Kind.TEXT;
    }

    private void tellTable() {
        if (options.records() == ImportOptions.Holding.AUTO) {
            records.note(
                    "no column looks like a text, so the samples are rows of a table; if one is the text, say which with --text");
        }
        List<Findings.Source> tables =
                found.stream().filter(source -> !source.columns().isEmpty()).toList();
        for (Findings.Source table : tables) {
            if (!table.columns().keySet().equals(tables.getFirst().columns().keySet())) {
                records.note(
                        "%s and %s have different columns: their rows stand one below the other, with all columns of both. If that is not meant, import them as datasets of their own"
                                .formatted(tables.getFirst().name(), table.name()));
                return;
            }
        }
    }

    private String columns(String name) {
        return found.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .map(source -> some(source.columns().sequencedKeySet()))
                .orElse("none");
    }

    /// Finds the text's column where there is one, and adds the others to the fields.
    private Optional<String> choose(String name, Glimpse glimpse) {
        Collection<String> known = glimpse.firsts().sequencedKeySet();
        Optional<String> text = text(name, glimpse);
        List<String> wanted = new ArrayList<>(options.attributes());
        if (!options.label().isEmpty()) {
            wanted.add(options.label());
        }
        List<String> needed = new ArrayList<>(text.stream().toList());
        needed.addAll(wanted);
        for (String column : needed) {
            if (!known.contains(column)) {
                String renamed = options.renamed().getOrDefault(column, "");
                throw new IllegalArgumentException("%s has no column \"%s\"%s; it has %s"
                        .formatted(
                                name,
                                column,
                                renamed.isEmpty()
                                        ? Nearest.hint(column, known)
                                        : ", which --map calls \"%s\"".formatted(renamed),
                                some(known)));
            }
        }
        if (options.attributes().isEmpty()) { // a label alone leaves out nothing
            known.stream().filter(column -> !text.equals(Optional.of(column))).forEach(fields::add);
        } else {
            fields.addAll(wanted);
        }
        return text;
    }

    private Optional<String> text(String name, Glimpse glimpse) {
        if (options.records() == ImportOptions.Holding.TABLE) {
            return Optional.empty();
        }
        return options.text().isEmpty() ? usual(name, glimpse, options.label()) : Optional.of(options.text());
    }

    /// Names what --map took the usual name of a text from.
    private String renamed(Collection<String> known) {
        return TEXT_NAMES.stream()
                .filter(usual -> known.contains(options.renamed().getOrDefault(usual, "")))
                .findFirst()
                .map(usual -> " (\"%s\", which is called \"%s\" by --map: --text %s)"
                        .formatted(
                                usual,
                                options.renamed().get(usual),
                                options.renamed().get(usual)))
                .orElse("");
    }

    private Optional<String> usual(String name, Glimpse glimpse, String label) {
        Collection<String> known = glimpse.firsts().sequencedKeySet();
        if (known.size() == 1 && glimpse.hasWords(known.iterator().next())) {
            return Optional.of(known.iterator().next());
        }
        for (String usual : TEXT_NAMES) {
            Optional<String> column =
                    known.stream().filter(usual::equalsIgnoreCase).findFirst();
            if (column.isPresent()) {
                return column;
            }
        }
        List<String> others = known.stream()
                .filter(column ->
                        !column.equalsIgnoreCase(label) && !OTHER_NAMES.contains(column.toLowerCase(Locale.ROOT)))
                .toList();
        if (others.size() == 1 && glimpse.hasWords(others.getFirst())) {
            return Optional.of(others.getFirst());
        }
        if (glimpse.sentences().isEmpty()) {
            return Optional.empty();
        }
        throw new IllegalArgumentException(
                "%s: which column is the text? There are %s: choose one with --text%s%s, or read rows without a text with --table"
                        .formatted(name, some(known), renamed(known), sheets(name)));
    }

    private static String sheets(String name) {
        return name.contains(SpreadsheetFormat.SHEET) ? ", read one sheet alone with --sheet" : "";
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

    /// What the samples are: texts, or rows of tables where no table has a text.
    Kind found() {
        return kind;
    }

    /// The column with the text of a table; empty where rows have none.
    String text(String name) {
        return options.text().isEmpty()
                ? texts.getOrDefault(name, Optional.of(Tables.TEXT)).orElse("")
                : options.text();
    }

    /// The fields of one record, no others than the dataset has: rows that wait to be written would fill the memory
    /// with what is left out.
    SequencedMap<String, String> fields(String text, SequencedMap<String, String> values) {
        if (values instanceof RecordValues cells && options.attributesFrom().isEmpty()) {
            return filled(text, cells);
        }
        SequencedMap<String, String> kept = kept(text, values);
        if (looked) {
            kept.keySet().retainAll(fields);
        }
        return kept;
    }

    private SequencedMap<String, String> kept(String text, SequencedMap<String, String> values) {
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
        if (!looked) {
            return filled;
        }
        if (cells.columns() != seen) {
            seen = cells.columns();
            unknown = seen.names().stream()
                    .filter(column -> !fields.contains(column) && !column.equals(text))
                    .toList();
            chosen = new RecordValues.Columns(List.copyOf(fields));
        }
        if (unknown.isEmpty()) {
            return filled;
        }
        if (options.attributes().isEmpty()) { // what is not asked for is not missed
            unknown.stream().filter(filled::containsKey).forEach(column -> late.merge(column, 1L, Long::sum));
        }
        return filled.of(chosen);
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
        return new Findings(kind, List.copyOf(found), options.label(), fields(), notes);
    }
}
