package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are not what their name or `--as` says.
class WrongKindTest {
    private final Desk desk;

    WrongKindTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private static byte[] png() {
        byte[] pixels = new byte[6];
        Arrays.fill(pixels, (byte) 90);
        return Png.write(new Image(3, 2, 1, pixels));
    }

    private Dataset run(String as, Path file) {
        return desk.imported(ImportOptions.of("t").withAs(as), file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parquet|is no Parquet file: it does not begin with PAR1. Fetch it again, or say with --as what it is",
                "xlsx|is no spreadsheet: it is no zip, as every .xlsx is. Save it again as .xlsx, or say with --as what it is",
                "docx|is no Word document: it is no zip, as every .docx is. Save it again as .docx, or say with --as",
                "pdf|is no PDF: it does not begin with %PDF. Open it in a PDF program and save it again, or say with --as",
                "conll|line 1 begins a sentence whose first line has nothing beside its token. Expected on each line a token",
                "json|line 1 column 1 is not JSON: Unrecognized token 'text'",
                "jsonl|3 rows are wrong, the first: FILE line 1, column 1, has broken JSON",
            })
    void a_table_of_commas_said_to_be_something_else_is_refused_by_what_it_is_not(String as, String words)
            throws IOException {
        Path file = desk.file("a.csv", "text,label\ngood-tea,x\nfine-tea,y\n");
        assertThatThrownBy(() -> run(as, file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(words.replace("FILE", file.toString()));
        assertThat(desk.datasets().versions("t")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PAR1|is no text but Parquet, as its first bytes say. Read it with --as parquet",
                "PK\\3\\4|is no text but a zip or an Office file, as its first bytes say. Call it .zip, .xlsx or .docx",
                "\\37\\213|is no text but packed with gzip, as its first bytes say. Call it .gz, or unpack it",
                "\\320\\317\\21\\340|is no text but an old or locked Office file",
                "other|is no text: byte 5 is 0x00, a control byte. Expected a text file",
            })
    void bytes_that_are_no_text_are_named_by_their_first(String first, String words) throws IOException {
        String bytes = first.translateEscapes() + "\0\1\2".repeat(40);
        for (String kind : List.of("csv", "jsonl", "txt")) {
            Path file = Files.writeString(desk.folder().resolve("a." + kind), bytes, StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> run("", file)).hasMessageContaining(file + " " + words);
        }
    }

    @Test
    void bytes_are_no_web_page() throws IOException {
        Path file = desk.file("a.html", "PAR1\0\1");
        assertThatThrownBy(() -> run("", file))
                .hasMessage(
                        file
                                + " is no web page: byte 4 is 0x00, a control byte. Save the page again as HTML, or say with --as what it is");
    }

    @Test
    void a_parquet_that_breaks_off_is_told_from_what_is_none() throws IOException {
        Path file = desk.file("a.parquet", "PAR1 and no more");
        assertThatThrownBy(() -> run("", file))
                .hasMessage(
                        file
                                + " is a Parquet file that breaks off: it does not end with PAR1. Fetch or write it again, or leave it out");
    }

    @Test
    void packed_is_no_kind_of_its_own() throws IOException {
        Path file = desk.file("a.csv", "text\ntea\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("zip", file))
                .withMessageStartingWith(
                        "--as zip: what is packed is unpacked by itself where its name ends in .zip: say of what kind the files in it are, one of txt, csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("cvs", file))
                .withMessageContaining("there is no such kind of file (did you mean \"csv\"?)");
    }

    @Test
    void objects_on_lines_called_json_are_read_as_such() throws IOException {
        Path lines =
                desk.file("a.json", "\ufeff{\"text\":\"one tea\",\"tags\":[\"a\"]}\r\n\r\n{\"text\":\"two teas\"}\r\n");
        Dataset dataset = run("", lines);
        assertThat(Arrays.stream(Split.values()).mapToLong(dataset::count).sum())
                .isEqualTo(2);
        assertThat(dataset.manifest().fields()).containsExactly("tags");
        Path one = desk.file("b.json", "{\"text\":\"one tea\"}\n");
        assertThatThrownBy(() -> run("", one))
                .hasMessage(
                        one
                                + " holds no JSON array: expected an array of objects, or an object with one. Where each line is an object, read it with --as jsonl");
        assertThat(run("jsonl", one).count(Split.TRAIN)).isEqualTo(1);
    }

    @Test
    void what_an_archive_holds_alone_is_not_said_to_have_others() throws IOException {
        Path zip = desk.folder().resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a.pdf"));
            out.write("no pdf".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> run("", zip))
                .hasMessage(
                        zip
                                + "/a.pdf is no PDF: it does not begin with %PDF. Open it in a PDF program and save it again, or say with --as what it is");
    }

    // ------------------------------------------------------------------------------------------- broken among others

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad.zip|is no zip, or a broken one: zip END header not found. Fetch or pack it again",
                "bad.parquet|is no Parquet file: it does not begin with PAR1. Fetch it again"
            })
    void a_broken_archive_beside_pictures_is_left_out_with_its_reason(String name, String words) throws IOException {
        Path pictures = Files.createDirectories(desk.folder().resolve("pictures"));
        Files.write(pictures.resolve("a.png"), png());
        Path broken = Files.writeString(pictures.resolve(name), "text");
        ImportOptions options = ImportOptions.of("t");
        assertThat(Importer.look(options, List.of(pictures)).notes())
                .anySatisfy(note -> assertThat(note).startsWith("an import leaves this out: " + broken + " " + words));
        Dataset dataset = run("", pictures);
        assertThat(dataset.count(Split.TRAIN)).isEqualTo(1);
        assertThat(dataset.quarantined()).singleElement().satisfies(left -> {
            assertThat(left.file()).isEqualTo(broken.toString());
            assertThat(left.reason()).startsWith(words);
            assertThat(left.remedy()).isEqualTo("The other files were read without it");
        });
        assertThat(dataset.notes().toString()).contains("left out, with the others that cannot be used in");
        assertThatThrownBy(() -> Importer.run(
                        desk.datasets(), options.withBadRows(ImportOptions.BadRows.REFUSE), List.of(pictures)))
                .hasMessageStartingWith(broken + " " + words);
    }

    @ParameterizedTest
    @CsvSource({"bad.zip,holds nothing to read", "bad.parquet,is no Parquet file"})
    void a_broken_file_beside_texts_is_left_out_with_its_reason(String name, String words) throws IOException {
        Path texts = Files.createDirectories(desk.folder().resolve("texts"));
        Files.writeString(texts.resolve("a.csv"), "text\nGood tea\n");
        Path broken = Files.writeString(texts.resolve(name), "text");
        assertThat(Importer.look(ImportOptions.of("t"), List.of(texts)).notes().toString())
                .contains("an import leaves this out: " + broken + " " + words);
        Dataset dataset = run("", texts);
        assertThat(dataset.count(Split.TRAIN)).isEqualTo(1);
        assertThat(dataset.quarantined()).extracting(Quarantined::file).containsExactly(broken.toString());
    }
}
