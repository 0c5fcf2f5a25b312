package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenPicturesTest {
    private final PictureDesk pictures;
    private final Desk desk;

    BrokenPicturesTest(@TempDir Path folder) {
        pictures = new PictureDesk(folder);
        desk = pictures.desk();
    }

    @Test
    void broken_pictures_go_to_quarantine_and_stop_nothing() throws IOException {
        pictures.file("good/1.png", PictureDesk.png(1));
        pictures.file("good/jpeg-called.txt.png", PictureDesk.png(2));
        Path cut = pictures.file("good/cut.png", Arrays.copyOf(PictureDesk.png(3), 40));
        Path text = pictures.file("good/text.png", "these are words");
        Path empty = pictures.file("good/empty.gif", new byte[0]);
        pictures.file("other/4.png", PictureDesk.png(4));
        Dataset dataset = pictures.run(pictures.in());
        assertThat(samples(dataset)).hasSize(3);
        assertThat(dataset.quarantined().stream().map(Quarantined::file))
                .containsExactly(cut.toString(), empty.toString(), text.toString());
        assertThat(dataset.quarantined().getLast())
                .isEqualTo(new Quarantined(
                        text.toString(),
                        "is no picture that can be read: it is text",
                        "Expected PNG, JPEG, GIF, BMP or WebP: convert it to one of these, or leave it out"));
        assertThat(Files.readString(dataset.folder().resolve("report.json"))).contains("\"quarantined\" : 3");
        assertThat(dataset.notes().getFirst())
                .startsWith("3 of 6 pictures cannot be used and were left out, with the reason in quarantine.jsonl");
    }

    @Test
    void a_row_that_names_no_file_goes_to_quarantine_with_its_line() throws IOException {
        pictures.file("1.png", PictureDesk.png(1));
        pictures.file("a/2.png", PictureDesk.png(2));
        pictures.file("b/2.png", PictureDesk.png(3));
        Path table = pictures.file("metadata.csv", "file_name,text\n1.png,one\n9.png,nine\n,none\nc/../2.png,two\n");
        Dataset dataset = pictures.run(pictures.in());
        assertThat(dataset.quarantined().stream().map(Quarantined::toString))
                .containsExactly(
                        table + ":3 names \"9.png\", which is not there. Add the file, or delete the row",
                        table + ":4 names no file. Write the file's name there, or delete the row",
                        table + ":5 names \"c/../2.png\", which is not there. Add the file, or delete the row");
    }

    @Test
    void a_name_that_several_files_have_is_not_guessed() throws IOException {
        pictures.file("a/2.png", PictureDesk.png(2));
        pictures.file("b/2.png", PictureDesk.png(3));
        pictures.file("c/1.png", PictureDesk.png(1));
        pictures.file("metadata.csv", "file_name,text\n1.png,one\n2.png,two\n");
        assertThat(pictures.run(pictures.in()).quarantined())
                .singleElement()
                .asString()
                .contains("\"2.png\", which 2 files are");
    }

    private void refused(Path source, String... words) {
        assertThatThrownBy(() -> pictures.run(source))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(words);
        assertThat(desk.datasets().versions("p")).isEmpty();
    }

    @Test
    void nothing_but_broken_pictures_is_refused_and_leaves_nothing() throws IOException {
        Path one = pictures.file("1.png", "words");
        refused(one, one + " is no picture that can be read: it is text. Expected PNG");
        pictures.file("2.png", "words");
        refused(pictures.in(), "none of the 2 pictures can be used; the first: " + one + " is no picture");
    }

    @Test
    void idx_files_that_lie_are_refused() throws IOException {
        Path bomb = pictures.file("bomb-images-idx3-ubyte", PictureDesk.idx(0x803, new int[] {1, 100_000, 100_000}));
        refused(bomb, "claims 1 pictures of 100000 x 100000: expected at least one, of at most 4096 x 4096");
        Path cut = pictures.file("cut-images-idx3-ubyte", PictureDesk.idx(0x803, new int[] {3, 1, 2}, 1, 2, 3));
        refused(cut, "breaks off in picture 1 of 3: fetch it again");
        Path other = pictures.file("other-images-idx3-ubyte", PictureDesk.idx(0x802, new int[] {3, 1, 2}, 1, 2, 3));
        refused(other, "begins with 00000802: expected 00000803");
        Path few = pictures.file("few-images-idx3-ubyte", PictureDesk.idx(0x803, new int[] {1, 1, 1}, 1));
        pictures.file("few-labels-idx1-ubyte", PictureDesk.idx(0x801, new int[] {2}, 1, 2));
        refused(few, "has 2 labels and", "has 1 picture: fetch both again");
    }

    @Test
    void a_cifar_file_that_breaks_off_is_refused() throws IOException {
        refused(
                pictures.file("test_batch.bin", new byte[4000]),
                "breaks off in picture 1: expected 3073 bytes for each");
    }

    @Test
    void a_zip_that_points_outside_or_unfolds_beyond_belief_is_refused() throws IOException {
        refused(
                pictures.zip("evil.zip", Map.of("../1.png", PictureDesk.png(1))),
                "\"../1.png\", which points outside of the archive");
        refused(pictures.file("broken.zip", "text"), "broken.zip is no zip, or a broken one", "Fetch or pack it again");
        byte[] zeros = new byte[40 << 20];
        refused(pictures.zip("bomb.zip", Map.of("1.png", zeros)), "it looks like a zip bomb");
    }

    @Test
    void a_table_called_metadata_that_names_nothing_is_refused() throws IOException {
        pictures.file("1.png", PictureDesk.png(1));
        pictures.file("metadata.csv", "name,text\nx,one\n");
        refused(
                pictures.in(),
                "metadata.csv names no file that is there: expected a column file_name",
                "it has name, text");
    }

    @Test
    void a_column_that_is_not_there_is_answered_with_those_that_are() throws IOException {
        pictures.file("1.png", PictureDesk.png(1));
        pictures.file("metadata.csv", "file_name,captoin,kind\n1.png,one,x\n");
        assertThatThrownBy(
                        () -> desk.imported(ImportOptions.of("p").withColumns("caption", "", List.of()), pictures.in()))
                .hasMessage("there is no column \"caption\" (did you mean \"captoin\"?); there are captoin, kind");
    }

    @Test
    void a_column_with_the_name_of_the_picture_column_is_refused() throws IOException {
        pictures.file("1.png", PictureDesk.png(1));
        pictures.file("metadata.csv", "file_name,Image\n1.png,one\n");
        refused(pictures.in(), "the column \"Image\" has a name that every dataset uses itself");
    }
}
