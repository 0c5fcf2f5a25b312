package dev.athanor.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one version of a dataset has that another has not, row by row.
///
/// Rows are held against each other by their ids where one version was made of the other, however many steps
/// lie between: these keep ids. Otherwise by their content, text and media, since ids of different imports say
/// nothing of each other; a row is then there or not, and never changed.
///
/// @param matching how rows were held against each other
/// @param counts rows by what became of them
/// @param examples some of each kind but [Change.Kind#SAME]
/// @param columns that only one of both has, as `+name` and `-name`
public record VersionDiff(
        Matching matching, Map<Change.Kind, Long> counts, List<Change> examples, List<String> columns) {

    /// By what rows are the same.
    public enum Matching {
        ID,
        CONTENT
    }

    /// One row.
    ///
    /// @param before the text, as it was; empty for what is new
    /// @param after the text, as it is; empty for what is gone
    /// @param what the columns that differ, each with both values
    public record Change(Kind kind, String origin, String before, String after, List<String> what) {
        /// What became of a row.
        public enum Kind {
            SAME,
            /// Its text, media or a field differs.
            CHANGED,
            /// The same in another split.
            MOVED,
            ADDED,
            REMOVED;

            /// For people and programs.
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /// Compares two versions of one kind.
    ///
    /// @param shown examples of each kind at most
    /// @throws IllegalArgumentException for versions of different kinds
    public static VersionDiff of(Datasets datasets, Dataset before, Dataset after, int shown) {
        if (before.kind() != after.kind()) {
            throw new IllegalArgumentException("%s holds %s and %s %s: only two of one kind can be compared"
                    .formatted(
                            before.reference(),
                            before.kind().plural(),
                            after.reference(),
                            after.kind().plural()));
        }
        boolean related = before.reference().equals(after.reference())
                || datasets.ancestors(after).contains(before.reference())
                || datasets.ancestors(before).contains(after.reference());
        Comparison comparison = new Comparison(before, after, related ? Matching.ID : Matching.CONTENT);
        try (Connection connection =
                        Tables.spilling(Durable.temporary(before.folder().resolveSibling("diff")));
                Statement sql = connection.createStatement()) {
            sql.execute(comparison.table());
            Map<Change.Kind, Long> counts = counts(sql);
            List<Change> examples = new ArrayList<>();
            for (Change.Kind kind : Change.Kind.values()) {
                if (kind != Change.Kind.SAME && counts.get(kind) > 0) {
                    examples.addAll(comparison.examples(sql, kind, shown));
                }
            }
            return new VersionDiff(comparison.matching, counts, examples, comparison.columns());
        } catch (SQLException broken) {
            throw new DataException(
                    "%s and %s cannot be compared: %s. athanor data import makes a damaged version again"
                            .formatted(before.reference(), after.reference(), broken.getMessage()),
                    broken);
        }
    }

    private static Map<Change.Kind, Long> counts(Statement sql) throws SQLException {
        Map<Change.Kind, Long> counts = new EnumMap<>(Change.Kind.class);
        for (Change.Kind kind : Change.Kind.values()) {
            counts.put(kind, 0L);
        }
        try (ResultSet rows = sql.executeQuery("SELECT kind, count(*) FROM compared GROUP BY kind")) {
            while (rows.next()) {
                counts.put(Change.Kind.valueOf(rows.getString(1)), rows.getLong(2));
            }
        }
        return counts;
    }

    /// The comparison in SQL.
    private static final class Comparison {
        private final Dataset before;
        private final Dataset after;
        private final Matching matching;
        private final List<String> common;

        Comparison(Dataset before, Dataset after, Matching matching) {
            this.before = before;
            this.after = after;
            this.matching = matching;
            this.common = before.manifest().fields().stream()
                    .filter(after.manifest().fields()::contains)
                    .toList();
        }

        List<String> columns() {
            return Stream.concat(
                            after.manifest().fields().stream()
                                    .filter(field -> !common.contains(field))
                                    .map("+"::concat),
                            before.manifest().fields().stream()
                                    .filter(field -> !common.contains(field))
                                    .map("-"::concat))
                    .toList();
        }

        /// Every row of both, with what became of it. Texts stand as their sums: memory has no room for all of them.
        String table() {
            String changed = Stream.concat(Stream.of("_text", "content"), common.stream())
                    .map(column -> "b.%1$s IS DISTINCT FROM a.%1$s".formatted(Tables.quoted(column)))
                    .collect(Collectors.joining(" OR "));
            return """
                    CREATE TABLE compared AS SELECT
                        CASE WHEN b._key IS NULL THEN 'ADDED' WHEN a._key IS NULL THEN 'REMOVED'
                             WHEN %s THEN 'CHANGED' WHEN b._split <> a._split THEN 'MOVED' ELSE 'SAME' END AS kind,
                        coalesce(a._origin, b._origin) AS _origin, coalesce(a._place, b._place) AS _place,
                        b._id AS _before, a._id AS _after, %s
                    FROM (%s) b FULL JOIN (%s) a ON b._key = a._key AND b._nth = a._nth
                    """.formatted(changed, columnsOfBoth(), rows(before), rows(after));
        }

        private String columnsOfBoth() {
            return Stream.concat(Stream.of("_split", "content"), common.stream())
                    .map(column -> "b.%s AS %s, a.%s AS %s"
                            .formatted(
                                    Tables.quoted(column),
                                    Tables.quoted("b " + column),
                                    Tables.quoted(column),
                                    Tables.quoted("a " + column)))
                    .collect(Collectors.joining(", "));
        }

        /// The rows of a version: equal keys are told apart by their number.
        private String rows(Dataset dataset) {
            String media = dataset.kind().hasMedia()
                    ? "sha256(%s.bytes)".formatted(Tables.quoted(dataset.kind().column()))
                    : "''";
            String key = matching == Matching.ID ? "_id" : "_text || content";
            String fields =
                    common.stream().map(field -> ", " + Tables.quoted(field)).collect(Collectors.joining());
            String all = dataset.manifest().files().keySet().stream()
                    .map(path ->
                            "SELECT _id, md5(%s) AS _text, _origin, %s AS content, %s AS _split%s FROM read_parquet(%s)"
                                    .formatted(
                                            text(dataset),
                                            media,
                                            Tables.literal(path.substring("data/".length(), path.indexOf('-'))),
                                            fields,
                                            Tables.literal(dataset.folder().resolve(path))))
                    .collect(Collectors.joining(" UNION ALL "));
            return """
                    SELECT *, row_number() OVER (PARTITION BY _key ORDER BY _place) AS _nth FROM (
                        SELECT *, %s AS _key, row_number() OVER () AS _place FROM (%s))
                    """.formatted(key, all);
        }

        /// The text of a row; of a table the columns that both versions have, for people. Names and values are
        /// in quotes where they could be mistaken for others.
        private String text(Dataset dataset) {
            if (dataset.kind().hasText()) {
                return Tables.TEXT;
            }
            return common.isEmpty()
                    ? "''"
                    : common.stream()
                            .map(field -> "%s := %s".formatted(Tables.quoted(field), Tables.quoted(field)))
                            .collect(Collectors.joining(", ", "CAST(struct_pack(", ") AS VARCHAR)"));
        }

        /// A change whose texts are not looked up yet, by their ids.
        private record Found(Change.Kind kind, String origin, String before, String after, List<String> what) {}

        List<Change> examples(Statement sql, Change.Kind kind, int shown) throws SQLException {
            List<Found> found = new ArrayList<>();
            try (ResultSet row = sql.executeQuery("SELECT * FROM compared WHERE kind = '%s' ORDER BY _place LIMIT %d"
                    .formatted(kind.name(), shown))) {
                while (row.next()) {
                    found.add(new Found(
                            kind,
                            row.getString("_origin"),
                            word(row.getString("_before")),
                            word(row.getString("_after")),
                            differences(row, kind)));
                }
            }
            List<Change> examples = new ArrayList<>();
            for (Found one : found) {
                examples.add(new Change(
                        kind,
                        one.origin(),
                        text(sql, before, one.before()),
                        text(sql, after, one.after()),
                        one.what()));
            }
            return examples;
        }

        /// The text of a row of a version; empty for none.
        private String text(Statement sql, Dataset version, String id) throws SQLException {
            if (id.isEmpty()) {
                return "";
            }
            String files = version.manifest().files().keySet().stream()
                    .map(path -> Tables.literal(version.folder().resolve(path)))
                    .collect(Collectors.joining(", ", "[", "]"));
            try (ResultSet row = sql.executeQuery("SELECT %s FROM read_parquet(%s) WHERE _id = %s"
                    .formatted(text(version), files, Tables.literal(id)))) {
                return row.next() ? word(row.getString(1)) : "";
            }
        }

        private List<String> differences(ResultSet row, Change.Kind kind) throws SQLException {
            List<String> differences = new ArrayList<>();
            if (kind == Change.Kind.CHANGED || kind == Change.Kind.MOVED) {
                if (!row.getString("b content").equals(row.getString("a content"))) {
                    differences.add("its " + before.kind().word());
                }
                for (String column : common) {
                    add(differences, column, row);
                }
                add(differences, "_split", row);
            }
            return differences;
        }

        private static void add(List<String> differences, String column, ResultSet row) throws SQLException {
            String was = word(row.getString("b " + column));
            String is = word(row.getString("a " + column));
            if (!was.equals(is)) {
                differences.add("%s: %s → %s".formatted(column.equals("_split") ? "split" : column, was, is));
            }
        }

        private static String word(String value) {
            return value == null ? "" : value;
        }
    }
}
