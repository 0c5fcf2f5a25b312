package dev.athanor.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Pictures or sounds that are a file each: their folders say the class, and above it perhaps the split.
final class MediaFiles implements MediaSource {
    static final String LABEL = "label";

    private final Tree tree;
    private final List<String> paths;
    private final List<String> inner;
    private final boolean splits;

    /// @param paths the pictures or sounds of the tree
    MediaFiles(Tree tree, List<String> paths) {
        this.tree = tree;
        this.paths = paths;
        int wrapping = wrapping(paths);
        this.inner = paths.stream().map(path -> path.substring(wrapping)).toList();
        this.splits = inner.stream()
                .allMatch(path -> path.contains("/") && Split.of(first(path)).isPresent());
    }

    /// How much of every path is folders that hold all of them, and so say nothing.
    static int wrapping(List<String> paths) {
        int length = 0;
        while (true) {
            int next = paths.getFirst().indexOf('/', length) + 1;
            if (next == 0) {
                return length;
            }
            String folder = paths.getFirst().substring(0, next);
            if (!paths.stream().allMatch(path -> path.startsWith(folder))) {
                return length;
            }
            length = next;
        }
    }

    private static String first(String path) {
        return path.substring(0, path.indexOf('/'));
    }

    @Override
    public List<String> columns() {
        return inner.stream().anyMatch(path -> !label(path).isEmpty()) ? List.of(LABEL) : List.of();
    }

    /// The folders between the split and the file.
    private String label(String path) {
        String rest = splits ? path.substring(path.indexOf('/') + 1) : path;
        return rest.substring(0, Math.max(0, rest.lastIndexOf('/')));
    }

    @Override
    public void read(Sink sink) throws IOException {
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            SequencedMap<String, String> values = new LinkedHashMap<>();
            values.put(LABEL, label(inner.get(i)));
            Optional<Split> split = splits ? Split.of(first(inner.get(i))) : Optional.empty();
            String place = tree.place(path);
            sink.take(new Found(place, place, i, () -> tree.read(path), values, split));
        }
    }
}
