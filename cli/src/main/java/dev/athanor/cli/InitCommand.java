package dev.athanor.cli;

import dev.athanor.data.Durable;
import dev.athanor.data.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Make a folder for your business: datasets, runs, models, outputs.")
final class InitCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "DIR", description = "The folder; made where it is missing.")
    private Path folder;

    @Override
    public Integer call() {
        Workspace.open(folder);
        Path file = folder.resolve("athanor.yaml");
        if (!Files.exists(file)) {
            Durable.file(file, "# An Athanor workspace: commands run in this folder work on it.\nversion: 1\n");
        }
        setting.terminal().result("Workspace " + folder.toAbsolutePath().normalize() + " is ready.");
        setting.terminal().note("Next: cd " + folder + ", then  athanor data import FILE --name NAME");
        return 0;
    }
}
