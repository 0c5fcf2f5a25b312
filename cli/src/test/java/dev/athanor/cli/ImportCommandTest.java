package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t.csv|--map wording=|--map wording=: expected OLD=NEW, a column and another name for it",
                "t.csv|--size 32|--size says nothing of texts, and that is what was found: leave it out",
                "t.csv|--no-trim|--trim says nothing of texts, and that is what was found: leave it out",
                "t.csv|--unit line|--unit line: none of the files is a text or document without columns (txt, html, md, docx, pdf): leave it out",
                "r.csv|--rate 8000|--rate says nothing of rows of a table, and that is what was found: leave it out",
                "r.csv|--unit line|--unit says nothing of rows of a table, and that is what was found: leave it out",
                "p|--rate 8000|--rate says nothing of pictures, and that is what was found: leave it out",
                "p|--unit file|--unit says nothing of pictures, and that is what was found: leave it out",
                "d.html|--encoding UTF-8|--encoding UTF-8: none of the files is read by it",
            })
    void an_option_that_says_nothing_of_what_is_read_is_refused_before_anything_is_written(
            String source, String options, String told) throws IOException {
        command.file("t.csv", "text,kind\na cup of tea,a\na pot of tea,b\n");
        command.file("r.csv", "user,item\nu1,i1\nu2,i2\n");
        command.file("d.html", "<p>A cup of tea</p>");
        Files.createDirectories(command.folder().resolve("p"));
        Files.write(command.folder().resolve("p/one.png"), Png.write(new Image(4, 4, 1, new byte[16])));
        List<String> words = new ArrayList<>(
                List.of("data", "import", command.folder().resolve(source).toString(), "--name", "t"));
        words.addAll(List.of(options.split(" ")));
        Command.Answer refused = command.run(words.toArray(String[]::new));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("athanor: " + told);
        assertThat(command.folder().resolve("workspace/datasets/t/1")).doesNotExist();
        words.add("--dry-run");
        assertThat(command.run(words.toArray(String[]::new)).err()).contains("athanor: " + told);
    }

    @Test
    void options_that_say_something_of_what_is_read_are_taken() throws IOException {
        Path file = Files.write(command.folder().resolve("t.txt"), "one 茶\ntwo\n".getBytes("GB18030"));
        command.done("data", "import", file.toString(), "--name", "t", "--unit", "line", "--encoding", "gb18030");
        assertThat(command.done("data", "show", "t").out()).contains("茶");
        Path page = command.file("d.html", "<p>A cup of tea</p><p>A pot of tea</p>");
        assertThat(command.done("data", "import", page.toString(), "--name", "d", "--unit", "paragraph")
                        .out())
                .contains("Dataset d@1");
        Path csv = command.file("t.csv", "text,kind\na cup of tea,a\n");
        command.done("data", "import", csv.toString(), "--name", "c", "--unit", "auto", "--encoding", "utf8");
        assertThat(command.run(
                                "data",
                                "import",
                                "--jdbc",
                                "jdbc:duckdb:",
                                "--query",
                                "select 1",
                                "--name",
                                "q",
                                "--as",
                                "csv")
                        .err())
                .contains("--as says how files are read, and --jdbc reads none: leave it out");
    }
}
