package dev.athanor.data;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Finds the files to read, and opens what gz and zip hold, within limits.
final class SourceFiles {
    /// Kinds that can be read, by the end of the name.
    static final List<String> KINDS = RecordFormats.ends();

    private static final List<String> PAGES = List.of("md", "markdown", "html", "htm");

    private static final Pattern DESCRIPTION =
            Pattern.compile("(?i)(readme|licen[cs]e|changelog|contributing|notice)[^/]*\\.(md|markdown|txt|html?|pdf)"
                    + "|(dataset_infos?|dataset_dict|dataset-metadata|state|settings)\\.json");

    /// A packed file may not unfold beyond these: a zip bomb unfolds a thousandfold, text about fivefold.
    private static final long MOST_BYTES = 64L << 30;

    private static final long MOST_RATIO = 200;
    private static final long FREE_BYTES = 16L << 20;

    private SourceFiles() {}

    /// Reads one unpacked file.
    @FunctionalInterface
    interface Reader {
        /// @param name for messages and origins, as `archive.zip/inner.txt`
        void read(String name, InputStream in) throws IOException;
    }

    /// The files of a path, sorted: itself, or what its folder holds.
    ///
    /// @param as the kind that all files are said to be, whatever their names end in; empty: by these
    static List<Path> find(Path source, String as) {
        if (Files.notExists(source)) {
            throw new DataException("%s does not exist: check the path".formatted(source));
        }
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        Optional<HubFolder> hub = HubFolder.of(source);
        if (hub.isPresent()) {
            return List.copyOf(hub.get().files().sequencedKeySet());
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(source)) {
            all = paths.filter(Files::isRegularFile)
                    .filter(path ->
                            !Tree.isHidden(source.relativize(path).toString().replace('\\', '/')))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw Reason.unreadable(source, unreadable);
        }
        List<Path> files =
                as.isEmpty() ? all.stream().filter(SourceFiles::isKnown).toList() : all;
        List<Path> data = withoutDescriptions(files);
        if (!data.isEmpty()) {
            return data;
        }
        List<Path> others = all.stream().filter(path -> !files.contains(path)).toList();
        if (!others.isEmpty()) {
            throw new DataException(
                    "the folder %s holds nothing that is known by its name, but %s: say with --as what its files are, one of %s"
                            .formatted(source, some(others), String.join(", ", KINDS)));
        }
        if (files.isEmpty()) {
            throw new DataException(
                    "the folder %s holds nothing to read: expected files that end in %s, or these packed as .gz or .zip"
                            .formatted(source, String.join(", ", KINDS)));
        }
        return files; // descriptions are all there is
    }

    private static boolean isKnown(Path path) {
        return KINDS.contains(kind(path.toString())) || path.toString().endsWith(".zip");
    }

    private static String some(List<Path> files) {
        String first = files.stream()
                .limit(3)
                .map(file -> file.getFileName().toString())
                .collect(Collectors.joining(", "));
        return files.size() > 3 ? first + " and %d more".formatted(files.size() - 3) : first;
    }

    /// What people and programs write about data is no data; beside tables no page is.
    private static List<Path> withoutDescriptions(List<Path> files) {
        boolean tables = files.stream().anyMatch(file -> Records.TABLES.contains(kind(file.toString())));
        return files.stream()
                .filter(file ->
                        !DESCRIPTION.matcher(file.getFileName().toString()).matches())
                .filter(file -> !tables || !PAGES.contains(kind(file.toString())))
                .toList();
    }

    /// The end of a name behind `.gz`, in lower case.
    static String kind(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        plain = plain.endsWith(".gz") ? plain.substring(0, plain.length() - 3) : plain;
        return plain.substring(plain.lastIndexOf('.') + 1);
    }

    /// Opens a file, and each file in it where it is a zip.
    static void open(Path file, Reader reader) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            String lower = file.toString().toLowerCase(Locale.ROOT);
            if (lower.endsWith(".zip")) {
                zip(file, in, reader);
            } else if (lower.endsWith(".gz")) {
                reader.read(
                        file.toString(), new Bounded(new GZIPInputStream(in), new Allowance(file, Files.size(file))));
            } else {
                reader.read(file.toString(), in);
            }
        } catch (ZipException | java.io.EOFException broken) {
            throw new DataException(
                    "%s is packed but broken: %s. Fetch or pack it again".formatted(file, broken.getMessage()), broken);
        } catch (IOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
    }

    private static void zip(Path file, InputStream in, Reader reader) throws IOException {
        Allowance allowance = new Allowance(file, Files.size(file));
        ZipInputStream zip = new ZipInputStream(in, ZipTree.namesOf(file));
        List<String> read = new ArrayList<>();
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            String place = file + "/" + name;
            checkEntry(file, name);
            if (entry.isDirectory() || name.startsWith("__MACOSX/")) {
                continue;
            }
            if (name.endsWith(".zip") || name.endsWith(".gz")) {
                throw new DataException(
                        "%s is an archive inside an archive: unpack the outer one first".formatted(place));
            }
            InputStream content = new Bounded(zip, allowance) {
                @Override
                public void close() {
                    // the archive goes on behind this entry
                }
            };
            if (KINDS.contains(kind(name))) {
                reader.read(place, content);
                read.add(name);
            }
            content.transferTo(OutputStream.nullOutputStream()); // what is passed over is unfolded, too
        }
        if (read.isEmpty()) {
            throw new DataException(
                    "%s holds nothing to read: expected entries that end in %s. If it should, it is broken: fetch it again"
                            .formatted(file, String.join(", ", KINDS)));
        }
    }

    /// Refuses an entry that would be written outside of the folder an archive is unpacked to.
    static void checkEntry(Path file, String name) {
        if (name.startsWith("/")
                || name.contains("\\")
                || List.of(name.split("/")).contains("..")) {
            throw new DataException(
                    "%s holds an entry named \"%s\", which points outside of the archive: do not trust this file"
                            .formatted(file, name));
        }
    }

    /// What a packed file may unfold to, all its entries together.
    static final class Allowance {
        private final Path file;
        private final long ratio;
        private final long most;
        private long count;

        Allowance(Path file, long packed) {
            this(file, packed, MOST_RATIO);
        }

        Allowance(Path file, long packed, long ratio) {
            this.file = file;
            this.ratio = ratio;
            this.most = Math.min(MOST_BYTES, FREE_BYTES + ratio * packed);
        }

        void use(int more) {
            count += more;
            if (count > most) {
                throw new DataException(
                        "%s unfolds to more than %d bytes, %d times its size: it looks like a zip bomb. Unpack it yourself if you trust it"
                                .formatted(file, most, ratio));
            }
        }
    }

    /// Refuses what unfolds beyond belief.
    static class Bounded extends FilterInputStream {
        private final Allowance allowance;

        Bounded(InputStream in, Allowance allowance) {
            super(in);
            this.allowance = allowance;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            allowance.use(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            allowance.use(Math.max(0, read));
            return read;
        }
    }
}
