package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Pictures or sounds inside a Parquet file as Hugging Face's `datasets` lays them out: a column with bytes
/// and path, numbers of classes whose names stand in the file's metadata. What datasets here look like is such
/// a layout, too.
final class MediaParquet implements MediaSource {
    private final Path file;
    private final Kind kind;
    private final String media;
    private final boolean struct;
    private final List<Column> columns;

    private MediaParquet(Path file, Kind kind, Column media, List<Column> columns) {
        this.file = file;
        this.kind = kind;
        this.media = media.name();
        this.struct = media.type().startsWith("STRUCT");
        this.columns = columns;
    }

    /// @param classes the names of the numbers in it, where it has such
    private record Column(String name, String type, List<String> classes) {
        boolean holdsBytes() {
            return type.startsWith("STRUCT(") && type.matches("(?i).*\\bbytes\"? BLOB.*") || type.equals("BLOB");
        }

        boolean isPlain() {
            return !type.contains("(") && !type.equals("BLOB")
                    || type.startsWith("DECIMAL")
                    || type.equals("VARCHAR[]");
        }

        /// Lists of texts become lines.
        String asText() {
            String quoted = Tables.quoted(name);
            return type.equals("VARCHAR[]")
                    ? "array_to_string(%s, chr(10)) AS %s".formatted(quoted, quoted)
                    : "%s::VARCHAR AS %s".formatted(quoted, quoted);
        }

        String named(String value) {
            if (classes.isEmpty() || !value.matches("\\d{1,9}") || Integer.parseInt(value) >= classes.size()) {
                return value;
            }
            return classes.get(Integer.parseInt(value));
        }
    }

    /// What a file holds; empty where it has no column with bytes.
    ///
    /// @throws DataException for one that is no Parquet
    static Optional<MediaParquet> of(Path file) {
        try {
            ParquetFormat.require(file);
        } catch (Unusable none) {
            throw new DataException("%s %s".formatted(file, none.getMessage()), none);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
        try (Connection connection = Tables.connect();
                Statement sql = connection.createStatement()) {
            JsonNode features = features(sql, file);
            List<Column> all = columns(sql, file, features);
            Optional<Column> media = all.stream().filter(Column::holdsBytes).findFirst();
            if (media.isEmpty()) {
                return Optional.empty();
            }
            Column found = media.get();
            boolean sound =
                    features.path(found.name()).path("_type").asString("").equals("Audio")
                            || found.name().equals(Kind.SOUND.column());
            List<Column> columns = all.stream()
                    .filter(column -> !column.name().startsWith("_") && column.isPlain())
                    .toList();
            return Optional.of(new MediaParquet(file, sound ? Kind.SOUND : Kind.IMAGE, found, columns));
        } catch (SQLException broken) {
            throw new DataException(
                    "%s cannot be read as Parquet: %s. Fetch it again, or leave it out"
                            .formatted(file, broken.getMessage()),
                    broken);
        }
    }

    private static List<Column> columns(Statement sql, Path file, JsonNode features) throws SQLException {
        List<Column> all = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery("DESCRIBE SELECT * FROM " + from(file))) {
            while (rows.next()) {
                String name = rows.getString("column_name");
                JsonNode names = features.path(name).path("names");
                all.add(new Column(
                        name,
                        rows.getString("column_type"),
                        names.valueStream().map(JsonNode::asString).toList()));
            }
        }
        return all;
    }

    static String from(Path file) {
        return "read_parquet(%s)".formatted(Tables.literal(file));
    }

    static JsonNode features(Statement sql, Path file) throws SQLException {
        try (ResultSet rows =
                sql.executeQuery("SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE decode(key) = 'huggingface'"
                        .formatted(Tables.literal(file)))) {
            return rows.next()
                    ? JsonMapper.shared()
                            .readTree(rows.getString(1))
                            .path("info")
                            .path("features")
                    : MissingNode.getInstance();
        } catch (JacksonException broken) {
            throw new DataException(
                    "%s has broken metadata of Hugging Face: %s. Write it anew, or leave it out"
                            .formatted(file, broken.getOriginalMessage()),
                    broken);
        }
    }

    Path file() {
        return file;
    }

    Kind kind() {
        return kind;
    }

    @Override
    public List<String> columns() {
        return columns.stream().map(Column::name).toList();
    }

    @Override
    public void read(Sink sink) throws IOException {
        StringBuilder select = new StringBuilder(Tables.quoted(media))
                .append(
                        struct
                                ? ".bytes AS _bytes, " + Tables.quoted(media) + ".path AS _path"
                                : " AS _bytes, '' AS _path");
        columns.forEach(column -> select.append(", ").append(column.asText()));
        try (Connection connection = Tables.connect();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT %s FROM %s".formatted(select, from(file)))) {
            for (long number = 0; rows.next(); number++) {
                sink.take(found(rows, number));
            }
        } catch (SQLException broken) {
            throw new DataException(
                    "%s cannot be read as Parquet: %s. Fetch it again, or leave it out"
                            .formatted(file, broken.getMessage()),
                    broken);
        }
    }

    private Found found(ResultSet rows, long number) throws SQLException {
        byte[] bytes = rows.getBytes("_bytes");
        String path = Optional.ofNullable(rows.getString("_path")).orElse("");
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (Column column : columns) {
            String value = rows.getString(column.name());
            if (value != null) {
                values.put(column.name(), column.named(value));
            }
        }
        return new Found(
                file + "#" + number,
                file.toString(),
                number,
                () -> {
                    if (bytes == null) {
                        throw new Unusable(
                                "holds no bytes" + (path.isEmpty() ? "" : ", only the path " + path),
                                "Write the file anew with the bytes inside (in datasets: embed_external_files)");
                    }
                    return bytes;
                },
                values,
                split());
    }

    /// By the file's name, or the folder it is in: `train-00000-of-00001.parquet`, `train/0000.parquet`.
    private Optional<Split> split() {
        Path folder = file.toAbsolutePath().getParent();
        return Split.named(file.toString())
                .or(() -> folder == null || folder.getFileName() == null
                        ? Optional.empty()
                        : Split.of(folder.getFileName().toString()));
    }
}
