package dev.athanor.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The files of a zip, read in any order, within the limits of [SourceFiles].
final class ZipTree implements Tree {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final Path file;
    private final ZipFile zip;
    private final List<String> paths;
    private final SourceFiles.Allowance allowance;

    private ZipTree(Path file, ZipFile zip, List<String> paths) throws IOException {
        this.file = file;
        this.zip = zip;
        this.paths = paths;
        this.allowance = new SourceFiles.Allowance(file, Files.size(file));
    }

    /// @throws DataException for one that is broken, or not to be trusted
    static ZipTree of(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile(), namesOf(file));
            List<String> paths = zip.stream()
                    .filter(entry -> !entry.isDirectory() && !Tree.isHidden(entry.getName()))
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
            paths.forEach(path -> SourceFiles.checkEntry(file, path));
            return new ZipTree(file, zip, paths);
        } catch (ZipException broken) {
            throw new DataException(
                    "%s is no zip, or a broken one: %s. Fetch or pack it again".formatted(file, broken.getMessage()),
                    broken);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    /// What the names in a zip are written in: UTF-8, or where they are not, what Windows in Chinese writes.
    static Charset namesOf(Path file) throws IOException {
        if (!Files.isRegularFile(file)) { // opening a pipe would take its bytes
            return StandardCharsets.UTF_8;
        }
        try (ZipFile _ = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            return StandardCharsets.UTF_8;
        } catch (ZipException broken) { // what else is broken shows when it is read
            return String.valueOf(broken.getMessage()).contains("bad entry name") ? GB18030 : StandardCharsets.UTF_8;
        }
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public List<String> beside() {
        return paths;
    }

    @Override
    public InputStream open(String path) throws IOException {
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            throw new FileNotFoundException(place(path));
        }
        return new SourceFiles.Bounded(zip.getInputStream(entry), allowance);
    }

    @Override
    public long size(String path) {
        return zip.getEntry(path).getSize();
    }

    @Override
    public String place(String path) {
        return file + "/" + path;
    }

    @Override
    public List<Manifest.Source> sources() {
        return List.of(new Manifest.Source(file.toString(), Hashes.sha256(file), FolderTree.size(file)));
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException failed) {
            throw Reason.unreadable(file, failed);
        }
    }
}
