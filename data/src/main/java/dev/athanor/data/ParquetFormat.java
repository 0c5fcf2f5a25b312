package dev.athanor.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tables in Parquet without pictures and sounds. Each row is read as an object of JSON, so that
/// conversations are known as they are there; numbers of classes become their names, where the file's
/// metadata tells them as Hugging Face has it.
final class ParquetFormat implements RecordFormat {
    /// Columns of one value are packed to nearly nothing: so often a file may unfold to its own size.
    private static final int MOST_RATIO = 5_000;

    /// The first and the last letters of every such file.
    private static final String MARK = "PAR1";

    /// Columns that datasets here have themselves, and the row's number that pandas adds.
    private static final Set<String> OWN = Set.of(Tables.ID, Tables.ORIGIN, "__index_level_0__");

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        if (file.path().isPresent()) {
            read(file, file.path().get(), sink);
            return;
        }
        Path spool = Files.createTempFile("athanor-", ".parquet");
        try {
            Files.copy(file.in(), spool, StandardCopyOption.REPLACE_EXISTING);
            read(file, spool, sink);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    /// Refuses what is none, before the database tells of it in words that lead astray.
    static void require(Path path) throws IOException, Unusable {
        byte[] ends = new byte[2 * MARK.length()];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            int begin = Math.max(0, file.read(ends, 0, MARK.length()));
            file.seek(Math.max(begin, file.length() - MARK.length()));
            int end = Math.max(0, file.read(ends, begin, MARK.length()));
            String marks = new String(ends, 0, begin + end, StandardCharsets.ISO_8859_1);
            if (!marks.startsWith(MARK)) {
                throw new Unusable(
                        "is no Parquet file: it does not begin with " + MARK,
                        "Fetch it again, or say with --as what it is (csv, jsonl ...)");
            }
            if (!marks.equals(MARK + MARK)) {
                throw new Unusable(
                        "is a Parquet file that breaks off: it does not end with " + MARK,
                        "Fetch or write it again, or leave it out");
            }
        }
    }

    private static void read(File file, Path path, Records.Sink sink) throws IOException, Unusable {
        require(path);
        SourceFiles.Allowance allowance = new SourceFiles.Allowance(Path.of(file.name()), Files.size(path), MOST_RATIO);
        file.records().trait(file.name(), "Parquet");
        try (Connection connection = Tables.connect();
                Statement sql = connection.createStatement()) {
            JsonNode features = MediaParquet.features(sql, path);
            String columns = String.join(", ", columns(file, sql, path));
            String query =
                    "SELECT to_json(t)::VARCHAR FROM (SELECT %s FROM %s) t".formatted(columns, MediaParquet.from(path));
            try (ResultSet rows = sql.executeQuery(query)) {
                FlatJson flat = new FlatJson(!file.records().options().text().isEmpty());
                Set<String> named = named(features);
                for (long number = 1; rows.next(); number++) {
                    String row = rows.getString(1);
                    allowance.use(row.length());
                    Optional<RecordValues> values =
                            named.isEmpty() && file.records().isTaking() ? flat.read(row) : Optional.empty();
                    if (values.isPresent()) {
                        sink.take(values.get(), file.name() + "#" + number);
                    } else {
                        give(file, new Row(number, row, features, named), sink);
                    }
                }
            }
        } catch (SQLException broken) {
            boolean large = broken.getMessage().matches("(?s).*(Invalid result set|Out of Memory).*");
            throw new Unusable(
                    "cannot be read as Parquet: "
                            + broken.getMessage()
                            + (large ? "; 2048 of its rows at a time must fit into 1 GB of memory" : ""),
                    "Fetch it again, write it with smaller rows, or leave it out",
                    broken);
        }
    }

    /// Those that are no bytes.
    private static List<String> columns(File file, Statement sql, Path path) throws SQLException, Unusable {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery("DESCRIBE SELECT * FROM " + MediaParquet.from(path))) {
            while (rows.next()) {
                String name = rows.getString("column_name");
                if (OWN.contains(name)) {
                    continue;
                }
                if (rows.getString("column_type").contains("BLOB")) {
                    file.records()
                            .note("%s: the column \"%s\" holds bytes and was left out".formatted(file.name(), name));
                } else {
                    columns.add(Tables.quoted(name));
                }
            }
        }
        if (columns.isEmpty()) {
            throw new Unusable("has no column but of bytes", "Leave it out");
        }
        return columns;
    }

    /// Columns of numbers for which the features have names.
    private static Set<String> named(JsonNode features) {
        return features.propertyStream()
                .filter(feature -> !feature.getValue().path("names").isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// @param named the columns whose numbers have names
    private record Row(long number, String json, JsonNode features, Set<String> named) {}

    private static void give(File file, Row row, Records.Sink sink) throws IOException {
        SequencedMap<String, String> values;
        try {
            values = file.records().values(file.name(), JsonMapper.shared().readTree(row.json()));
        } catch (Unusable broken) {
            leaveOut(file, row, broken.reason(), broken.remedy());
            return;
        } catch (JacksonException broken) { // numbers that JSON does not know
            leaveOut(file, row, "holds what JSON cannot: " + broken.getOriginalMessage(), "Write it anew without it");
            return;
        }
        row.named()
                .forEach(column -> values.computeIfPresent(
                        column, (_, value) -> named(row.features().path(column).path("names"), value)));
        sink.take(values, file.name() + "#" + row.number());
    }

    private static String named(JsonNode names, String value) {
        return value.matches("\\d{1,6}") && names.has(Integer.parseInt(value))
                ? names.get(Integer.parseInt(value)).asString()
                : value;
    }

    private static void leaveOut(File file, Row row, String reason, String remedy) throws IOException {
        file.records().leaveOut(new Quarantined(file.name(), row.number(), 0, reason, remedy, row.json()));
    }
}
