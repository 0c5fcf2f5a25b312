package dev.athanor.cli;

import dev.athanor.data.DataException;
import dev.athanor.data.Durable;
import dev.athanor.data.Workspace;
import dev.athanor.data.shop.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Make a folder for your business: datasets, runs, models, outputs.")
final class InitCommand implements Callable<Integer> {
    @Mixin
    private Setting setting;

    @Parameters(paramLabel = "DIR", description = "The folder; made where it is missing.")
    private Path folder;

    @Option(
            names = "--sample",
            description = "Also write the sample business into it, a small tea shop: its files, for trying things.")
    private boolean sample;

    @Override
    public Integer call() {
        Path business = folder.resolve(Shop.FOLDER);
        if (sample && Files.exists(business)) {
            throw new DataException(
                    "%s is there already: delete it, or name another folder, and the sample business is written anew"
                            .formatted(business));
        }
        Workspace.open(folder);
        Path file = folder.resolve("athanor.yaml");
        if (!Files.exists(file)) {
            Durable.file(file, "# An Athanor workspace: commands run in this folder work on it.\nversion: 1\n");
        }
        Terminal terminal = setting.terminal();
        terminal.result("Workspace " + folder.toAbsolutePath().normalize() + " is ready.");
        if (sample) {
            Shop.usual().write(business);
            terminal.result("The sample business is in %s: its %s says what each file is and what is planted in it."
                    .formatted(business, Shop.README));
            terminal.note("Next: cd %s, then  athanor data import %s/%s --name faq --label intent"
                    .formatted(folder, Shop.FOLDER, Shop.FAQ));
        } else {
            terminal.note("Next: cd " + folder + ", then  athanor data import FILE --name NAME");
        }
        return 0;
    }
}
