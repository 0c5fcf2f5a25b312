package dev.athanor.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of a folder, or some of them. Its many small ones have one sum together: of their paths and bytes
/// in the order of reading.
final class FolderTree implements Tree {
    private final Path root;
    private final List<String> paths;
    private final MessageDigest digest = Hashes.digest();
    private final Set<String> opened = new LinkedHashSet<>();
    private long bytes;

    private FolderTree(Path root, List<String> paths) {
        this.root = root;
        this.paths = paths;
    }

    /// All files of a folder but archives, which are trees of their own.
    static FolderTree of(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return new FolderTree(
                    root,
                    files.peek(file -> requireInside(root, file))
                            .filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString().replace('\\', '/'))
                            .filter(path -> !Tree.isHidden(path))
                            .sorted()
                            .toList());
        } catch (IOException | UncheckedIOException unreadable) {
            throw Reason.unreadable(root, unreadable);
        }
    }

    /// Refuses a link that leads out of the folder: whoever made it decides what would be read.
    private static void requireInside(Path root, Path file) {
        if (!Files.isSymbolicLink(file) || Files.notExists(file) || file.equals(root)) {
            return;
        }
        try {
            Path target = file.toRealPath();
            if (!target.startsWith(root.toRealPath())) {
                throw new DataException(
                        "%s is a link to %s, outside of the folder: give that itself if it is meant, or delete the link"
                                .formatted(file, target));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Some files of one folder.
    static FolderTree ofFiles(Path folder, List<Path> files) {
        return new FolderTree(
                folder,
                files.stream().map(file -> file.getFileName().toString()).toList());
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public List<String> beside() {
        Set<String> all = new LinkedHashSet<>(paths);
        Durable.children(root.toAbsolutePath()).stream()
                .map(file -> file.getFileName().toString())
                .forEach(all::add);
        return List.copyOf(all);
    }

    Path file(String path) {
        return root.resolve(path);
    }

    @Override
    public InputStream open(String path) throws IOException {
        opened.add(path);
        return new BufferedInputStream(Files.newInputStream(file(path)));
    }

    @Override
    public byte[] read(String path) throws IOException, Unusable {
        boolean before = opened.contains(path);
        byte[] content = Tree.super.read(path);
        if (!before) {
            opened.remove(path);
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update(content);
            bytes += content.length;
        }
        return content;
    }

    @Override
    public long size(String path) {
        return size(file(path));
    }

    @Override
    public String place(String path) {
        return file(path).toString();
    }

    @Override
    public List<Manifest.Source> sources() {
        List<Manifest.Source> sources = new ArrayList<>();
        if (bytes > 0) {
            String sum = HexFormat.of().formatHex(digest.digest());
            sources.add(new Manifest.Source(paths.size() == 1 ? place(paths.getFirst()) : root.toString(), sum, bytes));
        }
        for (String path : opened) {
            sources.add(new Manifest.Source(place(path), Hashes.sha256(file(path)), size(file(path))));
        }
        return sources;
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
