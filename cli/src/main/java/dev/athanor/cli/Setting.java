package dev.athanor.cli;

import dev.athanor.data.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What every command has: where it works and how it speaks.
final class Setting {
    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description =
                    "The folder of your business. Default: this folder if it holds athanor.yaml, else ~/.athanor.")
    private Optional<Path> workspace = Optional.empty();

    @Option(names = "--debug", description = "Print the stack trace of an error.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private final Terminal terminal = Terminal.ofProcess();

    Terminal terminal() {
        return terminal;
    }

    /// The workspace of this call, made where it is missing.
    Workspace workspace() {
        return Workspace.open(folder());
    }

    /// Refuses a --count that counts nothing.
    static void requireCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("--count %d: expected 0 or more".formatted(count));
        }
    }

    Path folder() {
        if (workspace.filter(given -> given.toString().isBlank()).isPresent()) {
            throw new IllegalArgumentException("--workspace is empty: name a folder, or leave it out");
        }
        return workspace.orElseGet(() -> {
            Path here = Path.of("").toAbsolutePath();
            return Files.exists(here.resolve("athanor.yaml"))
                    ? here
                    : Path.of(System.getProperty("user.home"), ".athanor");
        });
    }
}
