package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    @Test
    void what_stands_for_a_value_is_a_word_in_capitals_in_every_command() {
        assertThat(all(Main.commandLine())
                        .flatMap(command -> command.getCommandSpec().args().stream()
                                .filter(arg -> arg.arity().max() > 0)
                                .map(arg -> "%s %s %s"
                                        .formatted(command.getCommandSpec().qualifiedName(), arg, arg.paramLabel()))))
                .hasSizeGreaterThan(100)
                .allMatch(arg -> arg.matches(".* ([A-Z]+|WxH|[A-Z]+[:=][A-Z]+)"));
    }
}
