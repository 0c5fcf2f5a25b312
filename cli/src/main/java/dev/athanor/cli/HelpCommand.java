package dev.athanor.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows the help of a command however deep it stands; picocli's own looks at the first word alone.
@Command(name = "help", helpCommand = true, description = "Show the help of a command: athanor help data import.")
final class HelpCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "A command, and one of its own behind it. Default: athanor itself.")
    private List<String> path = List.of();

    @Override
    public void run() {
        CommandLine command = spec.parent().commandLine();
        for (String word : path) {
            CommandLine inner = command.getSubcommands().get(word);
            if (inner == null) {
                throw WrongUse.unknown(command.getCommandSpec(), word);
            }
            command = inner;
        }
        command.usage(System.out);
    }
}
