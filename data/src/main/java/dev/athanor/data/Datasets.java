package dev.athanor.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The datasets of a workspace, by name and version.
///
/// @param taken is told how many samples a version that is being made has so far, after each
public record Datasets(Workspace workspace, LongConsumer taken) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");

    /// Of 255 bytes that systems have for a name some are for what is half-written beside it.
    private static final int LONGEST_NAME = 200;

    /// Those that are made in silence.
    public Datasets(Workspace workspace) {
        this(workspace, _ -> {});
    }

    /// A name that is also a folder's, on every system.
    ///
    /// @throws IllegalArgumentException for one that is not
    public static String checkedName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "the name \"%s\" takes %d bytes, and the names of folders have little room: expected at most %d, which are %d Chinese characters"
                            .formatted(name, bytes, LONGEST_NAME, LONGEST_NAME / 3));
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name \"%s\" cannot be used: begin with a letter or digit, then letters, digits, '.', '_' and '-', at most 100"
                            .formatted(name));
        }
        return name;
    }

    /// The newest version of `name`, or the one that `name@version` says.
    ///
    /// @throws IllegalArgumentException for a name or version that is not there, with those that are
    public Dataset open(String reference) {
        int at = reference.lastIndexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        List<Dataset> versions = versions(name);
        if (versions.isEmpty()) {
            throw Nearest.unknown(
                    "dataset",
                    name,
                    workspace.root(),
                    names(),
                    "none has been imported yet: athanor data import PATH --name NAME");
        }
        if (at < 0) {
            return versions.getLast();
        }
        String wanted = reference.substring(at + 1);
        return versions.stream()
                .filter(dataset ->
                        Integer.toString(dataset.manifest().version()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("dataset \"%s\" has no version \"%s\": there are %s"
                        .formatted(
                                name,
                                wanted,
                                String.join(
                                        ", ",
                                        versions.stream()
                                                .map(d -> Integer.toString(
                                                        d.manifest().version()))
                                                .toList()))));
    }

    /// Every version of a dataset, oldest first; empty for an unknown name.
    ///
    /// @throws DataException where one is damaged
    public List<Dataset> versions(String name) {
        return folders(name).filter(Datasets::isVersion).map(Dataset::open).toList();
    }

    /// The folders that are called as versions are, oldest first, whatever is in them.
    private Stream<Path> folders(String name) {
        return Durable.children(workspace.datasets().resolve(checkedName(name))).stream()
                .filter(folder -> folder.getFileName().toString().matches("[1-9]\\d{0,8}"))
                .sorted(Comparator.comparingInt(Datasets::number));
    }

    private static int number(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    private static boolean isVersion(Path folder) {
        return Files.exists(folder.resolve(Manifest.FILE));
    }

    /// The number of the next version, which nothing has or had, whole or damaged: models and runs may name what
    /// was deleted.
    int next(String name) {
        return 1 + Math.max(newest(name), lastDeleted(name));
    }

    private int newest(String name) {
        return folders(name).mapToInt(Datasets::number).max().orElse(0);
    }

    private int lastDeleted(String name) {
        Path file = workspace.datasets().resolve(name).resolve(LAST);
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (IOException | NumberFormatException broken) {
            throw new DataException(
                    "%s cannot be read: expected the number of the newest version that was deleted. Write it there, or delete the file"
                            .formatted(file),
                    broken);
        }
    }

    /// Every name, sorted.
    public List<String> names() {
        return Durable.children(workspace.datasets()).stream()
                .filter(Files::isDirectory)
                .map(folder -> folder.getFileName().toString())
                .filter(name -> NAME.matcher(name).matches() && folders(name).anyMatch(Datasets::isVersion))
                .toList();
    }

    /// The newest version of each name.
    ///
    /// @param aside is told why a name is left out: a damaged one is no reason to hide the others
    public List<Dataset> list(Consumer<String> aside) {
        return readable(aside).stream().map(List::getLast).toList();
    }

    private List<List<Dataset>> readable(Consumer<String> aside) {
        List<List<Dataset>> readable = new ArrayList<>();
        for (String name : names()) {
            try {
                readable.add(versions(name));
            } catch (DataException damaged) {
                aside.accept("The dataset %s is left aside: %s".formatted(name, damaged.getMessage()));
            }
        }
        return readable;
    }

    /// The version that `name@version` says, where it is there.
    Optional<Dataset> find(String reference) {
        int at = reference.lastIndexOf('@');
        return versions(reference.substring(0, at)).stream()
                .filter(dataset -> dataset.reference().equals(reference))
                .findFirst();
    }

    /// What a version was made of, and what that was made of, and so on: `name@version` from parent to eldest, as
    /// far as they are still there.
    public List<String> ancestors(Dataset dataset) {
        List<String> ancestors = new ArrayList<>();
        for (String parent : dataset.manifest().parents()) {
            ancestors.add(parent);
            find(parent).ifPresent(found -> ancestors.addAll(ancestors(found)));
        }
        return ancestors;
    }

    /// What was deleted.
    ///
    /// @param answers of people about samples, which went with all versions of a name
    public record Deleted(List<String> versions, int answers) {}

    /// Deletes one version (`name@version`) or all of a name.
    ///
    /// @throws IllegalArgumentException where a model was trained on it, a run may go on with it, or answers
    ///     of people would go with it
    public Deleted delete(String reference) {
        for (Place version : meant(reference)) {
            List<String> uses = Uses.of(workspace, version.reference());
            if (!uses.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s is needed by %s, whose lineage would lead to nothing: delete these first, or give --force"
                                .formatted(version.reference(), String.join(", ", uses)));
            }
        }
        int answers = answers(reference);
        if (answers > 0) {
            throw new IllegalArgumentException(
                    "%s is there with %s, the work of people, in %s, which would be deleted too: copy that file, or delete single versions (%s), which leaves it, or give --force"
                            .formatted(
                                    reference,
                                    Counted.of(answers, "answer"),
                                    journal(reference).file(),
                                    meant(reference).getFirst().reference()));
        }
        return deleteAnyway(reference);
    }

    /// Deletes it whoever needs it. Models trained on it keep its fingerprint.
    public Deleted deleteAnyway(String reference) {
        Path parent = meant(reference).getFirst().folder().getParent();
        return alone(parent, () -> {
                    List<Place> meant = meant(reference); // as they are now
                    int answers = answers(reference);
                    if (isVersion(reference)) {
                        remove(meant.getFirst().folder());
                    } else {
                        Durable.remove(parent);
                    }
                    return new Deleted(meant.stream().map(Place::reference).toList(), answers);
                })
                .orElseThrow(() -> new DataException(
                        "%s is being changed by another process, which may need what is there: wait for it, and try again"
                                .formatted(parent.getFileName())));
    }

    private void remove(Path version) {
        String name = version.getParent().getFileName().toString();
        if (number(version) == newest(name)) {
            Durable.file(version.resolveSibling(LAST), Integer.toString(number(version)));
        }
        Durable.remove(version);
    }

    /// Deletes a version that nobody needs, where no other process changes the name or was first.
    ///
    /// @return how many bytes that frees; empty where nothing was deleted
    public OptionalLong collect(Dataset superseded) {
        return alone(superseded.folder().getParent(), () -> {
                    if (Files.notExists(superseded.folder())) {
                        return OptionalLong.empty();
                    }
                    long bytes = superseded.bytes();
                    Durable.remove(superseded.folder());
                    return OptionalLong.of(bytes);
                })
                .orElse(OptionalLong.empty());
    }

    /// Does something while no other process changes what a name has; nothing where one does.
    private static <T> Optional<T> alone(Path parent, Supplier<T> change) {
        try (FileChannel file =
                        FileChannel.open(parent.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock == null ? Optional.empty() : Optional.of(change.get());
        } catch (OverlappingFileLockException _) { // another thread of this process
            return Optional.empty();
        } catch (IOException refused) {
            throw Durable.refusal(parent, refused);
        }
    }

    /// Held by who changes what a name has, beside its versions.
    static final String LOCK = ".lock";

    /// Says the number of the newest version, where that was deleted.
    private static final String LAST = ".last";

    /// How many answers go with a name; none with a single version.
    private int answers(String reference) {
        return isVersion(reference) ? 0 : journal(reference).read().answers().size();
    }

    private LabelJournal journal(String name) {
        return new LabelJournal(this, name, InstantSource.system());
    }

    private static boolean isVersion(String reference) {
        return reference.contains("@");
    }

    /// A version that may be damaged: so it is not opened.
    private record Place(String reference, Path folder) {}

    private List<Place> meant(String reference) {
        int at = reference.lastIndexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        List<Place> meant = folders(name)
                .filter(folder -> at < 0 || folder.getFileName().toString().equals(reference.substring(at + 1)))
                .map(folder -> new Place(name + "@" + folder.getFileName(), folder))
                .toList();
        return meant.isEmpty() ? List.of(new Place(reference, open(reference).folder())) : meant;
    }

    /// Versions that nothing would miss: a newer one of the same name is there, no model was trained on them,
    /// and no run may go on with them.
    ///
    /// @param aside is told of names that are left as they are, since one of their versions is damaged
    public List<Dataset> superseded(Consumer<String> aside) {
        return readable(aside).stream()
                .flatMap(versions -> versions.subList(0, versions.size() - 1).stream())
                .filter(dataset -> Uses.of(workspace, dataset.reference()).isEmpty())
                .toList();
    }
}
