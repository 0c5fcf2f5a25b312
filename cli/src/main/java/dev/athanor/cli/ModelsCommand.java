package dev.athanor.cli;

import dev.athanor.data.Durable;
import dev.athanor.data.Nearest;
import dev.athanor.data.Workspace;
import dev.athanor.model.ModelException;
import dev.athanor.model.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "models", description = "List, show, export, import and delete models.")
final class ModelsCommand implements Runnable {
    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw WrongUse.alone(spec);
    }

    /// A model by its name in the workspace, or by its folder anywhere.
    static ModelFolder find(Workspace workspace, String nameOrFolder) {
        Path inside = workspace.models().resolve(nameOrFolder);
        if (Files.isDirectory(inside)) {
            return ModelFolder.read(inside);
        }
        Path outside = Path.of(nameOrFolder);
        if (Files.isDirectory(outside)) {
            return ModelFolder.read(outside);
        }
        throw Nearest.unknown(
                "model",
                nameOrFolder,
                workspace.root(),
                folders(workspace).stream()
                        .map(folder -> folder.getFileName().toString())
                        .toList(),
                "none has been trained yet: athanor train text-transformer --data NAME");
    }

    /// Those that can be read. Of the others the reason is told: one that is broken, or of a newer version, is no
    /// reason to refuse what is asked of the rest.
    static List<ModelFolder> all(Workspace workspace, Terminal terminal) {
        List<ModelFolder> models = new ArrayList<>();
        for (Path folder : folders(workspace)) {
            try {
                models.add(ModelFolder.read(folder));
            } catch (ModelException unreadable) {
                terminal.note(
                        "The model %s is left aside: %s".formatted(folder.getFileName(), unreadable.getMessage()));
            }
        }
        return models;
    }

    private static List<Path> folders(Workspace workspace) {
        try (Stream<Path> folders = Files.list(workspace.models())) {
            return folders.filter(
                            folder -> Files.exists(folder.resolve(ModelFolder.CONFIG)) && !Durable.isTemporary(folder))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String loss(ModelFolder model) {
        var loss = model.card().path("metrics").path("validationLoss");
        return loss.isNumber() ? String.format(Locale.ROOT, "%.4f", loss.asDouble()) : "";
    }

    private static final Listing<ModelFolder> LISTING = new Listing<>(
            "No model yet: athanor train text-transformer --data NAME",
            List.of("model", "family", "parameters", "dataset", "validation loss"),
            model -> List.of(
                    model.name(),
                    model.config().family(),
                    Terminal.number(model.config().parameters()),
                    dataset(model),
                    loss(model)),
            model -> JsonNodeFactory.instance
                    .objectNode()
                    .put("name", model.name())
                    .put("family", model.config().family())
                    .put("parameters", model.config().parameters())
                    .put("dataset", dataset(model))
                    .put("run", model.card().path("run").asString("")));

    private static String dataset(ModelFolder model) {
        return model.card().path("dataset").path("reference").asString("");
    }

    @Command(name = "list", description = "List the models of the workspace.")
    int list(@Mixin Setting setting, @Option(names = "--json", description = "As JSON.") boolean json) {
        LISTING.print(setting.terminal(), all(setting.workspace(), setting.terminal()), json);
        return 0;
    }

    @Command(name = "show", description = "Show where a model comes from.")
    int show(
            @Mixin Setting setting,
            @Parameters(paramLabel = "MODEL") String name,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws IOException {
        ModelFolder model = find(setting.workspace(), name);
        Path readme = model.folder().resolve(ModelFolder.README);
        setting.terminal()
                .result(
                        json || !Files.exists(readme)
                                ? model.card().toPrettyString()
                                : Files.readString(readme).strip());
        return 0;
    }

    @Command(name = "export", description = "Copy a model's folder out of the workspace.")
    int export(
            @Mixin Setting setting,
            @Parameters(paramLabel = "MODEL") String name,
            @Parameters(paramLabel = "DIR") Path target) {
        ModelFolder model = find(setting.workspace(), name);
        copy(model.folder(), target);
        setting.terminal().result("Model %s copied to %s".formatted(model.name(), target));
        return 0;
    }

    @Command(
            name = "import",
            description = "Copy a model's folder into the workspace; Llama folders of transformers too.")
    int importFolder(
            @Mixin Setting setting,
            @Parameters(paramLabel = "DIR") Path source,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "The model's name here.")
                    String name) {
        ModelFolder.read(source).whole();
        copy(source, setting.workspace().models().resolve(dev.athanor.data.Datasets.checkedName(name)));
        setting.terminal().result("Model %s is in the workspace".formatted(name));
        return 0;
    }

    private static void copy(Path source, Path target) {
        Durable.folder(target, temporary -> {
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, temporary.resolve(file.getFileName()));
                }
            }
        });
    }

    @Command(name = "delete", description = "Delete a model. What it generated keeps its lineage.")
    int delete(@Mixin Setting setting, @Parameters(paramLabel = "MODEL") String name) {
        Workspace workspace = setting.workspace();
        Path folder = workspace.models().resolve(dev.athanor.data.Datasets.checkedName(name));
        if (!Files.isDirectory(folder)) {
            find(workspace, name);
            throw new IllegalArgumentException(
                    "%s is not in the workspace: delete its folder yourself".formatted(name));
        }
        Durable.remove(folder);
        setting.terminal().result("Model %s is deleted".formatted(name));
        return 0;
    }
}
