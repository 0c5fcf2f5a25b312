package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder with everything of one business: `datasets/`, `runs/`, `models/`, `outputs/`.
public record Workspace(Path root) {

    /// Opens a workspace; what lacks is made, and what a killed process left half-written is removed.
    ///
    /// @throws DataException where the folder is a file, or may not be written
    public static Workspace open(Path root) {
        Workspace workspace = new Workspace(root.toAbsolutePath().normalize());
        for (Path folder : List.of(workspace.datasets(), workspace.runs(), workspace.models(), workspace.outputs())) {
            try {
                Files.createDirectories(folder);
            } catch (IOException refused) {
                throw new DataException(
                        "the workspace %s cannot be used: the folder %s cannot be made (%s). Choose another with --workspace DIR, or mend its permissions"
                                .formatted(workspace.root, folder, Reason.of(refused)),
                        refused);
            }
            Durable.sweep(folder);
        }
        Durable.children(workspace.datasets()).forEach(Durable::sweep);
        Durable.children(workspace.runs()).forEach(Durable::sweep);
        return workspace;
    }

    public Path datasets() {
        return root.resolve("datasets");
    }

    public Path runs() {
        return root.resolve("runs");
    }

    public Path models() {
        return root.resolve("models");
    }

    public Path outputs() {
        return root.resolve("outputs");
    }
}
