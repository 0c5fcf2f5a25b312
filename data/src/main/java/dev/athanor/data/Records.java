package dev.athanor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads tables: csv, tsv, jsonl and json, row by row. What happens on the way goes to a report.
final class Records {
    /// The kinds of files that are tables, by the end of the name.
    static final List<String> KINDS = List.of("csv", "tsv", "jsonl", "json");

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Reads one value of several: what follows is the next record, not a mistake.
    private static final ObjectReader RECORDS = JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int BAD_ROWS_SHOWN = 100;

    private final ImportOptions options;
    private final ObjectNode report;
    private long badRows;

    Records(ImportOptions options, ObjectNode report) {
        this.options = options;
        this.report = report;
    }

    /// Rows that were left out so far.
    long badRows() {
        return badRows;
    }

    /// Takes one record and the place it stands at.
    @FunctionalInterface
    interface Sink {
        void take(SequencedMap<String, String> values, String origin) throws IOException;
    }

    /// Ends the reading of a file behind its first record.
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    /// The first row of a table; empty where there is none.
    SequencedMap<String, String> first(String name, InputStream in) throws IOException {
        SequencedMap<String, String> first = new LinkedHashMap<>();
        if (!SourceFiles.kind(name).equals("txt")) {
            try {
                read(name, in, (values, _) -> {
                    first.putAll(values);
                    throw new Enough();
                });
            } catch (Enough found) {
                return first;
            }
        }
        return first;
    }

    /// Gives every row of a table to the sink.
    ///
    /// @throws DataException for rows that do not fit, where they are not to be left out
    void read(String name, InputStream in, Sink sink) throws IOException {
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

    /// The first line of a text; empty where there is none, or where it is no text.
    String firstLine(String name, InputStream in) throws IOException {
        try {
            return new Lines(name, decode(name, in).reader()).next().orElse("");
        } catch (CharacterCodingException _) {
            return "";
        }
    }

    /// Gives every line to the sink, taken apart at `|`; quotation marks are part of the text. The first line
    /// says how many of the columns there are.
    void piped(String name, InputStream in, List<String> columns, Sink sink) throws IOException {
        Encodings.Decoded decoded = decode(name, in);
        Lines lines = new Lines(name, decoded.reader());
        int wanted = 0;
        try {
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
                    bad(name, lines.number(), "%d fields, and the first line has %d".formatted(cells.length, wanted));
                }
            }
        } catch (CharacterCodingException malformed) {
            throw wrongEncoding(name, lines.number() + 1, decoded, malformed);
        }
    }

    private void delimited(String name, Reader in, Sink sink, boolean tabs) throws IOException {
        Delimited table = new Delimited(name, new BufferedReader(in, 1 << 16), Lines.LONGEST);
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

    /// Opens a text in its encoding, which the report names.
    Encodings.Decoded decode(String name, InputStream in) throws IOException {
        Encodings.Decoded decoded = Encodings.open(name, in, options.encoding());
        report.withObject("/encodings").put(name, decoded.charset().name());
        return decoded;
    }

    DataException wrongEncoding(String name, int line, Encodings.Decoded decoded, IOException cause) {
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
}
