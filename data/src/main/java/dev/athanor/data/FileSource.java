package dev.athanor.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// A file, or each file that an archive holds.
record FileSource(Path path, Records records) implements RecordSource {
    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void visit(Visitor visitor) {
        SourceFiles.open(path, (name, in) -> visit(name, in, visitor));
    }

    private void visit(String name, InputStream in, Visitor visitor) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        RecordFormat format = RecordFormats.of(name, records.options().as(), buffered);
        Optional<Path> unpacked =
                Optional.of(path).filter(file -> file.toString().equals(name) && !name.endsWith(".gz"));
        try {
            format.visit(new RecordFormat.File(name, buffered, unpacked, records), visitor);
        } catch (Unusable broken) { // it is said when it is read: an archive goes on behind it
            visitor.visit(name, _ -> {
                throw new DataException("%s %s".formatted(name, broken.getMessage()), broken);
            });
        }
    }

    @Override
    public Supplier<Manifest.Source> provenance() {
        FutureTask<Manifest.Source> sum = new FutureTask<>(
                () -> new Manifest.Source(path.toString(), Hashes.sha256(path), FolderTree.size(path)));
        Thread.ofPlatform().daemon().name("sum").start(sum);
        return () -> {
            try {
                return sum.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException refused
                        ? refused
                        : new IllegalStateException(failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DataException("%s: the reading was interrupted".formatted(path), interrupted);
            }
        };
    }
}
