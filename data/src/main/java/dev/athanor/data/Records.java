package dev.athanor.data;

import dev.athanor.data.layout.RecordLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads records of one import, whatever the format, and keeps what is found out on the way: encodings and
/// layouts for the report, and the rows that cannot be used, which go to the quarantine.
final class Records {
    /// The kinds of files that are tables, by the end of the name.
    static final List<String> TABLES = List.of("csv", "tsv", "jsonl", "json");

    private final ImportOptions options;
    private final ObjectNode report;
    private final SequencedMap<String, Set<String>> traits = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> renamed = new LinkedHashSet<>();
    private boolean spreadsheets;
    private Quarantine quarantine = _ -> {};
    private boolean taking;
    private long leftOut;
    private Optional<Quarantined> firstLeftOut = Optional.empty();

    Records(ImportOptions options, ObjectNode report) {
        this.options = options;
        this.report = report;
    }

    /// Takes one record and the place it stands at.
    @FunctionalInterface
    interface Sink {
        void take(SequencedMap<String, String> values, String origin) throws IOException;
    }

    /// Takes what is left out.
    @FunctionalInterface
    interface Quarantine {
        void take(Quarantined row) throws IOException;
    }

    /// Ends the reading of a file behind its first records.
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    ImportOptions options() {
        return options;
    }

    /// From here on rows that cannot be used count and go there; until now it was only looked at them.
    void take(Quarantine into) {
        quarantine = into;
        taking = true;
    }

    /// Whether it is no longer only looked at.
    boolean isTaking() {
        return taking;
    }

    /// Rows that were left out so far.
    long leftOut() {
        return leftOut;
    }

    Optional<Quarantined> firstLeftOut() {
        return firstLeftOut;
    }

    /// Leaves out a row that cannot be used.
    ///
    /// @throws DataException where such rows are to end the import
    void leaveOut(Quarantined row) throws IOException {
        if (options.badRows() == ImportOptions.BadRows.REFUSE) {
            throw new DataException(row + ", or leave such rows out with --bad-rows quarantine");
        }
        passOver(row);
    }

    /// The same for what is no mistake, and never ends an import.
    void passOver(Quarantined row) throws IOException {
        if (taking) {
            leftOut++;
            firstLeftOut = firstLeftOut.or(() -> Optional.of(row));
            quarantine.take(row);
        }
    }

    /// The first row of a table; empty where there is none.
    SequencedMap<String, String> first(String name, InputStream in) throws IOException {
        SequencedMap<String, String> first = new LinkedHashMap<>();
        try {
            read(name, in, (values, _) -> {
                first.putAll(values);
                throw new Enough();
            });
        } catch (Enough _) {
            return first;
        }
        return first;
    }

    /// Gives every row of a table to the sink.
    ///
    /// @throws DataException for rows that do not fit, where they are not to be left out
    void read(String name, InputStream in, Sink sink) throws IOException {
        RecordFormat format = RecordFormats.named(SourceFiles.kind(name));
        read(format, new RecordFormat.File(name, in, Optional.empty(), this), sink);
    }

    /// The same in a format that is known.
    void read(RecordFormat format, RecordFormat.File file, Sink sink) throws IOException {
        try {
            format.read(
                    file, options.renamed().isEmpty() ? sink : (values, origin) -> sink.take(renamed(values), origin));
        } catch (Unusable broken) {
            throw new DataException("%s %s".formatted(file.name(), broken.getMessage()), broken);
        }
    }

    /// Gives columns the names that the options give them.
    Sink renaming(Sink sink) {
        return options.renamed().isEmpty() ? sink : (values, origin) -> sink.take(renamed(values), origin);
    }

    private SequencedMap<String, String> renamed(SequencedMap<String, String> values) {
        SequencedMap<String, String> others = new LinkedHashMap<>();
        values.forEach((column, value) -> {
            String name = options.renamed().getOrDefault(column, column);
            if (others.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException(
                        "--map: there would be two columns \"%s\": give one of them another name".formatted(name));
            }
        });
        options.renamed().keySet().stream().filter(values::containsKey).forEach(renamed::add);
        return others;
    }

    /// Refuses a renaming of what is not there.
    ///
    /// @param known the columns that are
    void requireRenamed(Set<String> known) {
        for (String column : options.renamed().keySet()) {
            if (!renamed.contains(column)) {
                throw new IllegalArgumentException("--map %s=%s: there is no column \"%s\"%s; there are %s"
                        .formatted(
                                column,
                                options.renamed().get(column),
                                column,
                                Nearest.hint(column, known),
                                String.join(", ", known)));
            }
        }
    }

    /// A spreadsheet was met.
    void spreadsheet() {
        spreadsheets = true;
    }

    /// Refuses the name of a sheet where nothing has sheets.
    void requireSheets() {
        if (!options.sheet().isEmpty() && !spreadsheets) {
            throw new IllegalArgumentException(
                    "--sheet %s: none of the files is a spreadsheet (.xlsx): leave it out".formatted(options.sheet()));
        }
    }

    /// What a record of JSON says, by column. Where the text's column is given, keys are columns and nothing
    /// is found out.
    SequencedMap<String, String> values(String name, JsonNode record) throws Unusable {
        RecordLayout layout = options.text().isEmpty() ? RecordLayout.of(record) : RecordLayout.KNOWN.getLast();
        if (!taking) {
            trait(name, layout.word());
        }
        SequencedMap<String, String> values = layout.values(record);
        HalfCharacter.refuse(values);
        return values;
    }

    /// The first line of a text; empty where there is none, or where it is no text.
    String firstLine(String name, InputStream in) throws IOException {
        return new Lines(decode(name, in), (_, _, _) -> {}).next().orElse("");
    }

    /// The lines of a text; those that cannot be used are left out.
    Lines lines(String name, Encodings.Decoded decoded) {
        return new Lines(
                decoded,
                (line, why, content) -> leaveOut(new Quarantined(name, line, 0, why.reason(), why.remedy(), content)));
    }

    /// Gives every line to the sink, taken apart at `|`; quotation marks are part of the text. The first line
    /// says how many of the columns there are.
    void piped(String name, InputStream in, List<String> columns, Sink sink) throws IOException {
        Lines lines = lines(name, decode(name, in));
        int wanted = 0;
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            String[] cells = line.get().split("\\|", -1);
            wanted = wanted == 0 ? cells.length : wanted;
            if (cells.length == wanted) {
                SequencedMap<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < cells.length; i++) {
                    values.put(columns.get(i), cells[i].strip());
                }
                sink.take(values, name + ":" + lines.number());
            } else if (!line.get().isBlank()) {
                leaveOut(new Quarantined(
                        name,
                        lines.number(),
                        Math.min(cells.length, wanted) + 1,
                        "has %s, and the first line has %d".formatted(Counted.of(cells.length, "field"), wanted),
                        "Mend the line",
                        line.get()));
            }
        }
    }

    /// Opens a text in its encoding, which the report names.
    Encodings.Decoded decode(String name, InputStream in) throws IOException {
        Encodings.Decoded decoded = Encodings.open(name, in, options.encoding());
        report.withObject("/encodings").put(name, decoded.charset().name());
        trait(name, decoded.charset().name());
        if (decoded.isGuess()) {
            note(
                    "a text that is neither UTF-8 nor GB18030 was taken for ISO-8859-1, which is a guess: where its letters are wrong, give the right encoding with --encoding, for example Big5 or windows-1252");
        }
        return decoded;
    }

    /// Something that was found out about a file, for people.
    void trait(String name, String trait) {
        traits.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(trait);
    }

    List<String> traits(String name) {
        return List.copyOf(traits.getOrDefault(name, Set.of()));
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /// Something that people should know, said once.
    void note(String sentence) {
        if (notes.add(sentence)) {
            report.withArray("/notes").add(sentence);
        }
    }
}
