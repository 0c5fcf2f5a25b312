package dev.athanor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Two processes that write to one workspace at the same time.
@Tag("slow")
class TogetherTest {
    @AutoClose
    private final Athanor athanor;

    private final Path lines;

    TogetherTest(@TempDir Path folder) throws IOException {
        athanor = new Athanor(folder);
        lines = Trials.lines(folder.resolve("lines.csv"), 5_000);
        athanor.done("data", "import", lines.toString(), "--name", "cups");
    }

    private List<Athanor.Answer> twice(String... words) {
        Athanor.Running one = athanor.start(words);
        Athanor.Running other = athanor.start(words);
        return List.of(one.end(), other.end());
    }

    private List<Dataset> whole_versions() throws IOException {
        Trials.nothing_half_written_is_left_in(athanor.folder());
        return Trials.wholeVersions(athanor);
    }

    static Stream<List<String>> makers() {
        return Stream.of(
                List.of("import", "LINES", "--name", "cups"),
                List.of("clean", "cups@1"),
                List.of("dedup", "cups@1"),
                List.of("split", "cups@1"),
                List.of("label", "cups@1", "--functions", "FUNCTIONS"));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void of_two_that_make_a_version_each_makes_its_own(List<String> step) throws IOException {
        Path functions = Trials.functions(athanor.folder().resolve("functions.yaml"));
        Files.writeString(lines, Files.readString(lines) + "the cup number 3 is 757 blue\n"); // something to drop
        athanor.done("data", "import", lines.toString(), "--name", "cups");
        Map<String, ?> places = Map.of("LINES", lines, "FUNCTIONS", functions, "cups@1", "cups@2");
        assertThat(twice(Trials.data(step, places)))
                .allSatisfy(answer -> assertThat(answer.code()).as(answer.err()).isZero());
        List<Dataset> versions = whole_versions();
        assertThat(versions).extracting(Dataset::reference).containsExactly("cups@1", "cups@2", "cups@3", "cups@4");
        assertThat(versions.get(3).fingerprint()).isEqualTo(versions.get(2).fingerprint());
    }

    @Test
    void of_two_exports_into_one_folder_one_is_made_and_the_other_refused() throws IOException {
        String out = athanor.folder().resolve("out").toString();
        List<Athanor.Answer> answers = twice("data", "export", "cups", "--out", out);
        assertThat(answers).extracting(Athanor.Answer::code).containsExactlyInAnyOrder(0, 1);
        assertThat(answers)
                .filteredOn(answer -> answer.code() == 1)
                .allSatisfy(answer -> assertThat(answer.err())
                        .contains(out + " ")
                        .containsPattern("exists already and is not overwritten|is there already: give a new folder"));
        long rows = 0;
        for (Path file : Trials.children(athanor.folder().resolve("out"))) {
            rows += Files.readAllLines(file).size();
        }
        assertThat(rows).isEqualTo(5_000);
        whole_versions();
    }

    @Test
    void two_people_who_label_lose_no_answer_and_two_reports_are_one() throws IOException {
        List<Athanor.Running> people = new ArrayList<>();
        for (String who : List.of("ann", "ben")) {
            people.add(athanor.start(
                            "data",
                            "label",
                            "cups",
                            "--label",
                            "color",
                            "--choices",
                            "blue,green",
                            "--annotator",
                            who,
                            "--order",
                            "random")
                    .type("blue\n".repeat(40) + "/q\n"));
        }
        people.forEach(person -> assertThat(person.end().code()).isZero());
        List<String> journal = Files.readAllLines(athanor.workspace().resolve("datasets/cups/labels.jsonl"));
        for (String line : journal) {
            assertThat(JsonMapper.shared().readTree(line).isObject()).isTrue();
        }
        for (String who : List.of("ann", "ben")) {
            assertThat(journal)
                    .filteredOn(line -> line.contains("\"" + who + "\""))
                    .hasSize(40);
        }
        assertThat(twice("data", "report", "cups"))
                .allSatisfy(answer -> assertThat(answer.code()).as(answer.err()).isZero());
        assertThat(Files.readString(athanor.workspace().resolve("datasets/cups/1/report.html")))
                .endsWith("</html>\n");
        whole_versions();
    }

    @Test
    void of_two_that_delete_both_come_to_an_end_and_what_is_being_written_is_not_deleted() throws IOException {
        for (int i = 0; i < 4; i++) {
            athanor.done("data", "clean", "cups@1");
        }
        assertThat(twice("data", "gc"))
                .allSatisfy(answer -> assertThat(answer.code()).as(answer.err()).isZero());
        assertThat(whole_versions()).extracting(Dataset::reference).containsExactly("cups@5");
        athanor.done("data", "clean", "cups");
        List<Athanor.Answer> answers = twice("data", "delete", "cups@5");
        assertThat(answers).extracting(Athanor.Answer::code).contains(0);
        assertThat(answers)
                .filteredOn(answer -> answer.code() != 0)
                .allSatisfy(answer -> assertThat(answer.err())
                        .containsPattern("has no version \"5\": there are 6|is being changed by another process"));
        assertThat(whole_versions()).extracting(Dataset::reference).containsExactly("cups@6");

        Path many = Trials.lines(athanor.folder().resolve("many.csv"), 60_000);
        Athanor.Running importing = athanor.start("data", "import", many.toString(), "--name", "cups");
        Path cups = athanor.workspace().resolve("datasets/cups");
        Trials.await(
                importing,
                () -> Trials.children(cups).stream()
                        .anyMatch(path -> path.getFileName().toString().startsWith(".tmp-")));
        assertThat(athanor.refused("data", "delete", "cups"))
                .contains("cups is being changed by another process", "wait for it");
        assertThat(importing.end().code()).isZero();
        assertThat(whole_versions()).extracting(Dataset::reference).containsExactly("cups@6", "cups@7");
        athanor.done("data", "delete", "cups");
    }
}
