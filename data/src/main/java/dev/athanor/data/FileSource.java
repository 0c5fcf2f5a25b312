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
    /// One that has been opened, and in which format.
    private record Opened(RecordFormat format, RecordFormat.File file) implements Rows {
        @Override
        public void read(Records.Sink sink) throws IOException {
            file.records().read(format, file, sink);
        }

        @Override
        public void glance() throws IOException {
            format.glance(file);
        }

        @Override
        public boolean isText() {
            return format.isText();
        }
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void visit(Visitor visitor) {
        SourceFiles.open(path, (name, in) -> visitor.visit(name, opened(name, in)));
    }

    private Opened opened(String name, InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        RecordFormat format = RecordFormats.of(name, records.options().as(), buffered);
        Optional<Path> unpacked =
                Optional.of(path).filter(file -> file.toString().equals(name) && !name.endsWith(".gz"));
        return new Opened(format, new RecordFormat.File(name, buffered, unpacked, records));
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
