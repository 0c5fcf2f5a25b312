package dev.athanor.data;

import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
    private final Desk desk;

    ImporterTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private void nothing_is_left_of(String name) {
        assertThat(desk.datasets().versions(name)).isEmpty();
        try (Stream<Path> left = Files.walk(desk.datasets().workspace().datasets())) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith(".tmp-")))
                    .isEmpty();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    // ------------------------------------------------------------------------------------------------- what works

    @Test
    void one_long_text_is_cut_by_position_and_nothing_is_lost() throws IOException {
        String text = "To be, or not to be.\n\n".repeat(100);
        Dataset dataset =
                desk.imported(ImportOptions.of("play").withUnit(ImportOptions.Unit.FILE), desk.file("play.txt", text));
        List<String> parts = new ArrayList<>();
        for (Split split : Split.values()) {
            parts.addAll(texts(dataset, split));
        }
        assertThat(parts).hasSize(3);
        assertThat(String.join("", parts).strip()).isEqualTo(text.strip());
        assertThat(parts.getFirst().length()).isBetween(1750, 1770);
    }

    @Test
    void the_same_sample_stays_in_its_split_when_others_come() throws IOException {
        StringBuilder few = new StringBuilder("text\n");
        for (int i = 0; i < 200; i++) {
            few.append("sample number ").append(i).append('\n');
        }
        ImportOptions options = ImportOptions.of("growing");
        List<String> before = texts(desk.imported(options, desk.file("few.csv", few.toString())), Split.TEST);
        for (int i = 200; i < 300; i++) {
            few.append("sample number ").append(i).append('\n');
        }
        Dataset grown = desk.imported(options, desk.file("more.csv", few.toString()));
        assertThat(grown.manifest().version()).isEqualTo(2);
        assertThat(texts(grown, Split.TEST)).containsAll(before);
        assertThat(before).hasSizeBetween(8, 35);
    }

    @Test
    void text_label_and_attributes_come_from_the_columns_that_are_named() throws IOException {
        Path table = desk.file("t.csv", "note,body,kind\nx,\"a, quoted\nline\",tea\ny,second,pot\n");
        Dataset dataset = desk.imported(ImportOptions.of("t").withColumns("body", "kind", List.of("note")), table);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("a, quoted\nline", "second");
        assertThat(dataset.manifest().fields()).containsExactlyInAnyOrder("kind", "note");
        assertThat(dataset.manifest().label()).isEqualTo("kind");
    }

    @Test
    void a_label_alone_leaves_out_no_other_column() throws IOException {
        Path table = desk.file("t.csv", "note,body,kind\nx,first,tea\ny,second,pot\n");
        Dataset dataset = desk.imported(ImportOptions.of("t").withColumns("body", "kind", List.of()), table);
        assertThat(dataset.manifest().fields()).containsExactlyInAnyOrder("kind", "note");
        assertThat(dataset.manifest().label()).isEqualTo("kind");
    }

    @Test
    void a_column_of_attributes_is_taken_apart() throws IOException {
        Path table = desk.file("e2e.csv", "mr,ref\n\"name[Blue Spice], food[Chinese]\",It is good.\n");
        Dataset dataset = desk.imported(
                ImportOptions.of("e2e").withColumns("ref", "", List.of()).withAttributesFrom("mr"), table);
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            assertThat(samples.findFirst().orElseThrow().fields())
                    .containsEntry("name", "Blue Spice")
                    .containsEntry("food", "Chinese");
        }
    }

    @Test
    void every_encoding_gives_the_same_text() throws IOException {
        String text = "茶馆里的热水已经烧好了，请坐。\n第二行也有一些汉字，让人认出编码。\n";
        for (String encoding : List.of("UTF-8", "GB18030", "UTF-16LE", "UTF-16BE")) {
            Path file = desk.folder().resolve(encoding + ".txt");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (encoding.startsWith("UTF-16")) {
                bytes.write("\uFEFF".getBytes(Charset.forName(encoding)));
            }
            bytes.write(text.getBytes(Charset.forName(encoding)));
            Files.write(file, bytes.toByteArray());
            Dataset dataset = desk.imported(ImportOptions.of(encoding).withUnit(ImportOptions.Unit.LINE), file);
            assertThat(texts(dataset)).as(encoding).containsExactlyInAnyOrder(text.split("\n"));
        }
    }

    @Test
    void gz_and_zip_and_json_are_read_like_the_plain_file() throws IOException {
        Path packed = desk.folder().resolve("a.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("{\"text\":\"one\"}\n{\"text\":\"two\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        Path zip = zip("b.zip", "inner/list.json", "[{\"text\":\"three\"}, {\"text\":\"four\"}]");
        Dataset dataset = desk.imported(ImportOptions.of("packed"), packed, zip);
        assertThat(texts(dataset)).containsExactlyInAnyOrder("one", "two", "three", "four");
    }

    @Test
    void one_line_is_a_dataset_of_one_sample() throws IOException {
        Dataset dataset = desk.imported(
                ImportOptions.of("line").withUnit(ImportOptions.Unit.LINE), desk.file("line.txt", "only one"));
        assertThat(texts(dataset)).isNotEmpty();
        assertThat(String.join("", texts(dataset))).isEqualTo("only one");
    }

    // ------------------------------------------------------------------------------------------- what is refused

    private void refused(ImportOptions options, Path source, String... words) {
        assertThatThrownBy(() -> desk.imported(options, source))
                .isInstanceOfAny(DataException.class, IllegalArgumentException.class)
                .hasMessageContainingAll(words);
        nothing_is_left_of(options.name());
    }

    @Test
    void an_empty_file_is_refused() throws IOException {
        refused(ImportOptions.of("empty"), desk.file("empty.txt", ""), "empty.txt", "holds no text", "Leave it out");
    }

    @Test
    void bytes_that_are_not_the_given_encoding_are_refused_with_their_place() throws IOException {
        Path file = desk.folder().resolve("latin.txt");
        Files.write(file, "caf\u00e9 au lait\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(
                ImportOptions.of("latin").withEncoding("UTF-8"),
                file,
                "latin.txt line 1 is not UTF-8",
                "give the right one with --encoding");
    }

    @Test
    void a_binary_file_named_txt_is_refused() throws IOException {
        byte[] bytes = new byte[4096];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 3));
        }
        Path file = desk.folder().resolve("photo.txt");
        Files.write(file, bytes);
        refused(ImportOptions.of("binary"), file, "photo.txt is no text: byte 0 is 0x00", "give it with --encoding");
    }

    @Test
    void ragged_rows_go_to_the_quarantine_or_end_the_import_on_request() throws IOException {
        Path file = desk.file("ragged.csv", "text,kind\none,a\ntwo\nthree,c,d\nfour,e\n");
        refused(
                ImportOptions.of("ragged").withBadRows(ImportOptions.BadRows.REFUSE),
                file,
                "ragged.csv line 3, column 2, has 1 field, and the header has 2 (text, kind)",
                "--bad-rows quarantine");
        Dataset kept = desk.imported(ImportOptions.of("ragged"), file);
        assertThat(texts(kept)).containsExactlyInAnyOrder("one", "four");
        assertThat(kept.quarantined())
                .containsExactly(
                        new Quarantined(
                                file.toString(),
                                3,
                                2,
                                "has 1 field, and the header has 2 (text, kind)",
                                "Mend the line: quote what holds the delimiter, or add what is missing",
                                "two\n"),
                        new Quarantined(
                                file.toString(),
                                4,
                                3,
                                "has 3 fields, and the header has 2 (text, kind)",
                                "Mend the line: quote what holds the delimiter, or add what is missing",
                                "three,c,d\n"));
        assertThat(kept.notes().getLast()).startsWith("2 of 4 rows were left out, with place, reason and remedy in");
    }

    @Test
    void a_missing_column_is_refused_with_the_columns_there_are() throws IOException {
        refused(
                ImportOptions.of("missing").withColumns("body", "", List.of()),
                desk.file("t.csv", "title,bdy\na,b\n"),
                "body",
                "title",
                "bdy");
    }

    @Test
    void json_that_breaks_off_is_refused_on_request() throws IOException {
        ImportOptions strict = ImportOptions.of("json").withBadRows(ImportOptions.BadRows.REFUSE);
        refused(strict, desk.file("t.jsonl", "{\"text\":\"one\"}\n{\"text\":\"tw"), "t.jsonl", "line 2");
    }

    @Test
    void a_gz_that_breaks_off_is_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 5000; i++) {
                out.write(("line " + i * 7919 + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Path file = desk.folder().resolve("cut.txt.gz");
        Files.write(file, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        refused(ImportOptions.of("cut"), file, "cut.txt.gz is packed but broken", "Fetch or pack it again");
    }

    @Test
    void a_zip_bomb_is_refused_before_it_is_unpacked() throws IOException {
        Path bomb = desk.folder().resolve("bomb.txt.gz");
        byte[] zeros = new byte[1 << 20];
        java.util.Arrays.fill(zeros, (byte) 'a');
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
        refused(ImportOptions.of("bomb"), bomb, "bomb.txt.gz", "zip bomb", "Unpack it yourself if you trust it");
    }

    @Test
    void a_zip_bomb_of_many_entries_is_refused_for_their_sum() throws IOException {
        byte[] zeros = new byte[12 << 20]; // each entry by itself is below the limit
        java.util.Arrays.fill(zeros, (byte) 'a');
        for (String kind : List.of("txt", "bin")) { // what is passed over is unfolded, too
            Path bomb = desk.folder().resolve("bomb-" + kind + ".zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
                for (int i = 0; i < 8; i++) {
                    out.putNextEntry(new ZipEntry("entry-" + i + "." + kind));
                    out.write(zeros);
                    out.closeEntry();
                }
            }
            refused(ImportOptions.of("bomb"), bomb, bomb.toString(), "zip bomb", "Unpack it yourself if you trust it");
        }
    }

    @Test
    void a_path_that_leaves_the_zip_is_refused() throws IOException {
        refused(
                ImportOptions.of("trick"),
                zip("trick.zip", "../../etc/evil.txt", "text"),
                "trick.zip",
                "evil.txt",
                "points outside of the archive",
                "do not trust this file");
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        refused(
                ImportOptions.of("absent"),
                desk.folder().resolve("absent.txt"),
                "absent.txt does not exist",
                "check the path");
    }

    @Test
    void a_column_that_every_dataset_uses_itself_is_refused() throws IOException {
        refused(
                ImportOptions.of("own"),
                desk.file("t.csv", "text,_origin\na,b\n"),
                "_origin",
                "rename",
                "--attributes");
    }

    private Path zip(String name, String entry, String content) throws IOException {
        Path zip = desk.folder().resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return zip;
    }
}
