package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUseTest {
    @TempDir
    private Path folder;

    private Command.Answer refused(String... words) {
        Command.Answer answer = new Command(folder).run(words);
        assertThat(answer.code()).isEqualTo(Main.WRONG_USAGE);
        assertThat(answer.out()).isEmpty();
        return answer;
    }

    @Test
    void wrong_use_is_told_in_a_line_and_another_says_where_the_help_is() {
        assertThat(refused("data", "import", "t.csv", "--nmae", "t").err()).isEqualTo("""
                        athanor: data import has no option --nmae (did you mean "--name"?)
                        athanor data import --help shows all its options
                        """);
        assertThat(refused("data", "show", "tea", "pot").err())
                .startsWith("athanor: data show does not know what \"pot\" is for: beside options it takes NAME;"
                        + " give what holds blanks in quotation marks\n");
        assertThat(refused("data", "import").err())
                .endsWith("\nathanor data import --help shows all its options\n")
                .hasLineCount(2);
        assertThat(refused("--nonsense").err()).isEqualTo("""
                        athanor: athanor has no option --nonsense
                        athanor --help shows all its commands
                        """);
    }

    @Test
    void what_is_missing_or_given_twice_is_named_as_it_is_typed() {
        assertThat(refused("data", "import", "t.csv").err()).startsWith("athanor: data import needs --name ");
        assertThat(refused("data", "diff", "tea").err()).startsWith("athanor: data diff needs AFTER\n");
        assertThat(refused("data", "import", "t.csv", "--name").err())
                .startsWith("athanor: --name has no value behind it: expected --name ");
        assertThat(refused("data", "import", "t.csv", "--name", "t", "--text", "--dry-run")
                        .err())
                .startsWith("athanor: --text has no value behind it: expected --text COLUMN\n");
        assertThat(refused("data", "import", "t.csv", "--name", "t", "--name", "u")
                        .err())
                .startsWith("athanor: --name is given twice: give it once\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data import t --name t --bad-rows maybe|--bad-rows maybe: expected quarantine or refuse",
                "data import t --name t --unit Word|--unit Word: expected auto, line, paragraph or file",
                "data import t --name t --fit x|--fit x: expected crop or pad",
                "data import t --name t --split-seed q|--split-seed q: expected a whole number",
                "data import t --name t --map body|--map body: expected OLD=NEW",
                "data import t --name t --dry-run=x|--dry-run x: expected no value",
                "data show t --count 3.5|--count 3.5: expected a whole number",
                "data show t --count 99999999999|--count 99999999999: expected a whole number up to 2147483647",
                "data dedup t --threshold high|--threshold high: expected a number",
                "data dedup t --against-split test,none|--against-split none: expected train, validation or test",
                "generate m --seed x|--seed x: expected a whole number",
                "train text-lstm --data t --device gpu|--device gpu: expected auto, cpu or cuda",
            })
    void a_value_that_cannot_be_is_told_with_what_was_expected(String words, String told) {
        assertThat(refused(words.split(" ")).err()).startsWith("athanor: " + told + "\n");
    }

    @Test
    void a_misspelt_command_is_answered_with_the_nearest_and_with_all() {
        assertThat(refused("data", "imprt").err())
                .startsWith("athanor: data has no command \"imprt\" (did you mean \"import\"?); it has import, ")
                .endsWith("\nathanor data --help shows all its commands\n")
                .hasLineCount(2);
        assertThat(refused("dta", "import").err()).contains("athanor has no command \"dta\" (did you mean \"data\"?)");
    }

    @Test
    void a_command_that_stands_for_several_lists_them() {
        assertThat(refused("runs").err())
                .startsWith("athanor: runs needs one of: ")
                .contains("\n  compare  ")
                .endsWith("\nathanor runs --help shows all its commands\n");
        assertThat(refused().err())
                .startsWith("athanor: athanor needs one of: demo, init, data, ")
                .contains("\n  trace ");
    }

    @Test
    void help_is_of_the_command_that_is_named_however_deep() {
        Command command = new Command(folder);
        assertThat(command.done("help", "data", "import").out())
                .isEqualTo(command.done("data", "import", "--help").out())
                .contains("Usage: athanor data import ", "--bad-rows");
        assertThat(command.done("help", "data").out()).contains("Usage: athanor data ", "  import ");
        assertThat(command.done("help").out()).contains("Usage: athanor ", "  help ");
        assertThat(refused("help", "data", "imprt").err())
                .startsWith("athanor: data has no command \"imprt\" (did you mean \"import\"?); it has import, ");
        assertThat(refused("help", "data", "import", "x").err())
                .startsWith("athanor: data import has no command \"x\"; it has none\n");
    }
}
