package dev.athanor.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;

/// What tests of preparation begin with: a folder for files, and in it a workspace of no datasets yet.
record Desk(Path folder, Datasets datasets) {

    Desk(Path folder) {
        this(folder, new Datasets(Workspace.open(folder.resolve("workspace"))));
    }

    Path file(String name, CharSequence content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /// A file that another program wrote: one of those beside the `golden.py` of documents.
    Path golden(String name) throws IOException {
        try (InputStream in = Desk.class.getResourceAsStream("document/" + name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    Dataset imported(ImportOptions options, Path... sources) {
        return Importer.run(datasets, options, List.of(sources));
    }

    /// A version of samples that come from no file.
    ///
    /// @param samples adds them
    Dataset written(VersionWriter.Schema schema, SplitPlan plan, Consumer<VersionWriter> samples) {
        return VersionWriter.write(datasets, schema, plan, writer -> {
            samples.accept(writer);
            return new VersionWriter.Description(List.of(), List.of(), "ours", JsonNodeFactory.instance.objectNode());
        });
    }
}
