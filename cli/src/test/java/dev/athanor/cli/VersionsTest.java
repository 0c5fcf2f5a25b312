package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions that are compared, kept as long as somebody needs them, and then given back.
class VersionsTest {
    private Command command;

    @BeforeEach
    void importTwice(@TempDir Path folder) throws IOException {
        command = new Command(folder);
        Path first =
                command.file("a.csv", "text,kind\ngreen tea,tea\nblack  tea  ,tea\nblack  tea  ,tea\nred pot,pot\n");
        command.done("data", "import", first.toString(), "--name", "shop");
        command.done("data", "clean", "shop");
    }

    @Test
    void a_cleaned_version_is_compared_with_its_origin_row_by_row() {
        String out = command.done("data", "diff", "shop@1", "shop@2").out();
        assertThat(out)
                .contains(
                        "From shop@1 to shop@2, rows matched by id, since one was made of the other:",
                        "same  2",
                        "changed  1",
                        "removed  1",
                        "- black  tea  \n+ black  tea\n",
                        "a.csv:4");
    }

    @Test
    void another_import_is_compared_by_content() throws IOException {
        Path other = command.file("b.csv", "text,kind,price\nred pot,pot,3\nwhite tea,tea,4\n");
        command.done("data", "import", other.toString(), "--name", "other");
        String out = command.done("data", "diff", "shop@1", "other", "--json").out();
        assertThat(out)
                .contains("\"matching\" : \"content\"", "\"added\" : 1", "\"removed\" : 3", "+price")
                .containsPattern("\"(same|moved)\" : 1");
    }

    @Test
    void a_moved_row_says_from_where_to_where() {
        command.done("data", "split", "shop", "--split", "sequential", "--shares", "0.4/0.3/0.3");
        assertThat(command.done("data", "diff", "shop@2", "shop@3").out()).containsPattern("split: \\w+ → \\w+");
    }

    @Test
    void a_version_shows_what_it_was_made_of() {
        assertThat(command.done("data", "show", "shop").out()).contains("divided as in shop@1", "Made of: shop@1");
        command.done("data", "split", "shop");
        assertThat(command.done("data", "show", "shop").out()).contains("Made of: shop@2, that of shop@1");
    }

    @Test
    void a_version_that_a_model_names_is_deleted_by_force_alone() {
        needed("shop@1", "teas");
        Command.Answer refused = command.run("data", "delete", "shop");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "shop@1 is needed by model teas, whose lineage would lead to nothing: delete these first, or give --force");
        command.done("data", "delete", "shop@2");
        command.done("data", "delete", "shop", "--force");
        assertThat(command.run("data", "show", "shop").err()).contains("there is no dataset \"shop\"");
    }

    @Test
    void answers_of_people_are_deleted_by_force_alone() throws IOException {
        Path journal = command.workspace().resolve("datasets/shop/labels.jsonl");
        Files.writeString(journal, """
                {"field":"kind","act":"choices","labels":["tea","pot"]}
                {"field":"kind","sample":"s00000000","label":"tea","annotator":"ann","act":"label","dataset":"shop@1"}
                {"field":"kind","sample":"s00000001","label":"te""");
        Command.Answer refused = command.run("data", "delete", "shop");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "shop is there with 1 answer, the work of people, in " + journal,
                        "copy that file, or delete single versions (shop@1), which leaves it, or give --force");
        assertThat(command.done("data", "delete", "shop@1").out()).isEqualTo("Deleted shop@1\n");
        assertThat(journal).exists();
        assertThat(command.done("data", "delete", "shop", "--force").out())
                .isEqualTo("Deleted shop@2, and 1 answer of people\n");
        assertThat(journal).doesNotExist();
    }

    @Test
    void a_card_that_cannot_be_read_lets_nothing_be_deleted() {
        needed("shop@1", "teas");
        Durable.file(command.workspace().resolve("models/teas/card.json"), "{\"dataset\": ");
        assertThat(command.run("data", "gc").err())
                .contains("teas/card.json cannot be read, so it is not known which dataset it needs");
    }

    @Test
    void old_versions_that_nobody_needs_are_collected() {
        command.done("data", "clean", "shop");
        needed("shop@1", "teas");
        assertThat(command.done("data", "gc", "--dry-run").out())
                .contains("would delete shop@2", "Versions: 1, ", "would be freed");
        assertThat(command.done("data", "gc").out()).contains("deleted shop@2");
        assertThat(command.done("data", "show", "shop@1").code()).isZero();
        assertThat(command.done("data", "show", "shop@3").code()).isZero();
        assertThat(command.run("data", "show", "shop@2").err()).contains("has no version \"2\": there are 1, 3");
    }

    @Test
    void a_run_that_may_go_on_keeps_its_data() {
        Durable.file(
                command.workspace().resolve("runs/20260101-000000-names/run.json"),
                "{\"dataset\": \"shop@1\", \"state\": \"interrupted\"}");
        assertThat(command.run("data", "delete", "shop@1").err()).contains("needed by run 20260101-000000-names");
        Durable.file(
                command.workspace().resolve("runs/20260101-000000-names/run.json"),
                "{\"dataset\": \"shop@1\", \"state\": \"finished\"}");
        command.done("data", "delete", "shop@1");
    }

    @Test
    void a_damaged_version_hides_no_other_and_can_be_deleted_or_followed_by_the_next() throws IOException {
        Path file = command.file("b.csv", "text\nwhite tea\n");
        command.done("data", "import", file.toString(), "--name", "tea");
        Path manifest = command.workspace().resolve("datasets/shop/2/manifest.json");
        Files.writeString(manifest, "{\"name\": ");
        Files.createDirectories(command.workspace().resolve("datasets/no name of ours"));
        Files.createDirectories(command.workspace().resolve("datasets/tea/2")); // no version: it has no manifest
        Command.Answer list = command.done("data", "list");
        assertThat(list.out()).contains("tea@1").doesNotContain("shop");
        assertThat(list.err())
                .contains("The dataset shop is left aside: " + manifest + " cannot be read: Unexpected end-of-input")
                .contains("delete it (athanor data delete shop@2) and import the data again")
                .doesNotContain("REDACTED");
        assertThat(command.done("data", "gc").err()).contains("The dataset shop is left aside");
        assertThat(command.done("data", "import", file.toString(), "--name", "shop")
                        .out())
                .contains("Dataset shop@3");
        assertThat(command.done("data", "import", file.toString(), "--name", "tea")
                        .out())
                .contains("Dataset tea@3");
        assertThat(command.done("data", "delete", "shop@2").out()).isEqualTo("Deleted shop@2\n");
        assertThat(command.done("data", "list").out()).contains("shop@3", "tea@3");
        Files.writeString(command.workspace().resolve("datasets/shop/3/manifest.json"), "");
        assertThat(command.done("data", "delete", "shop").out()).isEqualTo("Deleted shop@1, shop@3\n");
    }

    @Test
    void a_split_that_leaves_nothing_to_measure_by_says_so() throws IOException {
        Path file = command.file("c.csv", "text,kind\n" + "white tea,tea\ngreen tea,tea\nblack tea,tea\n".repeat(3));
        command.done("data", "import", file.toString(), "--name", "teas");
        assertThat(command.done("data", "split", "teas", "--split", "group:kind")
                        .err())
                .contains("Nothing is in validation and test to measure by")
                .contains("Divide by another field, or by chance (--split random)");
        assertThat(command.done("data", "split", "teas", "--split", "sequential", "--shares", "1/0/0")
                        .err())
                .doesNotContain("Nothing is in");
    }

    @Test
    void a_number_that_a_deleted_version_had_is_not_given_again() throws IOException {
        Path file = command.file("b.csv", "text\nwhite tea\n");
        String[] imported = {"data", "import", file.toString(), "--name", "shop"};
        command.done("data", "delete", "shop@2");
        assertThat(command.done(imported).out()).contains("Dataset shop@3");
        command.done("data", "delete", "shop@1");
        command.done("data", "delete", "shop@3");
        assertThat(command.run("data", "show", "shop").err()).contains("there is no dataset \"shop\"");
        assertThat(command.done(imported).out()).contains("Dataset shop@4");
        Path last = command.workspace().resolve("datasets/shop/.last");
        assertThat(last).hasContent("3");
        Files.writeString(last, "three");
        assertThat(command.run(imported).err())
                .contains(last + " cannot be read: expected the number of the newest version that was deleted")
                .contains("Write it there, or delete the file");
    }

    @Test
    void a_report_that_is_damaged_is_told_with_its_file() throws IOException {
        Path report = Files.writeString(command.workspace().resolve("datasets/shop/2/report.json"), "{");
        assertThat(command.run("data", "report", "shop").err())
                .contains(report + " is damaged", "Restore it from a backup")
                .doesNotContain("not foreseen");
    }

    @Test
    void a_version_is_the_same_as_itself() {
        assertThat(command.done("data", "diff", "shop@2", "shop").out())
                .contains("rows matched by id, since they are one version", "same  3");
    }

    @Test
    void numbers_and_places_that_say_nothing_are_refused() {
        assertThat(command.run("data", "show", "shop", "--count", "-1").err())
                .contains("--count -1: expected 0 or more");
        assertThat(command.run("data", "diff", "shop@1", "shop", "--count", "-1")
                        .err())
                .contains("--count -1: expected 0 or more");
        assertThat(command.run("data", "label", "shop", "--check", "--label", "kind", "--count", "-1")
                        .err())
                .contains("--count -1: expected 0 or more");
        assertThat(command.run("data", "export", "shop", "--out", "").err())
                .contains("--out is empty: name a new folder");
        assertThat(new Command(command.folder(), Path.of(""))
                        .run("data", "list")
                        .err())
                .contains("--workspace is empty: name a folder, or leave it out");
        assertThat(command.run("data", "import", "http://127.0.0.1:1/x.csv", "--name", "x", "--web-limit", "-5")
                        .err())
                .contains("--web-limit -5, --web-minutes 10: expected megabytes from 1 to 1048576");
        assertThat(command.run("data", "import", "x.csv", "--name", "茶".repeat(80))
                        .err())
                .contains("takes 240 bytes", "expected at most 200, which are 66 Chinese characters");
    }

    private void needed(String reference, String model) {
        Durable.file(
                command.workspace().resolve("models").resolve(model).resolve("card.json"),
                "{\"dataset\": {\"reference\": \"%s\"}}".formatted(reference));
    }
}
