package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanCommandTest {
    private Command command;

    @BeforeEach
    void read(@TempDir Path folder) throws IOException {
        command = new Command(folder);
        Path texts = command.file(
                "texts.csv",
                "text\n<p>Fine &amp; good</p>\nmail li@qq.com for tea\nmail li@qq.com for tea\nok\nlong enough\n");
        command.done("data", "import", texts.toString(), "--name", "t");
    }

    @Test
    void steps_of_a_file_are_done_and_told_one_by_one() throws IOException {
        Path steps = command.file("steps.yaml", "steps: [html, length: {shortest: 3}, personal, duplicates]");
        Command.Answer answer = command.done("data", "clean", "t", "--steps", steps.toString());
        assertThat(answer.out()).contains("Dataset t@2: ", "too short 1", "email 2", "duplicate 1");
        assertThat(answer.err()).contains("athanor data report t");
        assertThat(command.done("data", "report", "t", "--json").out())
                .contains("\"before\" : \"<p>Fine &amp; good</p>\"", "\"after\" : \"Fine & good\"")
                .doesNotContain("li@qq.com");
    }

    @Test
    void the_usual_steps_take_limits_and_a_file_of_steps_does_not() {
        assertThat(command.done("data", "clean", "t", "--shortest", "3").out()).contains("too short 1");
        Command.Answer both = command.run("data", "clean", "t", "--steps", "web", "--shortest", "3");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("with --steps say  length: {shortest: 10, longest: 1000}  in the file");
    }

    @Test
    void all_steps_are_listed_with_options_and_defaults() {
        assertThat(command.done("data", "clean", "--list-steps").out())
                .contains("personal: replace personal data", "    shortest: 1\n", "millions: 1")
                .contains("with replace: what it becomes; $1 is the first group; empty: what is found is deleted")
                .containsPattern("perplexity: .* Slow: about 9,000 tokens a second with a Transformer of a million");
    }

    @Test
    void what_is_not_known_is_refused_with_the_nearest() throws IOException {
        Path steps = command.file("steps.yaml", "steps: [persnal]");
        Command.Answer step = command.run("data", "clean", "t", "--steps", steps.toString());
        assertThat(step.code()).isEqualTo(1);
        assertThat(step.err()).contains("step 1: unknown step \"persnal\" (did you mean \"personal\"?)");
        assertThat(command.run("data", "clean", "t", "--steps", "privat").err()).contains("did you mean \"private\"?");
        assertThat(command.run("data", "clean").err()).contains("data clean needs the name of a dataset");
    }

    @Test
    void where_the_work_is_done_must_make_sense() {
        Command.Answer alone = command.run("data", "clean", "t", "--cluster", "localhost:8081");
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err()).contains("--cluster is for Flink: give --engine flink with it, or leave it out");
        Command.Answer malformed = command.run("data", "clean", "t", "--engine", "flink", "--cluster", "8081");
        assertThat(malformed.code()).isEqualTo(2);
        assertThat(malformed.err())
                .contains(
                        "the cluster \"8081\": expected HOST:PORT, the address of the REST interface of a Flink cluster");
        Command.Answer missing = command.run("data", "clean", "t", "--engine", "flink", "--cluster", "localhost:1");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .contains("no Flink cluster answers at localhost:1 (nothing listens there", "bin/start-cluster.sh");
        assertThat(command.run("data", "clean", "t", "--engine", "spark").err())
                .contains("--engine spark: expected local or flink");
        assertThat(command.done("data", "list").out()).contains("t@1").doesNotContain("t@2");
    }

    @Test
    void steps_in_another_encoding_are_refused_with_the_cure() throws IOException {
        Path steps = Files.write(
                command.folder().resolve("steps.yaml"), "steps: [control] # 步骤".getBytes(Charset.forName("GB18030")));
        assertThat(command.run("data", "clean", "shop", "--steps", steps.toString())
                        .err())
                .contains(steps + " cannot be read: it is not UTF-8. Save it as UTF-8");
    }
}
