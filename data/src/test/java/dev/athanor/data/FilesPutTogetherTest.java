package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that other programs begin, end and put together in ways of their own.
class FilesPutTogetherTest {
    private final Desk desk;

    FilesPutTogetherTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Dataset run(Path file) {
        return desk.imported(ImportOptions.of("t"), file);
    }

    private static List<String> rows(Dataset dataset) {
        return samples(dataset).stream()
                .map(sample -> sample.text() + sample.fields())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\n", " \r\n\r\n", "\ufeff\n"})
    void blank_lines_in_front_of_the_names_of_columns_are_passed_over(String blank) throws IOException {
        Dataset dataset = run(desk.file("t.csv", blank + "a;b\n1;2\n3;4;5\n"));
        assertThat(rows(dataset)).containsExactly("{a=1, b=2}");
        long line = 3 + blank.chars().filter(c -> c == '\n').count();
        assertThat(dataset.quarantined()).extracting(Quarantined::line).containsExactly(line);
        assertThatThrownBy(() -> run(desk.file("u.csv", blank)))
                .hasMessage(
                        "%s line %d is empty. Expected a header line with the names of the columns",
                        desk.folder().resolve("u.csv"), line - 2);
    }

    @Test
    void tables_put_together_with_their_headers_lose_no_row_and_gain_none() throws IOException {
        Path table = desk.file("t.csv", "\ufefftext,n\nOne tea,1\n\ufefftext,n\n\ufeff\"Two, teas\",2\n");
        Dataset dataset = run(table);
        assertThat(rows(dataset)).containsExactlyInAnyOrder("One tea{n=1}", "Two, teas{n=2}");
        assertThat(dataset.quarantined())
                .extracting(Quarantined::line, Quarantined::reason, Quarantined::remedy)
                .containsExactly(tuple(3L, "has the names of the columns again", "Nothing is lost without it"));
        assertThat(Importer.run(
                                desk.datasets(),
                                ImportOptions.of("u").withBadRows(ImportOptions.BadRows.REFUSE),
                                List.of(table))
                        .quarantined())
                .hasSize(1);
        assertThat(rows(run(desk.file("words.csv", "word\nword\nother\n"))))
                .containsExactlyInAnyOrder("word{}", "other{}");
    }

    @Test
    void a_byte_order_mark_in_front_of_a_later_line_is_no_part_of_it() throws IOException {
        assertThat(rows(run(desk.file("t.jsonl", "\ufeff{\"text\":\"a tea\"}\n\ufeff{\"text\":\"teas\"}\n"))))
                .containsExactlyInAnyOrder("a tea{}", "teas{}");
        assertThat(rows(run(desk.file("t.txt", "\ufeffone tea\n\ufeffmore teas\n"))))
                .containsExactlyInAnyOrder("one tea{}", "more teas{}");
    }

    @Test
    void lines_may_end_with_carriage_returns_alone() throws IOException {
        assertThat(rows(run(desk.file("t.csv", "text,n\rOne tea,1\r\"Two, teas\",2\r"))))
                .containsExactlyInAnyOrder("One tea{n=1}", "Two, teas{n=2}");
        assertThat(rows(run(desk.file("t.txt", "one tea\rmore teas"))))
                .containsExactlyInAnyOrder("one tea{}", "more teas{}");
        assertThat(rows(run(desk.file("t.jsonl", "{\"text\":\"a tea\"}\r{\"text\":\"teas\"}\r"))))
                .containsExactlyInAnyOrder("a tea{}", "teas{}");
        Path wide = Files.write(
                desk.folder().resolve("wide.tsv"), "\ufeffa\tb\r1\t2\r3\t4\r".getBytes(StandardCharsets.UTF_16LE));
        assertThat(rows(run(wide))).containsExactlyInAnyOrder("{a=1, b=2}", "{a=3, b=4}");
        Path sentence = Files.write(
                desk.folder().resolve("s.txt"), "tea\tO\rof\tO\rFujian\tB-LOC\r".getBytes(Charset.forName("US-ASCII")));
        assertThat(rows(run(sentence)).getFirst()).startsWith("tea of Fujian{tokens=[\"tea\"");
    }

    @Test
    void of_a_key_of_json_that_is_there_twice_the_last_counts() throws IOException {
        assertThat(rows(run(desk.file("t.jsonl", "{\"text\":\"one\",\"n\":1,\"text\":\"a tea\",\"n\":2}\n"))))
                .containsExactly("a tea{n=2}");
    }

    @Test
    void a_second_value_on_a_line_of_json_is_told_in_words() throws IOException {
        Dataset dataset = run(desk.file("t.jsonl", "{\"text\":\"one\"} {\"text\":\"two\"}\n{\"text\":\"tea\"}\n"));
        assertThat(dataset.quarantined())
                .extracting(Quarantined::reason)
                .containsExactly("has another value behind its object");
    }
}
