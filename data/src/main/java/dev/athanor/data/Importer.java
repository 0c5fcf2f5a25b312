package dev.athanor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads files into a new version of a dataset: txt, csv, tsv, jsonl, json, also inside gz and zip.
public final class Importer {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Reads one value of several: what follows is the next record, not a mistake.
    private static final ObjectReader RECORDS = JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /// A sample beyond this is refused where it is found, without reading the rest: characters.
    private static final int LONGEST = 64 << 20;

    private static final int SHORT_LINE = 200;
    private static final int BAD_ROWS_SHOWN = 100;

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
    private static final Pattern ATTRIBUTE = Pattern.compile("([^\\[\\],]+?)\\s*\\[([^\\]]*)\\]");

    /// What is known of a data set beyond what its files say.
    ///
    /// @param fields the fields to keep, of the files or computed; empty: those the options choose
    record Knowledge(List<String> fields, Placing placing, Computing computing) {
        static final Knowledge NONE = new Knowledge(List.of(), (file, _, _) -> split(file), (_, values) -> values);

        /// The split of a record, where one is given.
        @FunctionalInterface
        interface Placing {
            /// @param record its number in the file, from 0
            Optional<Split> split(String file, long record, SequencedMap<String, String> values);
        }

        /// Adds computed fields to a record with this text.
        @FunctionalInterface
        interface Computing {
            SequencedMap<String, String> fields(String text, SequencedMap<String, String> values);
        }
    }

    private final ImportOptions options;
    private final Knowledge knowledge;
    private final List<Path> files;
    private final ObjectNode report = JsonNodeFactory.instance.objectNode();
    private Columns columns = new Columns("", List.of());
    private long samples;
    private long badRows;
    private long record;

    private Importer(ImportOptions options, Knowledge knowledge, List<Path> files) {
        this.options = options;
        this.knowledge = knowledge;
        this.files = files;
    }

    /// The columns of a table: which one is the text, and which go along.
    private record Columns(String text, List<String> fields) {}

    /// Imports files, and what folders hold.
    ///
    /// @throws DataException naming file and line of what cannot be used; nothing is kept then
    public static Dataset run(Datasets datasets, ImportOptions options, List<Path> sources) {
        return run(datasets, options, Knowledge.NONE, sources);
    }

    static Dataset run(Datasets datasets, ImportOptions options, Knowledge knowledge, List<Path> sources) {
        List<Path> files = new ArrayList<>();
        sources.forEach(source -> files.addAll(SourceFiles.find(source)));
        for (Path file : files) {
            String kind = SourceFiles.kind(file.toString());
            if (!SourceFiles.KINDS.contains(kind) && !kind.equals("zip")) {
                throw new DataException(
                        "%s ends in \"%s\", which is not known: expected one of %s, also packed as .gz or .zip"
                                .formatted(file, kind, String.join(", ", SourceFiles.KINDS)));
            }
        }
        Importer importer = new Importer(options, knowledge, files);
        List<String> fields = importer.lookAtColumns();
        return VersionWriter.write(
                datasets,
                new VersionWriter.Schema(options.name(), Kind.TEXT, options.label(), fields),
                options.plan(),
                importer::read);
    }

    /// The fields of all files together, from the first record of each.
    private List<String> lookAtColumns() {
        if (!knowledge.fields().isEmpty()) {
            return knowledge.fields();
        }
        Set<String> fields = new LinkedHashSet<>();
        for (Path file : files) {
            SourceFiles.open(file, (name, in) -> {
                SequencedMap<String, String> first = first(name, in);
                if (first.isEmpty()) {
                    return;
                }
                columns = choose(name, first);
                fields.addAll(columns.fields());
            });
        }
        fields.remove(options.attributesFrom());
        if (!options.attributesFrom().isEmpty()) {
            fields.addAll(attributeNames());
        }
        if (!options.label().isEmpty()) {
            fields.add(options.label());
        }
        for (String field : fields) {
            if (field.equals(Tables.TEXT) || field.startsWith("_")) {
                throw new DataException(
                        "the column \"%s\" has a name that every dataset uses itself: rename it in the source, or leave it out with --attributes"
                                .formatted(field));
            }
        }
        return List.copyOf(fields);
    }

    private Set<String> attributeNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Path file : files) {
            SourceFiles.open(
                    file,
                    (name, in) -> records(
                            name,
                            in,
                            (values, _) -> names.addAll(attributes(values.getOrDefault(options.attributesFrom(), ""))
                                    .keySet())));
        }
        return names;
    }

    private VersionWriter.Description read(VersionWriter writer) {
        List<Manifest.Source> sources = new ArrayList<>();
        for (Path file : files) {
            SourceFiles.open(file, (name, in) -> {
                long before = samples;
                record = 0;
                if (SourceFiles.kind(name).equals("txt")) {
                    text(name, in, writer);
                } else {
                    records(name, in, (values, origin) -> add(writer, name, values, origin));
                }
                report.withObject("/samples").put(name, samples - before);
                if (samples == before) {
                    throw new DataException(
                            "%s holds no text: it is empty, or its text column is. Leave it out, or choose the column with --text"
                                    .formatted(name));
                }
            });
            sources.add(new Manifest.Source(file.toString(), Hashes.sha256(file), size(file)));
        }
        report.put("badRows", badRows);
        return new VersionWriter.Description(sources, List.of(), options.licence(), report);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    // ------------------------------------------------------------------------------------------------ plain text

    private void text(String name, InputStream in, VersionWriter writer) throws IOException {
        Encodings.Decoded decoded = decode(name, in);
        Lines lines = new Lines(name, decoded.reader());
        try {
            ImportOptions.Unit unit = options.unit();
            if (unit == ImportOptions.Unit.LINE) {
                for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                    add(writer, name, line.get().strip(), name + ":" + lines.number());
                }
                return;
            }
            StringBuilder whole = new StringBuilder();
            int begun = 1;
            boolean shortLines = true;
            for (Optional<String> line = lines.nextWithEnd(); line.isPresent(); line = lines.nextWithEnd()) {
                String text = line.get();
                if (unit == ImportOptions.Unit.PARAGRAPH && text.isBlank()) {
                    add(writer, name, whole.toString().strip(), name + ":" + begun);
                    whole.setLength(0);
                    begun = lines.number() + 1;
                    continue;
                }
                shortLines &= !text.isBlank() && text.length() <= SHORT_LINE;
                whole.append(text);
                if (whole.length() > LONGEST) {
                    throw new DataException(
                            "%s line %d: the text is longer than %d characters. Import it by --unit line or paragraph, or split the file"
                                    .formatted(name, lines.number(), LONGEST));
                }
            }
            if (unit == ImportOptions.Unit.AUTO && shortLines && lines.number() > 1) {
                int number = 1;
                for (String line : whole.toString().split("\n")) {
                    add(writer, name, line.strip(), name + ":" + number++);
                }
            } else {
                add(
                        writer,
                        name,
                        unit == ImportOptions.Unit.PARAGRAPH ? whole.toString().strip() : whole.toString(),
                        name + ":" + begun);
            }
        } catch (CharacterCodingException malformed) {
            throw wrongEncoding(name, lines.number() + 1, decoded, malformed);
        }
    }

    private void add(VersionWriter writer, String name, String text, String origin) {
        if (!text.isBlank()) {
            SequencedMap<String, String> none = new LinkedHashMap<>();
            Optional<Split> given = knowledge.placing().split(name, record++, none);
            writer.add(new Sample("s%08d".formatted(samples++), text, none, origin), given);
        }
    }

    private Encodings.Decoded decode(String name, InputStream in) throws IOException {
        Encodings.Decoded decoded = Encodings.open(name, in, options.encoding());
        report.withObject("/encodings").put(name, decoded.charset().name());
        return decoded;
    }

    private DataException wrongEncoding(String name, int line, Encodings.Decoded decoded, IOException cause) {
        return new DataException(
                "%s line %d is not %s (%s): give the right one with --encoding, for example GB18030 or ISO-8859-1"
                        .formatted(
                                name,
                                line,
                                decoded.charset(),
                                options.encoding().equals("auto")
                                        ? "which its beginning looks like"
                                        : "as --encoding says"),
                cause);
    }

    /// Lines with a limit, so that a line of gigabytes does not fill memory.
    private static final class Lines {
        private final String name;
        private final BufferedReader in;
        private int number;

        Lines(String name, Reader in) {
            this.name = name;
            this.in = new BufferedReader(in, 1 << 16);
        }

        int number() {
            return number;
        }

        Optional<String> next() throws IOException {
            return nextWithEnd().map(line -> line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
        }

        /// The next line with its `\n`; `\r\n` becomes `\n`.
        Optional<String> nextWithEnd() throws IOException {
            StringBuilder line = new StringBuilder();
            int c = in.read();
            if (c < 0) {
                return Optional.empty();
            }
            for (; c >= 0; c = in.read()) {
                line.append((char) c);
                if (c == '\n') {
                    if (line.length() > 1 && line.charAt(line.length() - 2) == '\r') {
                        line.setLength(line.length() - 2);
                        line.append('\n');
                    }
                    break;
                }
                if (line.length() > LONGEST) {
                    throw new DataException(
                            "%s line %d is longer than %d characters: split the file into lines, or into several files"
                                    .formatted(name, number + 1, LONGEST));
                }
            }
            number++;
            return Optional.of(line.toString());
        }
    }

    // ------------------------------------------------------------------------------------------------ tables

    /// Takes one record and the place it stands at.
    @FunctionalInterface
    private interface Sink {
        void take(SequencedMap<String, String> values, String origin);
    }

    /// Ends the reading of a file behind its first record.
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    private SequencedMap<String, String> first(String name, InputStream in) throws IOException {
        SequencedMap<String, String> first = new LinkedHashMap<>();
        if (!SourceFiles.kind(name).equals("txt")) {
            try {
                records(name, in, (values, _) -> {
                    first.putAll(values);
                    throw new Enough();
                });
            } catch (Enough found) {
                return first;
            }
        }
        return first;
    }

    private void records(String name, InputStream in, Sink sink) throws IOException {
        Encodings.Decoded decoded = decode(name, in);
        try {
            switch (SourceFiles.kind(name)) {
                case "csv" -> delimited(name, decoded.reader(), sink, false);
                case "tsv" -> delimited(name, decoded.reader(), sink, true);
                case "jsonl" -> jsonLines(name, decoded.reader(), sink);
                case "json" -> json(name, decoded.reader(), sink);
                default ->
                    throw new DataException(
                            "%s cannot be read together with tables: import it by itself".formatted(name));
            }
        } catch (CharacterCodingException malformed) {
            throw wrongEncoding(name, 0, decoded, malformed);
        }
    }

    private void delimited(String name, Reader in, Sink sink, boolean tabs) throws IOException {
        Delimited table = new Delimited(name, new BufferedReader(in, 1 << 16), LONGEST);
        List<String> header = table.header(tabs)
                .orElseThrow(() -> new DataException(
                        "%s is empty: expected a header line with the names of the columns".formatted(name)));
        int line = table.line();
        for (Optional<List<String>> row = table.record(); row.isPresent(); row = table.record()) {
            List<String> cells = row.get();
            if (cells.size() == header.size()) {
                SequencedMap<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < cells.size(); i++) {
                    values.put(header.get(i).strip(), cells.get(i));
                }
                sink.take(values, name + ":" + line);
            } else if (cells.size() > 1 || !cells.getFirst().isBlank()) {
                bad(
                        name,
                        line,
                        "%d fields, and the header has %d (%s)"
                                .formatted(cells.size(), header.size(), String.join(", ", header)));
            }
            line = table.line();
        }
    }

    private void bad(String name, int line, String what) {
        if (options.badRows() == ImportOptions.BadRows.REFUSE) {
            throw new DataException("%s line %d has %s: mend the line, or leave such rows out with --bad-rows skip"
                    .formatted(name, line, what));
        }
        if (badRows++ < BAD_ROWS_SHOWN) {
            report.withArray("/badRowsShown")
                    .addObject()
                    .put("place", name + ":" + line)
                    .put("reason", what);
        }
    }

    private void jsonLines(String name, Reader in, Sink sink) throws IOException {
        Lines lines = new Lines(name, in);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().isBlank()) {
                continue;
            }
            try {
                JsonNode node = JSON.readTree(line.get());
                if (node.isObject()) {
                    sink.take(values(node), name + ":" + lines.number());
                } else {
                    bad(name, lines.number(), "no JSON object but " + node.getNodeType());
                }
            } catch (JacksonException broken) {
                bad(
                        name,
                        lines.number(),
                        "broken JSON (column %d: %s)"
                                .formatted(broken.getLocation().getColumnNr(), broken.getOriginalMessage()));
            }
        }
    }

    /// An array of objects, or an object that holds one; read record by record.
    private void json(String name, Reader in, Sink sink) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            JsonToken token = parser.nextToken();
            while (token != null && token != JsonToken.START_ARRAY) {
                token = parser.nextToken();
            }
            if (token == null) {
                throw new DataException(
                        "%s holds no JSON array: expected an array of objects, or an object with one".formatted(name));
            }
            int record = 0;
            for (token = parser.nextToken();
                    token != JsonToken.END_ARRAY && token != null;
                    token = parser.nextToken()) {
                record++;
                JsonNode node = RECORDS.readTree(parser);
                if (!node.isObject()) {
                    throw new DataException("%s record %d is %s: expected an object with named values"
                            .formatted(name, record, node.getNodeType()));
                }
                sink.take(values(node), name + "#" + record);
            }
        } catch (JacksonException broken) {
            if (broken.getCause() instanceof CharacterCodingException malformed) {
                throw malformed;
            }
            throw new DataException(
                    "%s line %d column %d is not JSON: %s. Mend it there"
                            .formatted(
                                    name,
                                    broken.getLocation().getLineNr(),
                                    broken.getLocation().getColumnNr(),
                                    broken.getOriginalMessage()),
                    broken);
        }
    }

    /// The values of an object as texts; lists of texts become lines, deeper structure is left out.
    private static SequencedMap<String, String> values(JsonNode node) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        node.forEachEntry((key, value) -> {
            if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
                values.put(
                        key,
                        String.join(
                                "\n",
                                value.valueStream().map(JsonNode::asString).toList()));
            } else if (value.isValueNode() && !value.isNull()) {
                values.put(key, value.asString());
            }
        });
        return values;
    }

    private Columns choose(String name, SequencedMap<String, String> first) {
        Collection<String> known = first.keySet();
        String text = options.text();
        if (text.isEmpty()) {
            List<String> candidates =
                    TEXT_NAMES.stream().filter(known::contains).toList();
            if (!candidates.isEmpty()) {
                text = candidates.getFirst();
            } else if (known.size() == 1) {
                text = first.firstEntry().getKey();
            } else {
                throw new DataException("%s: which column is the text? There are %s: choose one with --text"
                        .formatted(name, String.join(", ", known)));
            }
        }
        List<String> wanted = new ArrayList<>(options.attributes());
        if (!options.label().isEmpty()) {
            wanted.add(options.label());
        }
        for (String column : concat(List.of(text), wanted)) {
            if (!known.contains(column)) {
                throw new DataException("%s has no column \"%s\"%s; it has %s"
                        .formatted(name, column, Nearest.hint(column, known), String.join(", ", known)));
            }
        }
        String chosen = text;
        List<String> fields = options.attributes().isEmpty() // a label alone leaves out nothing
                ? known.stream().filter(column -> !column.equals(chosen)).toList()
                : wanted;
        return new Columns(chosen, fields);
    }

    private static List<String> concat(List<String> a, List<String> b) {
        List<String> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    private void add(VersionWriter writer, String name, SequencedMap<String, String> values, String origin) {
        String text = values.getOrDefault(options.text().isEmpty() ? columns.text() : options.text(), "");
        if (text.isBlank()) {
            report.put("withoutText", report.path("withoutText").asLong(0) + 1);
            return;
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>(values);
        if (!options.attributesFrom().isEmpty()) {
            fields.putAll(attributes(values.getOrDefault(options.attributesFrom(), "")));
        }
        fields.values().removeIf(String::isBlank);
        Optional<Split> given = knowledge.placing().split(name, record++, fields);
        writer.add(
                new Sample(
                        "s%08d".formatted(samples++),
                        text,
                        knowledge.computing().fields(text, fields),
                        origin),
                given);
    }

    private static SequencedMap<String, String> attributes(String packed) {
        SequencedMap<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(packed);
        while (matcher.find()) {
            attributes.put(matcher.group(1).strip(), matcher.group(2).strip());
        }
        return attributes;
    }

    /// The split that a file's name says: `train…`, `validation…`, `valid…`, `dev…`, `test…`.
    private static Optional<Split> split(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (file.startsWith("test")) {
            return Optional.of(Split.TEST);
        }
        if (file.startsWith("valid") || file.startsWith("dev")) {
            return Optional.of(Split.VALIDATION);
        }
        return file.startsWith("train") ? Optional.of(Split.TRAIN) : Optional.empty();
    }
}
