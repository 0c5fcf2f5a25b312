package dev.athanor.data;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Grey pictures one behind the other, as MNIST and its family are published (LeCun, Cortes, Burges 1998:
/// IDX), with the file of their labels where one lies beside it.
final class IdxFile implements MediaSource {
    private static final int PICTURES = 0x00000803; // unsigned bytes, three dimensions
    private static final int NUMBERS = 0x00000801; // unsigned bytes, one dimension
    private static final int MOST_SIDE = 4096;

    private final Tree tree;
    private final String path;
    private final Optional<String> labels;

    IdxFile(Tree tree, String path) {
        this.tree = tree;
        this.path = path;
        this.labels = labels();
    }

    /// Whether a name is that of such a file, of pictures or of labels, packed or not.
    static boolean isNamed(String path) {
        return plain(path).matches(".*[-.]idx\\d?(-ubyte)?|.*-ubyte");
    }

    /// Whether a name is that of a file with pictures.
    static boolean isOfPictures(String path) {
        return isNamed(path) && !plain(path).contains("labels") && !plain(path).contains("idx1");
    }

    private static String plain(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    }

    private Optional<String> labels() {
        String wanted = plain(path).replace("images", "labels").replace("idx3", "idx1");
        return tree.beside().stream()
                .filter(other -> !other.equals(path) && plain(other).equals(wanted))
                .findFirst();
    }

    @Override
    public List<String> columns() {
        return labels.isPresent() ? List.of(MediaFiles.LABEL) : List.of();
    }

    @Override
    public void read(Sink sink) throws IOException {
        byte[] classes = labels.isPresent() ? numbers(labels.get()) : new byte[0];
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(tree.unpacked(path), 1 << 16))) {
            header(in, path, PICTURES);
            int count = in.readInt();
            int height = in.readInt();
            int width = in.readInt();
            check(count, height, width, classes);
            Optional<Split> split = Split.named(path);
            for (int i = 0; i < count; i++) {
                byte[] pixels = new byte[width * height];
                int had = in.readNBytes(pixels, 0, pixels.length);
                if (had < pixels.length) {
                    throw new DataException(
                            "%s breaks off in picture %d of %d: fetch it again".formatted(tree.place(path), i, count));
                }
                SequencedMap<String, String> values = new LinkedHashMap<>();
                if (labels.isPresent()) {
                    values.put(MediaFiles.LABEL, Integer.toString(classes[i] & 0xFF));
                }
                sink.take(new Found(
                        tree.place(path) + "#" + i,
                        tree.place(path),
                        i,
                        () -> Png.write(new Image(width, height, 1, pixels)),
                        values,
                        split));
            }
        }
    }

    private void check(int count, int height, int width, byte[] classes) {
        if (count < 1 || height < 1 || width < 1 || height > MOST_SIDE || width > MOST_SIDE) {
            throw new DataException("%s claims %d pictures of %d x %d: expected at least one, of at most %d x %d"
                    .formatted(tree.place(path), count, width, height, MOST_SIDE, MOST_SIDE));
        }
        if (labels.isPresent() && classes.length != count) {
            throw new DataException("%s has %s and %s has %s: fetch both again, or import one alone"
                    .formatted(
                            tree.place(labels.get()),
                            Counted.of(classes.length, "label"),
                            tree.place(path),
                            Counted.of(count, "picture")));
        }
    }

    private void header(DataInputStream in, String which, int expected) throws IOException {
        int magic = in.readInt();
        if (magic != expected) {
            throw new DataException(
                    "%s begins with %08x: expected %08x, an IDX file of %s. Fetch it again, or leave it out"
                            .formatted(
                                    tree.place(which),
                                    magic,
                                    expected,
                                    expected == PICTURES ? "grey pictures" : "one label each"));
        }
    }

    private byte[] numbers(String which) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(tree.unpacked(which), 1 << 16))) {
            header(in, which, NUMBERS);
            int count = in.readInt();
            byte[] numbers = in.readNBytes(Math.max(0, count));
            if (numbers.length != count) {
                throw new DataException("%s claims %d labels and has %d: fetch it again"
                        .formatted(tree.place(which), count, numbers.length));
            }
            return numbers;
        }
    }
}
