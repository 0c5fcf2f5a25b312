package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static dev.athanor.data.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadsheetTest {
    private final Desk desk;

    SpreadsheetTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    @Test
    void a_spreadsheet_of_another_program_is_what_it_shows() throws IOException {
        Dataset dataset = desk.imported(ImportOptions.of("sheet"), desk.golden("tea.xlsx"));
        assertThat(texts(dataset)).containsExactly("Fragrant & light", "茶香很浓\n第二行", "No stars");
        assertThat(samples(dataset).get(0).fields())
                .containsEntry("stars", "5")
                .containsEntry("bought", "2026-03-01")
                .containsEntry("paid", "12.5")
                .containsEntry("share", "0.25")
                .containsEntry("regular", "TRUE");
        assertThat(samples(dataset).get(1).fields())
                .containsEntry("bought", "2026-03-02T14:30")
                .containsEntry("paid", "1234567.891");
        assertThat(samples(dataset).get(2).fields()).containsOnlyKeys("share");
        assertThat(samples(dataset).get(2).origin()).isEqualTo(desk.folder().resolve("tea.xlsx") + "!reviews:5");
        assertThat(dataset.quarantined())
                .extracting(Quarantined::file, Quarantined::reason)
                .containsExactly(
                        tuple(
                                desk.folder().resolve("tea.xlsx") + "!notes",
                                "holds no text: it is empty, or its text column is. Leave it out, or choose the column with --text"));
    }

    @Test
    void each_sheet_that_people_see_is_a_table_with_a_name_of_its_own() throws IOException {
        Path book = desk.golden("book.xlsx");
        Dataset dataset = desk.imported(ImportOptions.of("book").withPlan(new SplitPlan.Given()), book);
        assertThat(samples(dataset))
                .extracting(Sample::text, Sample::origin)
                .containsExactly(
                        tuple("Good tea", book + "!train:2"),
                        tuple("Too bitter", book + "!train:3"),
                        tuple("茶很香", book + "!test:2"));
        assertThat(dataset.count(Split.TRAIN)).isEqualTo(2);
        assertThat(dataset.count(Split.TEST)).isEqualTo(1);
        assertThat(dataset.manifest().fields()).containsExactly("stars", "town");
        assertThat(dataset.notes())
                .containsExactly(
                        book + ": the sheet \"old\" is hidden and is left out; --sheet \"old\" reads it alone");
        assertThat(dataset.quarantined()).isEmpty();
        assertThat(dataset.report().path("samples").path(book + "!train").asInt())
                .isEqualTo(2);
    }

    @Test
    void one_sheet_can_be_chosen_also_a_hidden_one() throws IOException {
        Path book = desk.golden("book.xlsx");
        ImportOptions options = ImportOptions.of("old");
        assertThat(texts(desk.imported(options.withSheet("old"), book))).containsExactly("Hidden words");
        assertThatThrownBy(() -> desk.imported(options.withSheet("tset"), book))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(book
                        + " has no sheet \"tset\" (did you mean \"test\"?); it has train, test, empty, old, chart");
        Path csv = desk.file("a.csv", "text\na\n");
        assertThatThrownBy(() -> desk.imported(options.withSheet("test"), csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--sheet test: none of the files is a spreadsheet (.xlsx): leave it out");
    }

    @Test
    void a_book_beside_others_in_an_archive_is_read_sheet_by_sheet_and_a_broken_one_costs_itself() throws IOException {
        Path archive = desk.folder().resolve("books.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("broken.xlsx"));
            zip.write("no book".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("book.xlsx"));
            Files.copy(desk.golden("book.xlsx"), zip);
        }
        Dataset dataset = desk.imported(ImportOptions.of("books").withPlan(new SplitPlan.Given()), archive);
        assertThat(samples(dataset))
                .extracting(Sample::origin, sample -> sample.fields().get("stars"))
                .contains(tuple(archive + "/book.xlsx!train:2", "5"), tuple(archive + "/book.xlsx!test:2", "4"));
        assertThat(dataset.quarantined()).extracting(Quarantined::file).containsExactly(archive + "/broken.xlsx");
    }
}
