package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DedupCommandTest {
    private Command command;

    @BeforeEach
    void given(@TempDir Path folder) throws IOException {
        command = new Command(folder);
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("train.txt"), """
                The first green tea of the year comes from the hills
                Black tea is for the afternoon and for rainy days
                The first green tea of the year comes from the hills
                """);
        Files.writeString(source.resolve("test.txt"), """
                the first green tea of the year comes from the hills!
                """);
        command.done("data", "import", source.toString(), "--name", "d", "--split", "given", "--unit", "line");
    }

    @Test
    void what_is_found_is_told_and_a_version_without_it_is_written() {
        Command.Answer looked = command.done("data", "dedup", "d", "--report-only");
        assertThat(looked.out())
                .contains(
                        "4 samples compared: 1 repeats another, and 1 pair of the others is similar",
                        "in both test and train: 0 different ones; with similar ones 1",
                        "to be dropped: 2 of train");
        assertThat(looked.err()).contains("Nearest to the threshold:", "test.txt:1  the first green tea");
        assertThat(command.done("data", "list").out()).contains("d@1").doesNotContain("d@2");
        Command.Answer done = command.done("data", "dedup", "d");
        assertThat(done.out()).contains("Dataset d@2: train 1 (49 characters), test 1");
        assertThat(done.err()).contains("Every pair is in ", "duplicates.jsonl");
        assertThat(command.done("data", "dedup", "d").err())
                .contains("No version is written: it would be the same as d@2");
        assertThat(command.done("data", "report", "d", "--json").out()).contains("\"repeated\" : 1");
    }

    @Test
    void equal_ones_alone_have_no_similarity() {
        Command.Answer refused = command.run("data", "dedup", "d", "--equal-only", "--threshold", "0.5");
        assertThat(refused.code()).isEqualTo(Main.WRONG_USAGE);
        assertThat(refused.err()).contains("--equal-only compares whole samples: leave out");
    }

    @Test
    void the_report_comes_as_json_and_nothing_else() {
        Command.Answer answer = command.done("data", "dedup", "d", "--json", "--keep", "longest");
        JsonNode report = JsonMapper.shared().readTree(answer.out()).path("duplicates");
        assertThat(report.path("keep").asString()).isEqualTo("longest");
        assertThat(report.path("dropped").path("train").asInt()).isEqualTo(2);
    }

    @Test
    void a_reference_and_its_splits_are_named() {
        assertThat(command.done("data", "dedup", "d", "--against", "d", "--against-split", "test")
                        .out())
                .contains("0 are in d@1 test", "to be dropped: 2 of train");
        assertThat(command.run("data", "dedup", "d", "--against", "d").err())
                .contains("d@2 against all of itself would leave nothing", "--against-split test");
        assertThat(command.run("data", "dedup", "d", "--against-split", "test").err())
                .contains("give it with --against");
        assertThat(command.run("data", "dedup", "d", "--against", "e").err()).contains("dataset \"e\"");
    }

    @Test
    void passages_that_stand_in_several_texts_are_told_and_removed() throws IOException {
        Path source = Files.createDirectory(command.folder().resolve("pages"));
        Files.writeString(source.resolve("train.txt"), """
                Green tea from Anji. We send parcels on every working day before noon.
                Black tea. We send parcels on every working day before noon.
                """);
        command.done("data", "import", source.toString(), "--name", "p", "--split", "given", "--unit", "line");
        Command.Answer looked =
                command.done("data", "dedup", "p", "--substrings", "--substring-length", "9", "--report-only");
        assertThat(looked.out())
                .contains(
                        "2 texts compared: 1 passage of 9 words or more stands in an earlier text, too, 49 characters");
        assertThat(looked.err())
                .contains(
                        "9 words: We send parcels on",
                        "first train  ",
                        "train.txt:1\n    again train  ",
                        "train.txt:2\n");
        assertThat(command.done("data", "dedup", "p", "--substrings").err())
                .contains("No version is written: it would be the same as p@1");
        Command.Answer done = command.done("data", "dedup", "p", "--substrings", "--substring-length", "9");
        assertThat(done.out()).contains("Dataset p@2: train 2 (80 characters)");
        assertThat(done.err()).contains("Every passage is in ", "duplicates.jsonl");
        assertThat(command.done("data", "report", "p", "--json").out()).contains("\"characters\" : 49");
    }

    @Test
    void options_that_say_nothing_of_passages_are_refused() {
        for (String option :
                new String[] {"--threshold=0.8", "--keep=best", "--equal-only", "--shingle=3", "--engine=flink"}) {
            Command.Answer answer = command.run("data", "dedup", "d", "--substrings", option);
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err())
                    .contains(option.replaceFirst("=.*", "") + " says nothing of passages: leave it out");
        }
        assertThat(command.run("data", "dedup", "d", "--substring-length", "20").err())
                .contains("--substring-length says how long passages are: give it with --substrings");
        assertThat(command.run("data", "dedup", "d", "--substrings", "--substring-length", "2")
                        .err())
                .contains("passages of 2 words: expected 5 to 1000");
    }

    @Test
    void options_out_of_range_and_of_other_kinds_are_refused() {
        assertThat(command.run("data", "dedup", "d", "--threshold", "1.5").err())
                .contains("a threshold of 1.5: expected a similarity above 0 and at most 1");
        assertThat(command.run("data", "dedup", "d", "--permutations", "4", "--threshold", "0.1")
                        .err())
                .contains("takes 7 permutations or more, and there are 4");
        assertThat(command.run("data", "dedup", "d", "--distance", "3").err())
                .contains("--distance says nothing of d@1, which is of the kind text: leave it out");
        Command.Answer unknown = command.run("data", "dedup", "d", "--keep", "bst");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--keep \"bst\" does not say which one stays (did you mean \"best\"?)");
        assertThat(command.run("data", "dedup", "d", "--keep", "best:likes").err())
                .contains("--keep best:likes: d@1 has no field \"likes\"; it has none");
        assertThat(command.run("data", "dedup", "d", "--keep", "best", "--against", "d", "--against-split", "test")
                        .err())
                .contains("--keep chooses among samples of which one stays");
    }

    @Test
    void a_cluster_is_for_flink_and_must_be_there() {
        assertThat(command.run("data", "dedup", "d", "--cluster", "localhost:8081")
                        .err())
                .contains("--cluster is for Flink: give --engine flink with it, or leave it out");
        assertThat(command.run("data", "dedup", "d", "--engine", "flink", "--cluster", "localhost:1")
                        .err())
                .contains("no Flink cluster answers at localhost:1 (nothing listens there");
    }
}
