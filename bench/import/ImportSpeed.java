import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;

/// Makes tables, and times how they are imported.
///
/// `make FILE BYTES` writes reviews in English and Chinese, seeded, as csv or jsonl by the file's name; `ours
/// FILE WORKSPACE` imports it, `table FILE` has DuckDB read it into a table, `parquet FILE OUT` has DuckDB
/// write it as Parquet, too. Each prints seconds and rows.
public final class ImportSpeed {
    private static final List<String> WORDS = List.of(
            "the", "tea", "is", "green", "and", "fragrant", "but", "too", "warm", "\"oolong\"", "leaves,", "a", "pot",
            "of", "very", "good", "shop", "in", "Hangzhou", "came", "late", "again", "I", "would", "buy");
    private static final List<String> CHARACTERS = List.of(
            "茶", "香", "很", "浓", "店", "里", "的", "水", "不", "热", "，", "我", "会", "再", "来", "买", "好", "喝", "。");

    void main(String[] arguments) throws IOException, SQLException {
        Path file = Path.of(arguments[1]);
        long start = System.nanoTime();
        long rows = switch (arguments[0]) {
            case "make" -> make(file, Long.parseLong(arguments[2]));
            case "ours" -> ours(file, Path.of(arguments[2]));
            case "table" -> duckdb(file, "CREATE TABLE t AS SELECT * FROM %s");
            case "parquet" -> duckdb(file, "COPY (SELECT * FROM %s) TO '" + arguments[2]
                    + "' (FORMAT parquet, COMPRESSION zstd)");
            default -> throw new IllegalArgumentException(arguments[0] + ": expected make, ours, table or parquet");
        };
        IO.println("%.2f %d".formatted((System.nanoTime() - start) / 1e9, rows));
    }

    private static long make(Path file, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        boolean csv = file.toString().endsWith(".csv");
        long rows = 0;
        long written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            if (csv) {
                out.write("id,text,stars,shop\n");
            }
            while (written < bytes) {
                String text = text(random);
                int stars = 1 + random.nextInt(5);
                String shop = "shop " + random.nextInt(100);
                String row = csv
                        ? "%d,\"%s\",%d,%s\n".formatted(rows, text.replace("\"", "\"\""), stars, shop)
                        : "{\"id\": %d, \"text\": \"%s\", \"stars\": %d, \"shop\": \"%s\"}\n"
                                .formatted(rows, text.replace("\"", "\\\""), stars, shop);
                out.write(row);
                written += row.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
                rows++;
            }
        }
        return rows;
    }

    private static String text(SplittableRandom random) {
        boolean chinese = random.nextInt(3) == 0;
        List<String> parts = chinese ? CHARACTERS : WORDS;
        int length = 10 + random.nextInt(60);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(i == 0 || chinese ? "" : " ").append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    private static long ours(Path file, Path workspace) {
        Datasets datasets = new Datasets(Workspace.open(workspace));
        Dataset dataset = Importer.run(datasets, ImportOptions.of("reviews"), List.of(file));
        return dataset.count(Split.TRAIN) + dataset.count(Split.VALIDATION) + dataset.count(Split.TEST);
    }

    private static long duckdb(Path file, String statement) throws SQLException {
        String read = file.toString().endsWith(".csv")
                ? "read_csv('%s', all_varchar = true)"
                : "read_json('%s', format = 'newline_delimited')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("SET threads = %d".formatted(Runtime.getRuntime().availableProcessors()));
            sql.execute(statement.formatted(read.formatted(file)));
            String counted = statement.startsWith("COPY") ? read.formatted(file) : "t";
            if (statement.startsWith("COPY")) {
                return 0; // counting would read it again
            }
            try (ResultSet count = sql.executeQuery("SELECT count(*) FROM " + counted)) {
                count.next();
                return count.getLong(1);
            }
        }
    }
}
