package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private final Command command;

    ImportCommandTest(@TempDir Path folder) {
        command = new Command(folder);
    }

    private Path table() throws IOException {
        return command.file("t.csv", "wording;kind\nfirst;a\nsecond;b;c\nthird;a\n");
    }

    @Test
    void a_dry_run_tells_what_is_found_and_writes_nothing() throws IOException {
        Command.Answer shown =
                command.done("data", "import", table().toString(), "--name", "t", "--map", "wording=text", "--dry-run");
        assertThat(shown.out()).contains("t.csv: UTF-8, delimiter ;", "columns text (the text): first, kind: a");
        assertThat(shown.err()).contains("Nothing was written");
        assertThat(command.done("data", "list").err()).contains("No dataset yet");
    }

    @Test
    void a_table_goes_the_whole_way_but_no_recipe_learns_from_it() throws IOException {
        StringBuilder csv = new StringBuilder("user,item,rating\n");
        for (int i = 0; i < 40; i++) {
            csv.append("u%d,i%d,%d\n".formatted(i % 5, i % 7, i % 3));
        }
        Path ratings = command.file("ratings.csv", csv.append("u4,i4,0\n"));
        Command.Answer imported = command.done("data", "import", ratings.toString(), "--name", "r");
        assertThat(imported.out()).contains("Dataset r@1: rows of a table, train ", "fields user, item, rating");
        assertThat(imported.err())
                .contains("no column looks like a text", "Next: athanor data clean r, or athanor data report r --open");
        assertThat(command.done("data", "clean", "r").out()).contains("Dataset r@2: rows of a table", "duplicate 1");
        assertThat(command.done("data", "dedup", "r@1", "--report-only").out())
                .contains("41 samples compared: 1 repeats another");
        assertThat(command.run("data", "dedup", "r", "--threshold", "0.8").err())
                .contains("--threshold says nothing of r@2, which is of the kind table: leave it out");
        command.done("data", "split", "r", "--split", "group:user");
        assertThat(command.done("data", "show", "r").out()).contains("divided groups of user", "user=u");
        assertThat(command.done("data", "report", "r").out()).contains("The page is ");
        command.done(
                "data",
                "export",
                "r",
                "--format",
                "recbole",
                "--out",
                command.folder().resolve("out").toString());
        assertThat(command.folder().resolve("out/r/r.train.inter"))
                .content()
                .startsWith("user:token\titem:token\trating:float\n");
        Command.Answer refused = command.run("train", "text-lstm", "--data", "r");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "the recipe text-lstm learns from texts and r@3 holds rows of a table",
                        "import it again with --text COLUMN (it has user, item, rating)");
    }

    @Test
    void what_was_found_is_told_first_and_bad_rows_are_counted() throws IOException {
        Command.Answer answer = command.done("data", "import", table().toString(), "--name", "t", "--text", "wording");
        assertThat(answer.out()).contains("Dataset t@1", "fields kind");
        assertThat(answer.err())
                .contains("Found ", "delimiter ;", "1 of 3 rows was left out", "t.csv line 3, column 3, has 3 fields");
        assertThat(command.run(
                                "data",
                                "import",
                                table().toString(),
                                "--name",
                                "t",
                                "--text",
                                "wording",
                                "--bad-rows",
                                "refuse")
                        .err())
                .contains("line 3, column 3, has 3 fields", "or leave such rows out with --bad-rows quarantine");
    }

    @Test
    void an_address_of_this_machine_is_fetched_only_on_request_and_kept() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/t.csv", exchange -> {
            byte[] bytes = "text\none\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String address =
                    "http://127.0.0.1:%d/t.csv".formatted(server.getAddress().getPort());
            assertThat(command.run("data", "import", address, "--name", "web").err())
                    .contains("127.0.0.1 is 127.0.0.1, a machine of a private network or this one", "--allow-private");
            assertThat(command.workspace().resolve("datasets/web")).doesNotExist();
            assertThat(command.run("data", "import", address, "--name", "web", "--allow-private", "--text", "no")
                            .err())
                    .contains("has no column \"no\"");
            assertThat(command.workspace().resolve("datasets/web/source")).doesNotExist();
            command.done("data", "import", address, "--name", "web", "--allow-private");
            String origin = command.done("data", "show", "web").out();
            assertThat(origin).contains("workspace/datasets/web/source/", "/t.csv:2");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_database_answers_a_select_and_nothing_else() throws SQLException {
        String url = "jdbc:duckdb:" + command.folder().resolve("shop.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE reviews AS SELECT 'fragrant' AS text, 5 AS stars");
        }
        assertThat(command.done("data", "import", "--jdbc", url, "--query", "select * from reviews", "--name", "shop")
                        .out())
                .contains("Dataset shop@1", "fields stars");
        assertThat(command.run("data", "import", "--jdbc", url, "--query", "drop table reviews", "--name", "shop")
                        .err())
                .contains("--query begins with \"drop\", and only a select is run");
        assertThat(command.run("data", "import", "--jdbc", url, "--name", "shop")
                        .err())
                .contains("give both");
        assertThat(command.run("data", "import", "--name", "shop").code()).isEqualTo(2);
    }
}
