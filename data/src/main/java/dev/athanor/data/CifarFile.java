package dev.athanor.data;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Colour pictures of 32 x 32 one behind the other, as CIFAR-10 and CIFAR-100 are published (Krizhevsky 2009:
/// the binary version), with the names of their classes where that file lies beside it.
final class CifarFile implements MediaSource {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final String COARSE = "coarse_label";

    private final Tree tree;
    private final String path;

    /// CIFAR-100 has two labels for each picture: the coarse one first.
    private final boolean hundred;

    CifarFile(Tree tree, String path) {
        this.tree = tree;
        this.path = path;
        this.hundred = !base(path).contains("batch");
    }

    /// Whether a name is that of such a file, packed or not.
    static boolean isNamed(String path) {
        return base(path).matches("(data_batch_\\d+|test_batch|train|test)\\.bin(\\.gz)?");
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> columns() {
        return hundred ? List.of(MediaFiles.LABEL, COARSE) : List.of(MediaFiles.LABEL);
    }

    @Override
    public void read(Sink sink) throws IOException {
        List<String> fine = names(hundred ? "fine_label_names.txt" : "batches.meta.txt");
        List<String> coarse = names("coarse_label_names.txt");
        int length = (hundred ? 2 : 1) + PIXELS;
        try (InputStream in = new BufferedInputStream(tree.unpacked(path), 1 << 16)) {
            byte[] record = in.readNBytes(length);
            for (long number = 0; record.length > 0; number++) {
                if (record.length < length) {
                    throw new DataException(
                            "%s breaks off in picture %d: expected %d bytes for each, as %s has. Fetch it again"
                                    .formatted(tree.place(path), number, length, hundred ? "CIFAR-100" : "CIFAR-10"));
                }
                SequencedMap<String, String> values = new LinkedHashMap<>();
                values.put(MediaFiles.LABEL, name(fine, record[hundred ? 1 : 0]));
                if (hundred) {
                    values.put(COARSE, name(coarse, record[0]));
                }
                byte[] planes = record;
                sink.take(new Found(
                        tree.place(path) + "#" + number,
                        tree.place(path),
                        number,
                        () -> Png.write(picture(planes, length - PIXELS)),
                        values,
                        Split.named(path)));
                record = in.readNBytes(length);
            }
        }
    }

    /// All of red, then all of green, then all of blue.
    private static Image picture(byte[] record, int begin) {
        byte[] pixels = new byte[PIXELS];
        int plane = SIDE * SIDE;
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = record[begin + i % 3 * plane + i / 3];
        }
        return new Image(SIDE, SIDE, 3, pixels);
    }

    private static String name(List<String> names, byte number) {
        int index = number & 0xFF;
        return index < names.size() ? names.get(index) : Integer.toString(index);
    }

    /// The lines of a file beside this one; none where it is not there.
    private List<String> names(String file) throws IOException {
        String beside = path.substring(0, path.lastIndexOf('/') + 1) + file;
        Optional<String> found = tree.beside().stream().filter(beside::equals).findFirst();
        if (found.isEmpty()) {
            return List.of();
        }
        try (InputStream in = tree.open(found.get())) {
            String text = new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8);
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }
}
