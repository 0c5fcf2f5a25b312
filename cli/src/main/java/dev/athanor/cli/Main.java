package dev.athanor.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `athanor`. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
@Command(
        name = "athanor",
        description = {
            "Generative AI from your own data: import it, train a model on it, measure it, generate with it.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            DataCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            GenerateCommand.class,
            EditCommand.class,
            ModelsCommand.class,
            RunsCommand.class,
            TraceCommand.class,
            HelpCommand.class
        },
        footer = {"", "Begin with:  athanor demo --quick", "Help on one command:  athanor help data import"})
public final class Main implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--version", description = "Show the version.")
    private boolean version;

    public static void main(String[] args) {
        if (List.of(args).equals(List.of("--version"))) {
            System.out.println(Version.LINE); // before picocli reads its annotations: this answer should be instant
            return;
        }
        int code;
        try {
            code = commandLine().execute(args);
        } catch (OutOfMemoryError full) { // picocli hands on no errors
            Failures.tell(Terminal.ofProcess(), full, List.of(args).contains("--debug"));
            code = FAILED;
        }
        System.out.flush();
        // Native threads of libtorch may outlive main; nothing is left to do.
        Runtime.getRuntime().exit(code);
    }

    /// The whole command tree.
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setParameterExceptionHandler(new WrongUse());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            Failures.tell(Terminal.ofProcess(), failure, parsed.originalArgs().contains("--debug"));
            return FAILED;
        });
        return commandLine;
    }

    @Override
    public void run() {
        if (version) {
            System.out.println(Version.LINE);
            return;
        }
        throw WrongUse.alone(spec);
    }
}
