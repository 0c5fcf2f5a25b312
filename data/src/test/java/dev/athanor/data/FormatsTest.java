package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each kind of file by what it becomes. Files beside `golden.py` were written by other programs.
class FormatsTest {
    private final Desk desk;

    FormatsTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private void refused(Path file, String... words) {
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("bad"), file))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(words);
        assertThat(desk.datasets().versions("bad")).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------- folders

    @Test
    void a_folder_of_files_with_names_of_their_own_is_read_as_it_is_said_to_be() throws IOException {
        Path set = Files.createDirectories(desk.folder().resolve("ner"));
        Files.writeString(set.resolve("README.md"), "# About\n\nTagged tokens.\n");
        Files.writeString(set.resolve("set.dev"), "Longjing B-TEA\nis O\n\n");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("bad"), set))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("holds nothing that is known by its name, but set.dev", "--as");
        assertThat(texts(desk.imported(ImportOptions.of("ner").withAs("conll"), set)))
                .containsExactly("Longjing is");
    }

    // ------------------------------------------------------------------------------------------------- json

    @Test
    void an_object_of_arrays_has_parts_and_an_array_of_values_is_a_record() throws IOException {
        Path file = desk.file(
                "intents.json",
                "{\"test\": [[\"hi\", \"greet\"]], \"about\": {\"x\": [1]}, \"oos\": [[\"so\", \"none\"]]}");
        List<Sample> samples = samples(
                desk.imported(ImportOptions.of("t").withColumns("column_1", "column_2", List.of("part")), file));
        assertThat(samples).extracting(Sample::text).containsExactly("hi", "so");
        assertThat(samples)
                .extracting(Sample::fields)
                .containsExactly(
                        new java.util.LinkedHashMap<>(java.util.Map.of("column_2", "greet", "part", "test")),
                        new java.util.LinkedHashMap<>(java.util.Map.of("column_2", "none", "part", "oos")));
    }

    @Test
    void the_only_array_of_an_object_is_no_part() throws IOException {
        Path file = desk.file("t.json", "{\"version\": 2, \"data\": [{\"text\": \"hi\"}]}");
        assertThat(samples(desk.imported(ImportOptions.of("t"), file))
                        .getFirst()
                        .fields())
                .isEmpty();
    }

    // ------------------------------------------------------------------------------------------------- tagged tokens

    @Test
    void tagged_tokens_become_sentences_whatever_the_file_is_called() throws IOException {
        Path file = desk.file("ner.txt", """
                -DOCSTART- -X- O O

                Silicium NNP - I-ORG
                de IN - I-ORG
                Provence NNP - I-ORG

                It PRP - O
                paid VBD - O
                """);
        Dataset dataset = desk.imported(ImportOptions.of("ner"), file);
        assertThat(texts(dataset)).containsExactly("Silicium de Provence", "It paid");
        assertThat(samples(dataset).getFirst().fields())
                .containsEntry("tokens", "[\"Silicium\",\"de\",\"Provence\"]")
                .containsEntry("tags", "[\"I-ORG\",\"I-ORG\",\"I-ORG\"]")
                .containsEntry("column_2", "[\"NNP\",\"IN\",\"NNP\"]");
        assertThat(samples(dataset).getFirst().origin()).isEqualTo(file + ":3");
    }

    @Test
    void chinese_tokens_have_no_blanks_between_and_lose_their_places() throws IOException {
        Path file = desk.file("weibo.train", "女0\tB-PER\n人1\tI-PER\n。0\tO\n\n在0\tO\nOK\tO\n\n坏0\tO\tO\n行0\tO\n");
        Dataset dataset = desk.imported(ImportOptions.of("weibo").withAs("conll"), file);
        assertThat(texts(dataset)).containsExactly("女人。", "在0 OK");
        assertThat(dataset.notes().getFirst()).contains("followed by its place in its word, which was taken off");
        assertThat(dataset.quarantined().getFirst().toString())
                .startsWith(file + " line 8 begins a sentence whose token 2 has 2 columns, and its first has 3. Mend");
    }

    // ------------------------------------------------------------------------------------------------- tables

    @Test
    void a_column_of_rec_bole_without_a_type_is_refused_as_rec_bole_does() throws IOException {
        Path bare = desk.file("bare.inter", "user_id:token,rating:float\nu1,3\n");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("t"), bare))
                .hasMessage(
                        bare
                                + " names a column \"user_id:token,rating:float\" without a type: expected between tabs names such as user_id:token, with token, float, token_seq or float_seq. Write the types there, or read it with --as tsv");
        Path whole = desk.file("whole.item", "item_id:token\tn:int\ni1\t3\n");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("t"), whole))
                .hasMessageContaining("a column \"n:int\" without a type");
        Path twice = desk.file("twice.user", "a:token\ta:float\nu1\t3\n");
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("t"), twice))
                .hasMessage(twice + " has two columns \"a\": give one of them another name");
        Path sequence = desk.file(
                "seq.item", "item_id:token\tgenre:token_seq\tvector:float_seq\ni1\tAnimation Comedy\t-1.5 2\n");
        assertThat(samples(desk.imported(ImportOptions.of("t"), sequence)))
                .extracting(Sample::textOrRow)
                .containsExactly("{\"genre\":\"Animation Comedy\",\"item_id\":\"i1\",\"vector\":\"-1.5 2\"}");
    }

    @Test
    void events_of_rec_bole_are_rows_without_the_types_of_their_columns() throws IOException {
        Path file = desk.file("ml.inter", "user_id:token\titem_id:token\trating:float\n196\t242\t3\n7\t9\t\"5\n");
        Dataset dataset = desk.imported(ImportOptions.of("events"), file);
        assertThat(dataset.kind()).isEqualTo(Kind.TABLE);
        assertThat(dataset.manifest().fields()).containsExactly("user_id", "item_id", "rating");
        assertThat(samples(dataset))
                .extracting(Sample::textOrRow)
                .containsExactlyInAnyOrder(
                        "{\"item_id\":\"242\",\"rating\":\"3\",\"user_id\":\"196\"}",
                        "{\"item_id\":\"9\",\"rating\":\"\\\"5\",\"user_id\":\"7\"}");
    }

    @Test
    void conversations_in_parquet_are_known_and_classes_have_their_names() throws IOException {
        Dataset dataset = desk.imported(ImportOptions.of("chat"), desk.golden("chat.parquet"));
        assertThat(texts(dataset))
                .containsExactly("user: Is it green?\nassistant: Yes.", "user: 多少钱？\nassistant: 八十八元。");
        assertThat(dataset.values("label")).containsOnlyKeys("colour", "price");
        Exporter.run(dataset, Exporter.Format.PARQUET, desk.folder().resolve("exported"));
        Dataset again = desk.imported(ImportOptions.of("again"), desk.folder().resolve("exported"));
        assertThat(texts(again)).containsExactlyInAnyOrderElementsOf(texts(dataset));
        assertThat(again.manifest().fields())
                .containsExactlyElementsOf(dataset.manifest().fields());
    }

    @Test
    void a_parquet_that_unfolds_beyond_belief_is_refused() throws IOException, SQLException {
        Path bomb = desk.folder().resolve("bomb.parquet");
        try (Connection connection = Tables.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("COPY (SELECT repeat('tea ', 2500) AS text FROM range(40000)) TO %s (FORMAT parquet)"
                    .formatted(Tables.literal(bomb)));
        }
        assertThat(Files.size(bomb)).isLessThan(60_000);
        refused(bomb, bomb + " unfolds to more than", "it looks like a zip bomb");
        refused(desk.file("no.parquet", "PAR1 not"), "is a Parquet file that breaks off", "Fetch or write it again");
    }

    // ------------------------------------------------------------------------------------------------- documents

    @Test
    void a_web_page_is_what_is_to_be_read_on_it() throws IOException {
        String page = """
                <html><head><meta charset="gb18030"><title>茶馆</title><style>p { color: red }</style>
                <script>alert("no")</script></head><body><h1>Tea  &amp;
                 water</h1><p>Green <b>tea</b>&nbsp;is<br>good.<p>绿茶
                <ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table>
                <noscript>no</noscript></body></html>
                """;
        Path file = Files.write(desk.folder().resolve("page.html"), page.getBytes(Charset.forName("GB18030")));
        assertThat(texts(desk.imported(ImportOptions.of("page"), file)))
                .containsExactly("茶馆\nTea & water\nGreen tea is\ngood.\n绿茶\none\ntwo\na\tb");
    }

    @Test
    void markdown_is_its_words() throws IOException {
        Path file = desk.file(
                "note.md",
                "---\ntags: [x]\n---\n# The *tea*\n\nSee [here](https://example.org) and `code`.\n\n- 绿茶\n- b\n");
        assertThat(texts(desk.imported(ImportOptions.of("note"), file)).getFirst())
                .contains("The tea", "code", "绿茶")
                .doesNotContain("#", "tags", "*tea*");
        assertThat(texts(desk.imported(ImportOptions.of("parts").withUnit(ImportOptions.Unit.PARAGRAPH), file)))
                .hasSize(3)
                .startsWith("The tea");
    }

    @Test
    void word_and_pdf_of_other_programs_give_their_text() throws IOException {
        assertThat(texts(desk.imported(ImportOptions.of("word"), desk.golden("tea.docx"))))
                .containsExactly("""
                        The tea shop
                        Green tea is steamed or roasted.
                        绿茶不发酵。
                        name \tprice
                        Longjing \t88""");
        assertThat(texts(desk.imported(ImportOptions.of("pdf"), desk.golden("tea.pdf"))))
                .containsExactly("Green tea is steamed or roasted.\n绿茶不发酵。\n\nThe second page.");
        refused(desk.golden("locked.pdf"), "locked.pdf is locked with a password", "Save it without one");
    }

    @Test
    void documents_that_are_broken_or_bombs_are_refused_with_words() throws IOException {
        refused(desk.file("a.pdf", "no pdf"), "a.pdf is no PDF: it does not begin with %PDF", "save it again");
        refused(desk.file("a.docx", "no docx"), "a.docx is no Word document", "Save it again as .docx");
        refused(desk.file("a.xlsx", "no xlsx"), "a.xlsx is no spreadsheet", "Save it again as .xlsx");
        Path bomb = desk.folder().resolve("bomb.docx");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            out.putNextEntry(new ZipEntry("word/document.xml"));
            out.write("<w:document xmlns:w='w'><w:t>".getBytes(StandardCharsets.UTF_8));
            byte[] piece = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 60; i++) {
                out.write(piece);
            }
            out.closeEntry();
        }
        refused(bomb, "bomb.docx unfolds to more than 400 times its size: it looks like a zip bomb");
        Path laughs = desk.folder().resolve("laughs.docx");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(laughs))) {
            out.putNextEntry(new ZipEntry("word/document.xml"));
            out.write(
                    "<!DOCTYPE d [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><d><t>&b;&f;</t></d>"
                            .getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        assertThatThrownBy(() -> desk.imported(ImportOptions.of("bad"), laughs))
                .isInstanceOf(DataException.class)
                .hasMessageNotContaining("root:");
    }

    private static byte[] pdf(String catalog, int pages, byte[] content) throws IOException {
        StringBuilder kids = new StringBuilder();
        StringBuilder objects = new StringBuilder();
        for (int page = 0; page < pages; page++) {
            kids.append(page + 10).append(" 0 R ");
            objects.append("%d 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R >> endobj\n".formatted(page + 10));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("""
                %%PDF-1.4
                1 0 obj << /Type /Catalog /Pages 2 0 R %s >> endobj
                2 0 obj << /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 300 300]
                  /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
                %s4 0 obj << /Length %d /Filter /FlateDecode >>
                stream
                """.formatted(catalog, kids, pages, objects, content.length).getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.write("\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static byte[] deflated(String instructions, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                out.write(instructions.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void a_pdf_with_a_script_is_only_read_too_many_pages_and_a_bomb_are_not() throws IOException {
        byte[] tea = deflated("BT /F1 12 Tf 20 200 Td (Just tea) Tj ET", 1);
        String script = "/OpenAction << /S /JavaScript /JS (app.alert\\('no'\\)) >>";
        Path scripted = Files.write(desk.folder().resolve("script.pdf"), pdf(script, 1, tea));
        assertThat(texts(desk.imported(ImportOptions.of("script"), scripted))).containsExactly("Just tea");
        refused(
                Files.write(desk.folder().resolve("long.pdf"), pdf("", 10_001, tea)),
                "long.pdf has 10001 pages, and at most 10000 are read",
                "Split it");
        byte[] bomb = deflated("q Q ".repeat(1 << 16), 300);
        refused(
                Files.write(desk.folder().resolve("bomb.pdf"), pdf("", 1, bomb)),
                "bomb.pdf has a page, number 1, that unfolds to more than 67108864 bytes");
    }

    // ------------------------------------------------------------------------------------------------- folders

    @Test
    void a_link_that_leads_out_of_a_folder_is_refused() throws IOException {
        Path inside = Files.createDirectories(desk.folder().resolve("inside"));
        Path secret = desk.file("secret.txt", "do not read");
        Files.writeString(inside.resolve("a.txt"), "read this");
        Files.createSymbolicLink(inside.resolve("b.txt"), inside.resolve("a.txt"));
        assertThat(texts(desk.imported(ImportOptions.of("links"), inside))).containsExactly("read this", "read this");
        Files.createSymbolicLink(inside.resolve("c.txt"), secret);
        refused(inside, inside.resolve("c.txt") + " is a link to", "outside of the folder", "delete the link");
    }

    @Test
    void a_folder_of_the_hub_is_read_as_its_readme_says() throws IOException {
        Path hub = Files.createDirectories(desk.folder().resolve("hub"));
        Files.createDirectories(hub.resolve("data"));
        Files.writeString(hub.resolve("README.md"), """
                ---
                license: mit
                configs:
                - config_name: default
                  data_files:
                  - split: train
                    path: data/first-*
                  - split: test
                    path: ["data/second.jsonl"]
                ---
                # About it
                """);
        Files.writeString(hub.resolve("data/first-0.jsonl"), "{\"text\": \"one\"}\n{\"text\": \"two\"}\n");
        Files.writeString(hub.resolve("data/second.jsonl"), "{\"text\": \"three\"}\n");
        Files.writeString(hub.resolve("data/other.jsonl"), "{\"text\": \"not named\"}\n");
        Dataset dataset = desk.imported(ImportOptions.of("hub").withPlan(new SplitPlan.Given()), hub);
        assertThat(texts(dataset)).containsExactly("one", "two", "three");
        assertThat(dataset.count(Split.TEST)).isEqualTo(1);
        assertThat(desk.imported(ImportOptions.of("hub"), hub).notes())
                .contains("files say which split they are: --split given keeps it");
        Files.delete(hub.resolve("data/second.jsonl"));
        refused(hub, "README.md names data/second.jsonl, and there is no such file");
    }

    @Test
    void a_readme_beside_data_is_no_data_and_alone_it_is() throws IOException {
        Path plain = Files.createDirectories(desk.folder().resolve("plain"));
        Files.writeString(plain.resolve("README.md"), "# About it\n");
        assertThat(texts(desk.imported(ImportOptions.of("readme"), plain))).containsExactly("About it");
        Files.writeString(plain.resolve("train.txt"), "a text");
        assertThat(texts(desk.imported(ImportOptions.of("readme"), plain))).containsExactly("a text");
    }
}
