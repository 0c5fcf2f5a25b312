package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCommandsTest {
    private Command command;

    @BeforeEach
    void importCalls(@TempDir Path folder) throws IOException {
        command = new Command(folder);
        StringBuilder table = new StringBuilder("text\n");
        for (int i = 0; i < 20; i++) {
            table.append(i % 2 == 0 ? "green tea 绿茶 " : "clay pot 茶壶 ")
                    .append(i)
                    .append('\n');
        }
        Path file = command.file("calls.csv", table);
        command.done("data", "import", file.toString(), "--name", "calls");
    }

    /// What a person types, line by line.
    private Command.Answer typing(String lines, String... words) {
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            return command.done(words);
        } finally {
            System.setIn(in);
        }
    }

    private Path journal() {
        return command.folder().resolve("workspace/datasets/calls/labels.jsonl");
    }

    @Test
    void answers_are_taken_line_by_line_and_make_the_next_version() throws IOException {
        Command.Answer answer = typing(
                "\nte\nxyz\np\n/s\n1\n/b\n2\n/b\n/b\n+cup\n/q\n",
                "data",
                "label",
                "calls",
                "--label",
                "kind",
                "--choices",
                "tea,pot",
                "--annotator",
                "ann",
                "--order",
                "random");
        assertThat(answer.out())
                .contains("  1 tea", "  2 pot")
                .contains("Nothing is suggested yet: type a label, its beginning or its number")
                .contains("there is no label \"xyz\"; add it with +xyz if it is a new one")
                .contains("Once more:")
                .contains("5 answers of ann went into " + journal());
        assertThat(answer.err()).contains("athanor data label calls --label kind --finish makes the next version");
        assertThat(Files.readAllLines(journal()))
                .filteredOn(line -> line.contains("\"act\":\"label\""))
                .extracting(line -> line.replaceAll(".*\"label\":\"(\\w+)\".*", "$1"))
                .containsExactly("tea", "pot", "tea", "pot", "cup");
        assertThat(command.done("data", "label", "calls", "--label", "kind", "--finish")
                        .out())
                .contains("Dataset calls@2", "fields kind, kind_confidence");
    }

    @Test
    void it_goes_on_where_it_was_left_and_suggests() {
        String[] words = {"data", "label", "calls", "--label", "kind", "--choices", "tea,pot", "--annotator", "ann"};
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            lines.append("tea\npot\n");
        }
        typing(lines.toString(), words); // the end of the input leaves, too
        Command.Answer answer = typing("\n\n/q\n", words);
        assertThat(answer.out()).contains("(6 labels known, ").containsPattern("\\* [12] (tea|pot)  \\d+ %");
        assertThat(answer.out()).contains("2 answers of ann");
    }

    @Test
    void labels_that_are_numbers_are_typed_as_they_are() throws IOException {
        Command.Answer answer = typing(
                "0\n1\n7\n/q\n", "data", "label", "calls", "--label", "good", "--choices", "0,1", "--annotator", "ann");
        assertThat(answer.out()).contains("    0\n    1\n").contains("there is no label \"7\"");
        assertThat(Files.readString(journal())).contains("\"label\":\"0\"", "\"label\":\"1\"");
    }

    @Test
    void a_text_cannot_steer_the_terminal() throws IOException {
        Path file = command.file("evil.csv", "text\nred \u001b[2J alarm\nplain\nother\n");
        command.done("data", "import", file.toString(), "--name", "evil");
        String out = typing("/s\n/s\n/s\n", "data", "label", "evil", "--label", "kind", "--choices", "a,b")
                .out();
        assertThat(out).doesNotContain("\u001b");
    }

    @Test
    void functions_make_a_version_and_a_table() throws IOException {
        Path rules = command.file("rules.yaml", """
                field: kind
                functions:
                  - {name: tea, label: tea, words: [tea, 绿茶]}
                  - {name: pot, label: pot, words: [pot]}
                  - {name: clay, label: pot, pattern: "clay|茶壶"}
                """);
        Command.Answer answer = command.done("data", "label", "calls", "--functions", rules.toString());
        assertThat(answer.out())
                .contains("function  votes on  overlaps  conflicts  accuracy")
                .contains("clay      50.0 %    50.0 %    0.0 %")
                .contains("Dataset calls@2")
                .contains("kind: 20 by functions, 0 kept as they were, 0 without");
        assertThat(answer.err()).contains("function \"tea\" never votes where another does");
        assertThat(command.done("data", "label", "calls", "--check").out())
                .contains("0 of 20 labels are likely wrong, in all splits of calls@2");
        assertThat(command.done("data", "label", "calls", "--check", "--json").out())
                .startsWith("[");
    }

    @Test
    void agreement_is_shown_and_what_lacks_for_it() {
        String[] words = {"data", "label", "calls", "--label", "kind", "--choices", "tea,pot"};
        typing("tea\npot\ntea\npot\n", with(words, "--annotator", "ann", "--order", "random"));
        assertThat(command.done("data", "label", "calls", "--label", "kind", "--agreement")
                        .err())
                .contains("There is no alpha yet");
        typing("tea\npot\ntea\ntea\n", with(words, "--annotator", "ben", "--order", "answered"));
        String out = command.done("data", "label", "calls", "--label", "kind", "--agreement")
                .out();
        assertThat(out)
                .contains("4 samples were labelled by several of ann, ben; on 1 they differ")
                .contains("Cohen's kappa of ann, ben: 0.500")
                .contains("Krippendorff's alpha: 0.533");
        String disputed = typing("\ntea\n", with(words, "--annotator", "cat", "--order", "disputed"))
                .out();
        assertThat(disputed).contains("ann says pot", "ben says tea");
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void a_sitting_without_an_answer_says_so() {
        Command.Answer answer = typing("/s\n/q\n", "data", "label", "calls", "--label", "kind", "--choices", "tea,pot");
        assertThat(answer.out())
                .contains("Nothing was answered; 16 samples wait")
                .doesNotContain("went into");
        assertThat(answer.err()).doesNotContain("--finish");
    }

    @Test
    void a_check_tells_how_many_samples_have_no_label() throws IOException {
        StringBuilder table = new StringBuilder("text,kind\n");
        for (int i = 0; i < 30; i++) {
            table.append(i % 2 == 0 ? "green tea," : "clay pot,").append(i % 2 == 0 ? "tea\n" : "pot\n");
        }
        Path file = command.file("some.csv", table.append("a cup,\nanother cup,\n"));
        command.done("data", "import", file.toString(), "--name", "some");
        Command.Answer answer = command.done("data", "label", "some", "--check", "--label", "kind");
        assertThat(answer.out()).contains(" of 30 labels are likely wrong, in all splits of some@1");
        assertThat(answer.err()).contains("2 of 32 samples have no \"kind\" and are not checked");
    }

    @Test
    void what_is_asked_for_wrongly_is_refused() {
        assertThat(command.run("data", "label", "calls").err())
                .contains("data label needs one of: --functions FILE, --label FIELD");
        assertThat(command.run("data", "label", "calls", "--finish").err()).contains("--finish needs --label FIELD");
        assertThat(command.run("data", "label", "calls", "--label", "kindd", "--agreement")
                        .err())
                .contains("no one has answered about \"kindd\" of calls@1 yet: athanor data label calls --label kindd");
        assertThat(command.run("data", "label", "calls", "--check").err())
                .contains("calls@1 names no column as its label: say which with --label FIELD; it has none");
        assertThat(command.run("data", "label", "call", "--label", "kind").err())
                .contains("there is no dataset \"call\"", "did you mean \"calls\"?");
        assertThat(command.run("data", "label", "calls", "--label", "kind").err())
                .contains("no label of \"kind\" is known in calls@1 yet: name those to choose from");
        Command.Answer both = command.run("data", "label", "calls", "--label", "kind", "--finish", "--agreement");
        assertThat(both.code()).isEqualTo(Main.WRONG_USAGE);
        assertThat(both.err())
                .startsWith("athanor: --finish and --agreement are given together, and data label does one thing at a"
                        + " time: leave all but one out\n");
        assertThat(command.run("data", "label", "calls", "--label", "kind", "--functions", "f.yaml")
                        .err())
                .startsWith("athanor: --functions and --label are given together, and data label does one thing at a"
                        + " time: leave all but one out (the file of functions says which field)\n");
        assertThat(command.run("data", "label", "calls", "--label", "kind", "--choices", ",")
                        .err())
                .contains("--choices \",\": expected labels with commas between them, for example --choices good,bad");
    }

    @Test
    void options_that_say_nothing_of_what_is_done_are_refused() {
        assertThat(command.run("data", "label", "calls", "--check", "--choices", "a,b")
                        .err())
                .startsWith("athanor: --choices says nothing of --check: leave it out");
        assertThat(command.run("data", "label", "calls", "--functions", "f.yaml", "--order", "random")
                        .err())
                .startsWith("athanor: --order says nothing of --functions: leave it out");
        assertThat(command.run("data", "label", "calls", "--label", "kind", "--unlabelled", "drop")
                        .err())
                .startsWith("athanor: --unlabelled says nothing of asking: leave it out");
        assertThat(command.run("data", "label", "calls", "--label", "kind", "--finish", "--json")
                        .err())
                .startsWith("athanor: --json says nothing of --finish: leave it out");
    }
}
