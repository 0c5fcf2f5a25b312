package dev.athanor.data;

import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bad row never stops an import, and never disappears.
class BadRowsTest {
    private final Desk desk;

    BadRowsTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static List<Long> lines(Dataset dataset) {
        return dataset.quarantined().stream().map(Quarantined::line).toList();
    }

    @Test
    void quotation_marks_in_a_table_of_tabs_are_text_where_no_line_needs_them() throws IOException {
        Path file = desk.file("t.tsv", "label\treview\n1\t\"Good\" tea\n0\t\"never closed\n1\tsaid \"no\"\n");
        Dataset dataset = desk.imported(ImportOptions.of("t"), file);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("\"Good\" tea", "\"never closed", "said \"no\"");
        assertThat(dataset.quarantined()).isEmpty();
    }

    @Test
    void quotation_marks_in_a_table_of_tabs_hold_what_needs_them() throws IOException {
        Path file = desk.file("t.tsv", "label\ttext\n1\t\"two\nlines\"\n0\t\"a \"\"word\"\"\"\n");
        assertThat(texts(desk.imported(ImportOptions.of("t"), file)))
                .containsExactlyInAnyOrder("two\nlines", "a \"word\"");
        Path whole = desk.file("u.tsv", "label\ttext\r\n\"1\"\t\"a \"\"word\"\"\"\r\n\"0\"\t\"b\"\r\n");
        assertThat(texts(desk.imported(ImportOptions.of("u"), whole))).containsExactlyInAnyOrder("a \"word\"", "b");
    }

    @Test
    void what_is_left_beside_a_label_is_the_text() throws IOException {
        Path file = desk.file("t.csv", "id,text_a,label\n1,good,yes\n");
        assertThat(texts(desk.imported(ImportOptions.of("t"), file))).containsExactly("good");
    }

    @Test
    void a_quotation_mark_that_is_never_closed_spoils_one_line() throws IOException {
        Path file = desk.file("t.csv", "text,kind\none,a\n\"two,b\nthree,c\n\"fo\nur\",d\nfive,e\n");
        Dataset dataset = desk.imported(ImportOptions.of("t"), file);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("one", "three", "five", "fo\nur");
    }

    @Test
    void a_last_quotation_mark_that_is_never_closed_is_told_with_its_line() throws IOException {
        Path file = desk.file("t.csv", "text,kind\none,a\n\"two,b\nthree,c\nfour,d\n");
        Dataset dataset = desk.imported(ImportOptions.of("t"), file);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("one", "three", "four");
        assertThat(dataset.quarantined())
                .containsExactly(new Quarantined(
                        file.toString(),
                        3,
                        0,
                        "opens a quotation mark that is never closed",
                        "Close it, or double it where it is part of the text",
                        "\"two,b\n"));
    }

    @Test
    void quotation_marks_doubled_split_by_the_buffer_and_at_the_end_are_read() throws IOException {
        String long1 = "x".repeat(65_530);
        Path file = desk.file(
                "t.csv",
                "text,kind\r\n\"" + long1
                        + "\"\"y\"\"\",\"a\"\r\n\"second \"\"q\"\"\",\r\nthird,\"c\nd\"\r\n,empty\r\nlast,\"e\"");
        SplitPlan whole = new SplitPlan.Random(new Seed(1), SplitPlan.Shares.USUAL);
        Dataset dataset = desk.imported(ImportOptions.of("t").withPlan(whole), file);
        assertThat(texts(dataset)).containsExactlyInAnyOrder(long1 + "\"y\"", "second \"q\"", "third", "last");
        assertThat(dataset.values("kind")).containsOnlyKeys("a", "c\nd", "e");
        assertThat(dataset.quarantined())
                .extracting(Quarantined::toString)
                .containsExactly(
                        file
                                + ":6 holds no text in its column \"text\". Leave it out, or choose another column with --text");
    }

    @Test
    void a_row_of_a_hundred_megabytes_is_left_out_and_the_next_is_read() throws IOException {
        for (String kind : List.of("csv", "jsonl")) {
            Path file = desk.folder().resolve("long." + kind);
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write(kind.equals("csv") ? "text,kind\nfirst,a\n\"" : "{\"text\": \"first\"}\n{\"text\": \"");
                String piece = "long ".repeat(1 << 18);
                for (int i = 0; i < (kind.equals("csv") ? 80 : 54); i++) {
                    out.write(piece);
                }
                out.write(kind.equals("csv") ? "\",b\nlast,c\n" : "\"}\n{\"text\": \"last\"}\n");
            }
            assertThat(Files.size(file)).isGreaterThan(kind.equals("csv") ? 100_000_000 : 70_000_000);
            Dataset dataset = desk.imported(ImportOptions.of(kind), file);
            assertThat(texts(dataset)).containsExactlyInAnyOrder("first", "last");
            assertThat(dataset.quarantined())
                    .singleElement()
                    .satisfies(row -> assertThat(row.toString())
                            .startsWith(file + " line " + (kind.equals("csv") ? 3 : 2))
                            .contains("longer than %d characters".formatted(TextLimit.CHARACTERS), "plit the record"));
        }
    }

    @Test
    void lines_in_another_encoding_than_the_others_are_left_out() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 1; i <= 9; i++) {
            Charset charset = i == 4 ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
            bytes.write("第%d行，这里是茶馆\n".formatted(i).getBytes(charset));
        }
        Path text = desk.folder().resolve("mixed.txt");
        Files.write(text, bytes.toByteArray());
        Dataset dataset = desk.imported(ImportOptions.of("mixed").withUnit(ImportOptions.Unit.LINE), text);
        assertThat(texts(dataset)).hasSize(8).contains("第3行，这里是茶馆", "第5行，这里是茶馆");
        assertThat(dataset.quarantined().getFirst().toString())
                .startsWith(text + " line 4 is not UTF-8 (which its beginning looks like) at character 1")
                .contains("Write that line in the encoding of the others");

        Path table = desk.folder().resolve("mixed.csv");
        Files.write(
                table, ("text\n" + bytes.toString(StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lines(desk.imported(ImportOptions.of("table"), table))).containsExactly(5L);
    }

    @Test
    void nul_bytes_spoil_their_row_and_a_byte_order_mark_spoils_nothing() throws IOException {
        Path table = desk.file("t.csv", "\ufefftext,kind\none,a\ntw\0o,b\nthree,c\n");
        Dataset dataset = desk.imported(ImportOptions.of("nul").withColumns("text", "", List.of()), table);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("one", "three");
        assertThat(dataset.quarantined().getFirst().toString())
                .startsWith(table + " line 3 holds a NUL byte at character 3. Take it out");
    }

    @Test
    void columns_of_the_same_name_are_all_kept_and_told() throws IOException {
        Path table = desk.file("t.csv", "text,kind,Kind,,kind\none,a,b,c,d\n");
        Dataset dataset = desk.imported(ImportOptions.of("twice"), table);
        assertThat(dataset.manifest().fields()).containsExactly("kind", "Kind_2", "column_4", "kind_3");
        assertThat(dataset.values("kind_3")).containsOnlyKeys("d");
        assertThat(dataset.notes().getFirst())
                .isEqualTo(
                        table
                                + ": column 3 is called \"Kind_2\" here, since its name is \"Kind\", which is there already; --map gives it another");
    }

    @Test
    void of_ten_thousand_columns_some_must_be_chosen() throws IOException {
        String names = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String values = IntStream.range(0, 10_000).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        Path table = desk.file("wide.csv", "text," + names + "\none," + values + "\ntwo," + values + "\n");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("wide"), table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there are 10000 columns beside the text, and a dataset has at most 1000 fields: choose some with --attributes");
        Dataset dataset =
                desk.imported(ImportOptions.of("wide").withColumns("text", "", List.of("c7", "c9999")), table);
        assertThat(dataset.values("c9999")).containsEntry("v9999", 2L);
    }

    @Test
    void columns_are_renamed_and_a_misspelt_one_is_refused() throws IOException {
        Path table = desk.file("t.csv", "note,wording,kind\nx,first,tea\n");
        LinkedHashMap<String, String> names = new LinkedHashMap<>();
        names.put("wording", "text");
        names.put("note", "remark");
        Dataset dataset = desk.imported(ImportOptions.of("t").withRenamed(names), table);
        assertThat(texts(dataset)).containsExactly("first");
        assertThat(dataset.manifest().fields()).containsExactly("remark", "kind");
        names.put("knd", "sort");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("t").withRenamed(names), table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "--map knd=sort: there is no column \"knd\" (did you mean \"kind\"?); there are remark, text, kind");
        names.remove("knd");
        names.put("kind", "text");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("t").withRenamed(names), table))
                .hasMessage("--map: there would be two columns \"text\": give one of them another name");
    }

    @Test
    void what_was_renamed_is_said_before_and_beside_what_it_leads_to() throws IOException {
        Path table = desk.file("t.csv", "body,other\nthis is the text of it,that is some more text\n");
        LinkedHashMap<String, String> names = new LinkedHashMap<>();
        names.put("boddy", "text");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("t").withRenamed(names), table))
                .hasMessage(
                        "--map boddy=text: there is no column \"boddy\" (did you mean \"body\"?); there are body, other");
        names.clear();
        names.put("body", "y");
        ImportOptions renamed = ImportOptions.of("t").withRenamed(names);
        assertThatThrownBy(() -> desk.imported(renamed, table))
                .hasMessage(
                        table
                                + ": which column is the text? There are y, other: choose one with --text (\"body\", which is called \"y\" by --map: --text y), or read rows without a text with --table");
        assertThatThrownBy(() -> desk.imported(renamed.withColumns("body", "", List.of()), table))
                .hasMessage(table + " has no column \"body\", which --map calls \"y\"; it has y, other");
    }

    @Test
    void broken_json_is_left_out_with_line_and_column() throws IOException {
        Path lines = desk.file("t.jsonl", "{\"text\": \"one\"}\n{\"text\": \"tw\n[1]\n\n{\"text\": \"three\"}\n");
        Dataset dataset = desk.imported(ImportOptions.of("lines"), lines);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("one", "three");
        assertThat(dataset.quarantined())
                .extracting(row -> "%d/%d %s".formatted(row.line(), row.column(), row.reason()))
                .satisfiesExactly(
                        broken -> assertThat(broken).startsWith("2/13 has broken JSON: Unexpected end-of-input"),
                        array -> assertThat(array).isEqualTo("3/0 has no JSON object but ARRAY"));
        Path array = desk.file("t.json", "[{\"text\": \"one\"},\n 7,\n{\"text\": \"two\"}]");
        Dataset listed = desk.imported(ImportOptions.of("array"), array);
        assertThat(texts(listed)).containsExactlyInAnyOrder("one", "two");
        assertThat(lines(listed)).containsExactly(2L);
        Path broken = desk.file("broken.json", "[{\"text\": \"one\"},\n{\"text\" \"three\"}]");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("broken"), broken))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(broken + " line 2 column 9 is not JSON")
                .hasMessageEndingWith("Mend it there");
    }

    @Test
    void half_a_character_is_left_out_and_both_halves_are_one() throws IOException {
        Path lines = desk.file(
                "t.jsonl",
                "{\"text\": \"bad \\ud83c cup\"}\n{\"text\": \"tea \\ud83c\\udf75\"}\n{\"text\": \"\\\\ud83c\"}\n");
        Dataset dataset = desk.imported(ImportOptions.of("lines"), lines);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("tea 🍵", "\\ud83c");
        assertThat(dataset.quarantined().getFirst().toString())
                .startsWith(lines + " line 1 has half of a character in \"text\"")
                .contains("Write both halves, as \\ud83c\\udf75");
        Path array = desk.file("t.json", "[{\"text\": \"bad \\udf75\"}, {\"text\": \"good\"}]");
        assertThat(texts(desk.imported(ImportOptions.of("array"), array))).containsExactly("good");
    }

    @Test
    void a_bad_row_that_is_cut_inside_a_character_can_be_written() throws IOException {
        StringBuilder rows = new StringBuilder("{\"text\": \"good\"}\n");
        for (int before = 0; before < 2; before++) {
            rows.append("{").append(" ".repeat(before)).append("🍵".repeat(500)).append("\n");
        }
        Dataset dataset = desk.imported(ImportOptions.of("cut"), desk.file("t.jsonl", rows.toString()));
        assertThat(dataset.quarantined()).hasSize(2);
    }

    @Test
    void json_nested_without_end_is_left_out() throws IOException {
        String deep = "{\"text\": \"deep\", \"a\": " + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        Dataset dataset =
                desk.imported(ImportOptions.of("deep"), desk.file("t.jsonl", deep + "\n{\"text\": \"flat\"}\n"));
        assertThat(texts(dataset)).containsExactly("flat");
        assertThat(dataset.quarantined().getFirst().reason()).startsWith("has broken JSON: Document nesting depth");
        Path array = desk.file("t.json", "[".repeat(20_000));
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("array"), array))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(array + " ")
                .hasMessageContaining("is not JSON: Document nesting depth");
    }

    @Test
    void a_pipe_or_a_device_is_refused_instead_of_waited_for() {
        Path device = Path.of("/dev/null");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("null"), device))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("/dev/null is no file but a pipe or a device");
    }

    @Test
    void a_key_that_comes_late_is_told() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1200; i++) {
            rows.append("{\"text\": \"t%d\"%s%s}\n"
                    .formatted(i, i == 900 ? ", \"early\": \"x\"" : "", i == 1100 ? ", \"late\": \"y\"" : ""));
        }
        Dataset dataset = desk.imported(ImportOptions.of("late"), desk.file("late.jsonl", rows.toString()));
        assertThat(dataset.manifest().fields()).containsExactly("early");
        assertThat(dataset.notes())
                .containsExactly(
                        "the column \"late\" is in none of the first 1000 records of its file and was not kept; 1 record has it. Sort the file so that a record with it comes first");
    }

    @Test
    void of_several_files_a_broken_one_stops_nothing() throws IOException {
        Path good = desk.file("a.csv", "text\none\n");
        Path binary = Files.write(desk.folder().resolve("b.txt"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
        Path empty = desk.file("c.jsonl", "");
        Path packed = desk.file("d.csv.gz", "no gz");
        Dataset dataset = desk.imported(ImportOptions.of("several"), good, binary, empty, packed);
        assertThat(texts(dataset)).containsExactly("one");
        assertThat(dataset.quarantined())
                .extracting(Quarantined::file)
                .containsExactly(binary.toString(), empty.toString(), packed.toString());
        assertThat(dataset.quarantined().getFirst().reason()).startsWith("is no text: byte 0 is 0x00");
    }

    @Test
    void a_look_tells_encoding_delimiter_and_columns_and_writes_nothing() throws IOException {
        Path table = desk.folder().resolve("t.csv");
        Files.write(table, "评论;content\n好喝的龙井茶;茶馆里的热水\n".getBytes(Charset.forName("GB18030")));
        Findings found = Importer.look(ImportOptions.of("look"), List.of(table));
        assertThat(found.files()).singleElement().satisfies(source -> {
            assertThat(source.traits()).containsExactly("GB18030", "delimiter ;");
            assertThat(source.text()).isEqualTo("content");
            assertThat(source.columns()).containsEntry("评论", "好喝的龙井茶");
        });
        assertThat(desk.datasets().names()).isEmpty();
        Path text = Files.write(desk.folder().resolve("t.txt"), "茶馆里的热水\n".getBytes(Charset.forName("GB18030")));
        assertThat(Importer.look(ImportOptions.of("look"), List.of(text)).files())
                .singleElement()
                .satisfies(source -> assertThat(source.traits()).containsExactly("text", "GB18030"));
    }
}
