package dev.athanor.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Pictures or sounds that a table names row by row, with caption, labels and perhaps the split.
final class MediaTable implements MediaSource {
    /// Columns that name files, in this order.
    private static final List<String> FILE_COLUMNS =
            List.of("file_name", "filename", "file", "path", "image", "image_path", "audio", "audio_path");

    private static final String SPLIT = "split";

    /// What LJSpeech's `metadata.csv` and lists like it have in every line, without saying so: the file's
    /// name, mostly without its end, what is spoken, and the same with numbers and abbreviations written out.
    private static final List<String> PIPED = List.of("file_name", "text", "normalized_text");

    /// How rows are written.
    private enum Form {
        /// With the names of the columns.
        NAMED,
        /// Columns of [#PIPED] with `|` between.
        PIPES
    }

    /// A file that can be named.
    private record Named(Tree tree, String path) {
        String place() {
            return tree.place(path);
        }
    }

    private final Tree tree;
    private final String table;
    private final Records records;
    private final Index index;
    private final String fileColumn;
    private final Form form;
    private boolean splits;

    private MediaTable(Tree tree, String table, Records records, Index index, String fileColumn) {
        this.tree = tree;
        this.table = table;
        this.records = records;
        this.index = index;
        this.fileColumn = fileColumn;
        this.form = Form.NAMED;
    }

    /// One of pipes.
    private MediaTable(Tree tree, String table, Records records, Index index) {
        this.tree = tree;
        this.table = table;
        this.records = records;
        this.index = index;
        this.fileColumn = PIPED.getFirst();
        this.form = Form.PIPES;
    }

    /// The pictures or sounds that tables may name.
    static final class Index {
        private final Map<String, List<Named>> byName = new HashMap<>();
        private final Map<String, List<Named>> byStem = new HashMap<>();
        private final Set<String> named = new HashSet<>();

        void add(Tree tree, List<String> paths) {
            for (String path : paths) {
                Named named = new Named(tree, path);
                byName.computeIfAbsent(base(path), _ -> new ArrayList<>()).add(named);
                byStem.computeIfAbsent(base(stem(path)), _ -> new ArrayList<>()).add(named);
            }
        }

        /// The files with this name, or without one with this name in front of their end.
        private List<Named> find(String name) {
            return byName.getOrDefault(base(name), byStem.getOrDefault(base(name), List.of()));
        }

        /// The files that no row has named so far.
        List<String> unnamed() {
            return byName.values().stream()
                    .flatMap(List::stream)
                    .map(Named::place)
                    .filter(place -> !named.contains(place))
                    .sorted()
                    .toList();
        }
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// A path without the end of its name.
    private static String stem(String path) {
        int end = path.lastIndexOf('.');
        return end > path.lastIndexOf('/') + 1 ? path.substring(0, end) : path;
    }

    /// A table, where its first row names a file that is there.
    static Optional<MediaTable> of(Tree tree, String table, Records records, Index index) throws IOException {
        if (isPiped(tree, table, records, index)) {
            return Optional.of(new MediaTable(tree, table, records, index));
        }
        if (SourceFiles.kind(table).equals("txt")) {
            return Optional.empty();
        }
        SequencedMap<String, String> first;
        try (InputStream in = tree.unpacked(table)) {
            first = records.first(tree.place(table), in);
        }
        for (String column : FILE_COLUMNS) {
            String name = first.getOrDefault(column, "");
            if (!name.isBlank() && !index.find(name).isEmpty()) {
                MediaTable found = new MediaTable(tree, table, records, index, column);
                found.splits = Split.of(first.getOrDefault(SPLIT, "")).isPresent();
                return Optional.of(found);
            }
        }
        if (base(table).startsWith("metadata.") && !namesAnother(tree, first)) {
            throw new DataException(
                    "%s names no file that is there: expected a column file_name with names such as %s; it has %s"
                            .formatted(
                                    tree.place(table),
                                    index.byName.keySet().stream()
                                            .sorted()
                                            .findFirst()
                                            .orElse("1.png"),
                                    String.join(", ", first.keySet())));
        }
        return Optional.empty();
    }

    /// Whether it names a file of another kind than those that are looked for.
    private static boolean namesAnother(Tree tree, SequencedMap<String, String> first) {
        return FILE_COLUMNS.stream()
                .map(column -> base(first.getOrDefault(column, "")).strip())
                .filter(name -> !name.isEmpty())
                .anyMatch(name ->
                        tree.paths().stream().anyMatch(path -> base(path).equals(name)));
    }

    private static boolean isPiped(Tree tree, String table, Records records, Index index) throws IOException {
        if (!List.of("csv", "txt").contains(SourceFiles.kind(table))) {
            return false;
        }
        try (InputStream in = tree.unpacked(table)) {
            String[] cells = records.firstLine(tree.place(table), in).split("\\|", -1);
            return cells.length > 1
                    && cells.length <= PIPED.size()
                    && !index.find(cells[0].strip()).isEmpty();
        }
    }

    /// The table for people.
    String place() {
        return tree.place(table);
    }

    @Override
    public List<String> columns() throws IOException {
        Set<String> columns = new LinkedHashSet<>();
        try (InputStream in = tree.unpacked(table)) {
            rows(in, (values, _) -> columns.addAll(values.keySet()));
        }
        columns.remove(fileColumn);
        if (splits) {
            columns.remove(SPLIT);
        }
        return List.copyOf(columns);
    }

    @Override
    public void read(Sink sink) throws IOException {
        long[] row = {0};
        try (InputStream in = tree.unpacked(table)) {
            rows(in, (values, origin) -> sink.take(found(values, origin, row[0]++)));
        }
    }

    private void rows(InputStream in, Records.Sink sink) throws IOException {
        switch (form) {
            case NAMED -> records.read(tree.place(table), in, sink);
            case PIPES -> records.piped(tree.place(table), in, PIPED, sink);
        }
    }

    private Found found(SequencedMap<String, String> row, String origin, long number) {
        SequencedMap<String, String> values = new LinkedHashMap<>(row);
        String name = Optional.ofNullable(values.remove(fileColumn)).orElse("").strip();
        Optional<Split> split =
                splits ? Split.of(Optional.ofNullable(values.remove(SPLIT)).orElse("")) : folder();
        List<Named> files = find(name);
        if (files.size() != 1) {
            return new Found(
                    origin,
                    tree.place(table),
                    number,
                    () -> {
                        throw unnamed(name, files);
                    },
                    values,
                    split);
        }
        Named file = files.getFirst();
        index.named.add(file.place());
        return new Found(
                file.place(), tree.place(table), number, () -> file.tree().read(file.path()), values, split);
    }

    /// The split that the folder of the table is.
    private Optional<Split> folder() {
        int end = table.lastIndexOf('/');
        return end < 0 ? Optional.empty() : Split.of(base(table.substring(0, end)));
    }

    /// The file beside the table, else those anywhere whose path ends so.
    private List<Named> find(String name) {
        String plain = name.replace('\\', '/').replaceFirst("^(\\./)+", "");
        List<Named> candidates = index.find(plain);
        String beside = table.substring(0, table.lastIndexOf('/') + 1) + plain;
        for (Named candidate : candidates) {
            if (candidate.tree() == tree && candidate.path().equals(beside)) {
                return List.of(candidate);
            }
        }
        return candidates.stream()
                .filter(candidate -> ("/" + candidate.path()).endsWith("/" + plain)
                        || ("/" + stem(candidate.path())).endsWith("/" + plain))
                .toList();
    }

    private static Unusable unnamed(String name, List<Named> files) {
        if (name.isEmpty()) {
            return new Unusable("names no file", "Write the file's name there, or delete the row");
        }
        return files.isEmpty()
                ? new Unusable("names \"%s\", which is not there".formatted(name), "Add the file, or delete the row")
                : new Unusable(
                        "names \"%s\", which %d files are: %s and %s"
                                .formatted(
                                        name,
                                        files.size(),
                                        files.get(0).place(),
                                        files.get(1).place()),
                        "Write the folder in front of the name");
    }
}
