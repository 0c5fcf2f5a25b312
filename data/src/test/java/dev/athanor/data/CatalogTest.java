package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    private static final String TEXT = "one\ntwo\nthree\n";

    private final Desk desk;

    CatalogTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static Catalog.Entry entry(URI published) {
        return new Catalog.Entry(
                "lines",
                "three lines",
                "none",
                List.of(new Catalog.Source(published, "lines.txt", Hashes.sha256(TEXT))),
                ImportOptions.of("lines").withUnit(ImportOptions.Unit.LINE),
                Importer.Knowledge.NONE);
    }

    @Test
    void what_is_published_is_fetched_once_and_checked() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/lines.txt", exchange -> {
            byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        URI published = URI.create(
                "http://127.0.0.1:%d/lines.txt".formatted(server.getAddress().getPort()));
        Dataset dataset = Catalog.fetch(desk.datasets(), entry(published));
        server.stop(0);
        assertThat(Stream.of(Split.values()).mapToLong(dataset::count).sum()).isEqualTo(3);
        assertThat(Catalog.fetch(desk.datasets(), entry(published)).manifest().version())
                .isEqualTo(2);
    }

    @Test
    void a_server_that_is_not_there_is_named_with_the_way_around() {
        assertThatThrownBy(() -> Catalog.fetch(desk.datasets(), entry(URI.create("http://127.0.0.1:1/lines.txt"))))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("lines.txt", "http://127.0.0.1:1/lines.txt", "--from DIR");
    }

    @Test
    void a_copy_that_was_changed_is_refused_with_both_sums() throws IOException {
        desk.file("lines.txt", TEXT + "four");
        assertThatThrownBy(() -> Catalog.read(desk.datasets(), entry(URI.create("http://127.0.0.1:1/")), desk.folder()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("lines.txt", Hashes.sha256(TEXT), Hashes.sha256(TEXT + "four"));
    }

    @Test
    void a_folder_without_the_file_is_refused_with_its_name() {
        assertThatThrownBy(() -> Catalog.read(desk.datasets(), entry(URI.create("http://127.0.0.1:1/")), desk.folder()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("lines.txt", "lines.txt.gz", "http://127.0.0.1:1/");
    }

    @Test
    void an_unknown_name_is_answered_with_those_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalog.known().entry("tinyshakespear"))
                .withMessageContainingAll("tinyshakespear", "tinyshakespeare", "e2e_nlg");
    }

    @Test
    void the_form_of_verse_is_seen_from_its_shape() {
        assertThat(VerseForm.of("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。")).contains("五言绝句");
        assertThat(VerseForm.of("朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。")).contains("七言绝句");
        assertThat(VerseForm.of("前不见古人，后不见来者。念天地之悠悠，独怆然而涕下。")).isEmpty();
    }

    @Test
    void what_is_exported_is_imported_as_it_was() throws IOException {
        Path table = desk.file("t.csv", "text,kind\n\"a \"\"b\"\",\nc\",x\nsecond,\n三,y\n");
        Dataset first = desk.imported(ImportOptions.of("t"), table);
        for (Exporter.Format format : List.of(Exporter.Format.JSONL, Exporter.Format.CSV)) {
            Path out = desk.folder().resolve("out-" + format);
            Exporter.run(first, format, out);
            Dataset again = desk.imported(ImportOptions.of("again-" + format).withPlan(new SplitPlan.Given()), out);
            for (Split split : Split.values()) {
                assertThat(pairs(again, split)).as("%s %s", format, split).isEqualTo(pairs(first, split));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Exporter.run(first, format, out))
                    .withMessageContaining("is there already: give a new folder");
        }
    }

    private static List<String> pairs(Dataset dataset, Split split) {
        try (Stream<Sample> samples = dataset.samples(split)) {
            return samples.map(sample -> sample.text() + sample.fields()).toList();
        }
    }
}
