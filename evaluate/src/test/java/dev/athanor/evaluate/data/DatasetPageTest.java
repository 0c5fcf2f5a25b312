package dev.athanor.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.SplitPlan;
import dev.athanor.data.Workspace;
import dev.athanor.evaluate.page.Block;
import dev.athanor.evaluate.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DatasetPageTest {
    @TempDir
    private Path folder;

    private Page page(String train, String test) throws IOException {
        Datasets datasets = new Datasets(Workspace.open(folder.resolve("workspace")));
        Path source = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(source.resolve("train.csv"), "text,kind\n" + train);
        Files.writeString(source.resolve("test.csv"), "text,kind\n" + test);
        Dataset dataset = Importer.run(
                datasets,
                ImportOptions.of("shop")
                        .withColumns("text", "kind", List.of())
                        .withPlan(new SplitPlan.Given())
                        .withLicence("our own"),
                List.of(source));
        return DatasetPage.of(datasets, dataset);
    }

    private static <T extends Block> List<T> blocks(Page page, Class<T> kind) {
        return page.blocks().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void of_a_table_it_says_what_the_columns_hold_and_shows_rows() throws IOException {
        Datasets datasets = new Datasets(Workspace.open(folder.resolve("workspace")));
        Path source = Files.writeString(
                folder.resolve("paid.csv"), "user,paid,day\nu1,1,2026-03-01\nu2,2,2026-03-03\nu1,4,2026-03-02\n");
        Dataset dataset = Importer.run(datasets, ImportOptions.of("paid"), List.of(source));
        Page page = DatasetPage.of(datasets, dataset);
        List<Block.Table> tables = blocks(page, Block.Table.class);
        assertThat(tables.get(0).rows())
                .containsExactly(
                        List.of("user", "words", "3", "2", "u1 (2)"),
                        List.of("paid", "numbers", "3", "3", ""),
                        List.of("day", "times", "3", "3", ""));
        assertThat(tables.get(1).rows())
                .containsExactly(
                        List.of("paid", "1", "1.5", "2", "3", "4"),
                        List.of(
                                "day",
                                "2026-03-01T00:00:00Z",
                                "2026-03-01T12:00:00Z",
                                "2026-03-02T00:00:00Z",
                                "2026-03-02T12:00:00Z",
                                "2026-03-03T00:00:00Z"));
        assertThat(tables.getLast().rows()).contains(List.of("paid.csv:3", "u2", "2", "2026-03-03"));
        assertThat(blocks(page, Block.Section.class))
                .extracting(Block.Section::heading)
                .contains("Columns", "Numbers and times")
                .doesNotContain("Lengths", "Writing");
    }

    @Test
    void it_says_how_much_how_long_in_which_writing_and_with_which_labels() throws IOException {
        Page page = page("green tea from the hills,tea\n红茶,tea\n壶,pot\n", "white tea,tea\n");
        assertThat(page.subtitle()).contains("divided given by the source", "licence: our own");
        assertThat(blocks(page, Block.Facts.class).getFirst().facts())
                .contains(new Block.Fact("train", "3", "27 characters"), new Block.Fact("test", "1", "9 characters"));
        List<Block.Bars> bars = blocks(page, Block.Bars.class);
        assertThat(bars.get(0).bars())
                .extracting(Block.Bar::label, Block.Bar::shown)
                .containsExactly(tuple("1 to 9", "3"), tuple("20 to 49", "1"));
        assertThat(bars.get(1).bars())
                .extracting(Block.Bar::label)
                .containsExactlyInAnyOrder("Chinese characters", "Latin letters");
        assertThat(bars.get(2).bars())
                .extracting(
                        Block.Bar::label, Block.Bar::value, bar -> bar.mark().orElseThrow())
                .containsExactly(tuple("tea", 2.0, 1.5), tuple("pot", 1.0, 1.5));
    }

    @Test
    void a_label_that_no_model_can_learn_is_pointed_out() throws IOException {
        Page page = page("green tea,tea\n", "red pot,pot\n");
        assertThat(blocks(page, Block.Notice.class).getFirst().text())
                .isEqualTo(
                        "No training sample has pot: a model is asked for what it never saw. Divide with --split stratified:kind.");
    }

    @Test
    void texts_of_any_origin_are_shown_and_never_run() throws IOException {
        assertThat(page("<script>alert(1)</script>,\"<b>\"\n", "x,y\n").toHtml())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void what_a_step_reported_is_told_whatever_it_was() {
        List<Block> told = Told.of("What was done", JsonMapper.shared().readTree("""
                        {"changed": 2, "badRows": 1, "dropped": {"too short": 3, "empty": 1},
                         "examples": [{"origin": "a.csv:2", "text": "green  tea"}],
                         "functions": [{"name": "cups", "accuracy": 0.31666666666666665}, {"name": "all", "accuracy": 1.0}],
                         "steps": [{"name": "length", "seen": 9, "reasons": {"too short": 3, "too long": 0}}],
                         "notes": ["all is well"]}
                        """));
        assertThat(told)
                .contains(new Block.Table(List.of("origin", "text"), List.of(List.of("a.csv:2", "green  tea"))))
                .contains(new Block.Table(
                        List.of("name", "accuracy"), List.of(List.of("cups", "0.3167"), List.of("all", "1"))))
                .contains(new Block.Text("all is well"))
                .anySatisfy(block -> assertThat(block)
                        .isInstanceOfSatisfying(
                                Block.Section.class,
                                section -> assertThat(section.heading()).isEqualTo("length: reasons")))
                .anySatisfy(block -> assertThat(block)
                        .isInstanceOfSatisfying(
                                Block.Bars.class,
                                bars -> assertThat(bars.bars())
                                        .extracting(Block.Bar::label)
                                        .containsExactly("changed", "bad rows")));
    }
}
