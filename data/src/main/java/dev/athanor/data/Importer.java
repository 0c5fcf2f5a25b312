package dev.athanor.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads files into a new version of a dataset: txt, csv, tsv, jsonl, json, also inside gz and zip; and
/// pictures and sounds, which [MediaImporter] takes over.
public final class Importer {
    private static final int SHORT_LINE = 200;

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
    /// @param choosing which records are taken at all
    /// @param naming what the names of single pictures and sounds say
    record Knowledge(List<String> fields, Placing placing, Computing computing, Choosing choosing, Naming naming) {
        static final Knowledge NONE =
                new Knowledge(List.of(), (file, _, _) -> Split.named(file), (_, values) -> values);

        /// Takes every record.
        Knowledge(List<String> fields, Placing placing, Computing computing) {
            this(fields, placing, computing, (_, _) -> true);
        }

        Knowledge(List<String> fields, Placing placing, Computing computing, Choosing choosing) {
            this(fields, placing, computing, choosing, _ -> new LinkedHashMap<>());
        }

        /// Values beside those that the source gives.
        @FunctionalInterface
        interface Naming {
            SequencedMap<String, String> values(String file);
        }

        /// Whether a record is taken.
        @FunctionalInterface
        interface Choosing {
            boolean takes(String file, SequencedMap<String, String> values);
        }

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
    private final Records records;
    private Columns columns = new Columns("", List.of());
    private long samples;
    private long record;

    private Importer(ImportOptions options, Knowledge knowledge, List<Path> files) {
        this.options = options;
        this.knowledge = knowledge;
        this.files = files;
        this.records = new Records(options, report);
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
        try (MediaSources found = new MediaSources(sources)) {
            Optional<Codec> codec = found.choose(List.of(
                    new ImageCodec(options.media().images()),
                    new SoundCodec(options.media().sounds())));
            if (codec.isPresent()) {
                return new MediaImporter(options, knowledge, codec.get()).run(datasets, found);
            }
        } catch (IOException unreadable) {
            throw Reason.unreadable(sources.getFirst(), unreadable);
        }
        return texts(datasets, options, knowledge, sources);
    }

    private static Dataset texts(Datasets datasets, ImportOptions options, Knowledge knowledge, List<Path> sources) {
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
                SequencedMap<String, String> first = records.first(name, in);
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
        return List.copyOf(fields);
    }

    private Set<String> attributeNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Path file : files) {
            SourceFiles.open(
                    file,
                    (name, in) -> records.read(
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
                    records.read(name, in, (values, origin) -> add(writer, name, values, origin));
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
        report.put("badRows", records.badRows());
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
        Encodings.Decoded decoded = records.decode(name, in);
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
                if (whole.length() > Lines.LONGEST) {
                    throw new DataException(
                            "%s line %d: the text is longer than %d characters. Import it by --unit line or paragraph, or split the file"
                                    .formatted(name, lines.number(), Lines.LONGEST));
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
            throw records.wrongEncoding(name, lines.number() + 1, decoded, malformed);
        }
    }

    private void add(VersionWriter writer, String name, String text, String origin) {
        if (!text.isBlank()) {
            SequencedMap<String, String> none = new LinkedHashMap<>();
            Optional<Split> given = knowledge.placing().split(name, record++, none);
            writer.add(new Sample("s%08d".formatted(samples++), text, none, origin), given);
        }
    }

    // ------------------------------------------------------------------------------------------------ tables

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
        if (!knowledge.choosing().takes(name, fields)) {
            return;
        }
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
}
