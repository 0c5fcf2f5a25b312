package dev.athanor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out what lies in files, folders and zips: texts, or pictures, or sounds, and in which layout.
final class MediaSources implements AutoCloseable {
    private static final String TEXTS = "texts or tables";

    private final List<Path> given;
    private final List<Tree> trees = new ArrayList<>();
    private final List<MediaParquet> parquets = new ArrayList<>();
    private final MediaTable.Index index = new MediaTable.Index();
    private final SequencedMap<String, DataException> broken = new LinkedHashMap<>();
    private final List<String> beside = new ArrayList<>();
    private final List<Codec> others = new ArrayList<>();
    private boolean named;

    /// @throws DataException for what is not there, and for an archive that is broken where nothing else is given
    MediaSources(List<Path> paths) {
        given = List.copyOf(paths);
        Map<Path, List<Path>> loose = new LinkedHashMap<>();
        for (Path path : paths) {
            if (Files.notExists(path)) {
                throw new DataException("%s does not exist: check the path".formatted(path));
            }
            if (Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
                throw new DataException(
                        "%s is no file but a pipe or a device, which cannot be read twice: write what comes out of it into a file, and import that"
                                .formatted(path));
            }
            if (Files.isDirectory(path)) {
                trees.add(FolderTree.of(path));
            } else if (isZip(path.toString())) {
                add(path);
            } else {
                Path parent = path.getParent() == null ? Path.of("") : path.getParent();
                loose.computeIfAbsent(parent, _ -> new ArrayList<>()).add(path);
            }
        }
        if (paths.size() == 1 && trees.isEmpty() && !broken.isEmpty()) {
            throw broken.firstEntry().getValue();
        }
        loose.forEach((folder, files) -> trees.add(FolderTree.ofFiles(folder, files)));
        for (Tree tree : List.copyOf(trees)) {
            if (tree instanceof FolderTree folder) {
                folder.paths().stream().filter(MediaSources::isZip).forEach(zip -> add(folder.file(zip)));
                folder.paths().stream()
                        .filter(path -> path.toLowerCase(Locale.ROOT).endsWith(".parquet"))
                        .forEach(path -> addParquet(folder.file(path)));
            }
        }
    }

    /// An archive; one that is broken does not stop the others.
    private void add(Path zip) {
        try {
            trees.add(ZipTree.of(zip));
        } catch (DataException refused) {
            broken.put(zip.toString(), refused);
        }
    }

    private void addParquet(Path file) {
        try {
            MediaParquet.of(file).ifPresent(parquets::add);
        } catch (DataException refused) {
            broken.put(file.toString(), refused);
        }
    }

    /// Archives and tables that cannot be opened, with the reason.
    SequencedMap<String, DataException> broken() {
        return broken;
    }

    private static boolean isZip(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    private Stream<String> paths() {
        return trees.stream().flatMap(tree -> tree.paths().stream());
    }

    /// Of these the one whose things lie here, if they are at least as many as the files that could be texts.
    ///
    /// @throws DataException where they are mixed with things of another, or texts are taken and a path holds none
    Optional<Codec> choose(List<Codec> codecs) {
        long texts = paths().filter(MediaSources::isText).count();
        Optional<Codec> chosen = codecs.stream()
                .max(Comparator.comparingLong(this::count))
                .filter(codec -> count(codec) > 0 && count(codec) >= texts);
        for (Codec other : codecs) {
            if (count(other) > 0 && !chosen.equals(Optional.of(other))) {
                others.add(other);
                chosen.ifPresent(codec -> requireFew(codec, other, texts));
                beside.add(
                        "%s lie there, too (%d), and are left out, since a dataset holds one kind: %s imports them alone"
                                .formatted(other.things(), count(other), place(other)));
            }
        }
        if (chosen.isEmpty() && !others.isEmpty()) {
            all().requireAll(
                            new GivenPaths.Things(TEXTS, place -> SourceFiles.KINDS.contains(SourceFiles.kind(place))),
                            others());
        }
        return chosen;
    }

    /// One path alone gives what is taken, so that nothing has to be looked through.
    private GivenPaths all() {
        if (given.size() == 1) {
            return new GivenPaths(given, List.of());
        }
        return new GivenPaths(
                given,
                trees.stream()
                        .flatMap(tree -> tree.paths().stream().map(tree::place))
                        .toList());
    }

    private List<GivenPaths.Things> others() {
        return others.stream()
                .map(codec -> new GivenPaths.Things(codec.things(), codec::isNamed))
                .toList();
    }

    /// Refuses a path that holds other things than those of the codec and the tables that name them.
    private void requireAll(Codec codec, List<MediaTable> tables) {
        Set<String> taken = new HashSet<>();
        tables.forEach(table -> taken.add(table.place()));
        parquets.stream()
                .filter(file -> file.kind() == codec.kind())
                .forEach(file -> taken.add(file.file().toString()));
        boolean packed = codec.kind() == Kind.IMAGE;
        Set<String> alone = given.stream().map(Path::toString).collect(Collectors.toSet());
        List<GivenPaths.Things> refused = new ArrayList<>(others());
        refused.add(new GivenPaths.Things(
                TEXTS,
                "; a table beside %s names them in a column file_name".formatted(codec.things()),
                place -> isText(place) || alone.contains(place) && Records.TABLES.contains(SourceFiles.kind(place))));
        all().requireAll(
                        new GivenPaths.Things(
                                codec.things(),
                                place -> codec.isNamed(place)
                                        || taken.contains(place)
                                        || packed && (IdxFile.isNamed(place) || CifarFile.isNamed(place))),
                        refused);
    }

    /// A cover beside sounds is no mixture; from a tenth on it is not clear what is meant.
    private void requireFew(Codec codec, Codec other, long texts) {
        if (count(other) * 10 >= count(codec)) {
            throw new DataException(
                    "there are %d %s, %d %s%s, and a dataset holds one kind: import one alone, as %s or %s"
                            .formatted(
                                    count(codec),
                                    codec.things(),
                                    count(other),
                                    other.things(),
                                    texts > 0 ? ", " + Counted.of(texts, "text or table", "texts or tables") : "",
                                    place(codec),
                                    place(other)));
        }
    }

    /// The folder that holds the things of a codec and nothing of another kind, or else how they are called.
    private String place(Codec codec) {
        for (Tree tree : trees) {
            List<String> named = tree.paths().stream().filter(codec::isNamed).toList();
            if (!named.isEmpty()) {
                String folder = named.getFirst().substring(0, MediaFiles.wrapping(named));
                boolean alone = tree.paths().stream()
                        .filter(path -> path.startsWith(folder))
                        .allMatch(path -> codec.isNamed(path) || isText("texts." + SourceFiles.kind(path)));
                String end = named.getFirst().substring(named.getFirst().lastIndexOf('.'));
                return tree.place(alone && !folder.isEmpty() ? folder : folder + "*" + end);
            }
        }
        return codec.things();
    }

    /// What lies beside the things that are taken, as sentences.
    List<String> beside() {
        return List.copyOf(beside);
    }

    private long count(Codec codec) {
        long packed = codec.kind() == Kind.IMAGE
                ? paths().filter(path -> IdxFile.isNamed(path) || CifarFile.isNamed(path))
                        .count()
                : 0;
        long tables =
                parquets.stream().filter(file -> file.kind() == codec.kind()).count();
        return packed + tables + paths().filter(codec::isNamed).count();
    }

    /// What people write about data does not make it text.
    private static boolean isText(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return SourceFiles.KINDS.contains(SourceFiles.kind(file))
                && !file.matches(
                        "(readme|licen[cs]e|metadata|labels|captions|batches\\.meta|(fine|coarse)_label_names).*");
    }

    /// Each layout that holds things of a codec. Where a table names files, only those are taken that it names.
    ///
    /// @throws DataException where a path was given that holds other things alone
    List<MediaSource> open(Codec codec, Records records) throws IOException {
        List<MediaSource> sources = new ArrayList<>();
        for (Tree tree : trees) {
            index.add(tree, tree.paths().stream().filter(codec::isNamed).toList());
        }
        List<MediaTable> tables = tables(records);
        requireAll(codec, tables);
        sources.addAll(tables);
        named = !sources.isEmpty();
        for (Tree tree : trees) {
            List<String> files = tree.paths().stream().filter(codec::isNamed).toList();
            if (!named && !files.isEmpty()) {
                sources.add(new MediaFiles(tree, files));
            }
            if (codec.kind() == Kind.IMAGE) {
                for (String path : tree.paths()) {
                    if (IdxFile.isOfPictures(path)) {
                        sources.add(new IdxFile(tree, path));
                    } else if (CifarFile.isNamed(path)) {
                        sources.add(new CifarFile(tree, path));
                    }
                }
            }
        }
        parquets.stream().filter(file -> file.kind() == codec.kind()).forEach(sources::add);
        return sources;
    }

    private List<MediaTable> tables(Records records) throws IOException {
        List<MediaTable> tables = new ArrayList<>();
        for (Tree tree : trees) {
            for (String path : tree.paths()) {
                if (Records.TABLES.subList(0, 3).contains(SourceFiles.kind(path)) || path.endsWith("metadata.txt")) {
                    MediaTable.of(tree, path, records, index).ifPresent(tables::add);
                }
            }
        }
        return tables;
    }

    /// How many things lie in each tree, and its tables.
    List<Findings.Source> overview(Codec codec, String caption) {
        List<Findings.Source> overview = new ArrayList<>();
        for (Tree tree : trees) {
            List<String> named = tree.paths().stream().filter(codec::isNamed).toList();
            if (!named.isEmpty()) {
                overview.add(source(
                        tree.place(named.getFirst()),
                        "the first of %d %s".formatted(named.size(), codec.things()),
                        caption));
            }
            tree.paths().stream()
                    .filter(path -> IdxFile.isNamed(path) || CifarFile.isNamed(path))
                    .forEach(path -> overview.add(source(tree.place(path), codec.things(), caption)));
        }
        parquets.forEach(parquet -> overview.add(source(parquet.file().toString(), "Parquet", caption)));
        return overview;
    }

    private static Findings.Source source(String name, String trait, String caption) {
        return new Findings.Source(name, List.of(trait), caption, new LinkedHashMap<>());
    }

    /// The files that a table could have named and did not.
    List<String> unnamed() {
        return named ? index.unnamed() : List.of();
    }

    /// What was read, with its sums.
    List<Manifest.Source> sources() {
        List<Manifest.Source> sources = new ArrayList<>();
        trees.forEach(tree -> sources.addAll(tree.sources()));
        for (MediaParquet parquet : parquets) {
            Path file = parquet.file();
            sources.add(new Manifest.Source(file.toString(), Hashes.sha256(file), FolderTree.size(file)));
        }
        return sources;
    }

    @Override
    public void close() {
        trees.forEach(Tree::close);
    }
}
