package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    private final Desk desk;
    private final String url;

    QueryTest(@TempDir Path folder) throws SQLException {
        desk = new Desk(folder);
        url = "jdbc:duckdb:" + folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE reviews (id INT, text VARCHAR, bought DATE, picture BLOB)");
            sql.execute(
                    "INSERT INTO reviews VALUES (1, 'fragrant', DATE '2026-03-01', 'x'::BLOB), (2, '茶香', NULL, NULL), (3, NULL, NULL, NULL)");
        }
    }

    private static Query query(String url, String sql) {
        return new Query(url, sql, "", "", List.of());
    }

    @Test
    void the_rows_of_a_query_become_samples() {
        Query query = query(url, "SELECT id, text, bought, picture, id AS \"ID\" FROM reviews ORDER BY id;");
        Dataset dataset = Importer.run(desk.datasets(), ImportOptions.of("shop"), query, _ -> {});
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            Sample first = samples.findFirst().orElseThrow();
            assertThat(first.text()).isEqualTo("fragrant");
            assertThat(first.fields()).containsEntry("id", "1").containsEntry("bought", "2026-03-01");
            assertThat(first.origin()).isEqualTo(url + "#1");
        }
        assertThat(dataset.manifest().fields()).containsExactly("id", "bought", "ID_2");
        assertThat(dataset.manifest().sources().getFirst().path()).startsWith(url + ": SELECT id, text");
        assertThat(dataset.quarantined().getFirst().toString())
                .startsWith(url + "#3 holds no text in its column \"text\"");
        assertThat(dataset.notes().toString()).contains("the column \"picture\" holds bytes and was left out");
    }

    @Test
    void a_look_shows_columns_and_writes_nothing() {
        Findings found = Importer.look(ImportOptions.of("shop"), query(url, "SELECT text, bought FROM reviews"));
        assertThat(found.files().getFirst().columns())
                .containsEntry("text", "fragrant")
                .containsKey("bought");
        assertThat(desk.datasets().names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM reviews|begins with \"delete\"",
                "WITH x AS (DELETE FROM reviews RETURNING *) SELECT * FROM x|holds the word \"delete\", which writes",
                "SELECT 1; DROP TABLE reviews|holds more than one statement",
                "/* select */ -- select|is empty",
                "SELECT * INTO other FROM reviews|holds the word \"into\"",
                "select * from reviews for update|holds the word \"update\"",
                "COPY reviews TO 'x.csv'|begins with \"copy\"",
            })
    void what_is_no_select_is_refused(String sql, String words) {
        assertThatThrownBy(() -> query(url, sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words, "only a select is run");
    }

    @Test
    void words_in_texts_names_and_comments_do_no_harm() {
        assertThat(query(url, "SELECT 'drop; it''s', \"update\", $$ insert $$ FROM t -- delete\n /* ; */ ;")
                        .sql())
                .isNotEmpty();
    }

    @Test
    void the_database_is_opened_to_read_only() throws IOException {
        byte[] before = Files.readAllBytes(desk.folder().resolve("shop.db"));
        Importer.run(desk.datasets(), ImportOptions.of("shop"), query(url, "SELECT text FROM reviews"), _ -> {});
        assertThat(Files.readAllBytes(desk.folder().resolve("shop.db"))).isEqualTo(before);
        assertThat(desk.folder().resolve("shop.db.wal")).doesNotExist();
    }

    @Test
    void failures_are_told_without_secrets() {
        assertThatThrownBy(() -> Importer.look(ImportOptions.of("x"), query(url, "SELECT nothing FROM reviews")))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("the database says", "nothing", "Look at --jdbc");
        assertThatThrownBy(() -> Importer.look(
                        ImportOptions.of("x"), query("jdbc:other://me:hidden@host/db?password=hidden", "SELECT 1")))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("jdbc:other://host/db?password=...", "there is no driver", "--driver-jar")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> Importer.look(
                        ImportOptions.of("x"),
                        new Query(url, "SELECT 1", "", "", List.of(desk.folder().resolve("no.jar")))))
                .hasMessageContaining("no.jar does not exist");
        assertThatThrownBy(() -> query("postgresql://host", "SELECT 1"))
                .hasMessageContaining("expected a URL as jdbc:");
    }
}
