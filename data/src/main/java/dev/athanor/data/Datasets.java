package dev.athanor.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/// The datasets of a workspace, by name and version.
///
/// @param taken is told how many samples a version that is being made has so far, after each
public record Datasets(Workspace workspace, LongConsumer taken) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");

    /// Those that are made in silence.
    public Datasets(Workspace workspace) {
        this(workspace, _ -> {});
    }

    /// A name that is also a folder's, on every system.
    ///
    /// @throws IllegalArgumentException for one that is not
    public static String checkedName(String name) {
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
    public List<Dataset> versions(String name) {
        return Durable.children(workspace.datasets().resolve(checkedName(name))).stream()
                .filter(folder -> !Durable.isTemporary(folder) && Files.exists(folder.resolve(Manifest.FILE)))
                .map(Dataset::open)
                .sorted(Comparator.comparingInt(dataset -> dataset.manifest().version()))
                .toList();
    }

    /// Every name, sorted.
    public List<String> names() {
        return Durable.children(workspace.datasets()).stream()
                .filter(folder -> Files.isDirectory(folder) && !Durable.isTemporary(folder))
                .map(folder -> folder.getFileName().toString())
                .filter(name -> !versions(name).isEmpty())
                .toList();
    }

    /// The newest version of each.
    public List<Dataset> list() {
        return names().stream().map(this::open).toList();
    }

    /// Deletes one version (`name@version`) or all of a name. Models trained on it keep its fingerprint.
    public void delete(String reference) {
        Dataset dataset = open(reference);
        Path folder = dataset.folder();
        Durable.remove(reference.contains("@") ? folder : folder.getParent());
    }
}
