package dev.athanor.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Files under their paths: a folder, or a zip.
sealed interface Tree extends AutoCloseable permits FolderTree, ZipTree {
    /// A single picture or sound beyond this is refused: bytes.
    int MOST_BYTES = 256 << 20;

    /// Every file's path from the top, with `/`, sorted.
    List<String> paths();

    /// The same, and for single files also what lies beside them: labels, for example.
    List<String> beside();

    /// Opens a file, not unpacking what it may be packed as.
    InputStream open(String path) throws IOException;

    /// Opens a file, unpacked where its name ends in `.gz`.
    default InputStream unpacked(String path) throws IOException {
        InputStream in = open(path);
        return path.endsWith(".gz")
                ? new SourceFiles.Bounded(
                        new GZIPInputStream(in, 1 << 16), new SourceFiles.Allowance(Path.of(place(path)), size(path)))
                : in;
    }

    /// Bytes of a file as it lies there.
    long size(String path);

    /// The file for people, and for lineage.
    String place(String path);

    /// What was read, with its sums; call it after reading.
    List<Manifest.Source> sources();

    @Override
    void close();

    /// All bytes of a file.
    ///
    /// @throws Unusable where they are too many
    default byte[] read(String path) throws IOException, Unusable {
        try (InputStream in = open(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unusable(
                        "has more than %d bytes".formatted(MOST_BYTES),
                        "Make it smaller with another program, or leave it out");
            }
            return bytes;
        }
    }

    /// Whether a file is one that systems leave in folders, not people.
    static boolean isHidden(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.startsWith(".")
                || path.startsWith(".")
                || path.contains("/.")
                || path.startsWith("__MACOSX/")
                || file.equals("Thumbs.db");
    }
}
