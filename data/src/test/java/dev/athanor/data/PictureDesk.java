package dev.athanor.data;

import dev.athanor.data.image.Image;
import dev.athanor.data.image.Png;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What tests of importing pictures begin with: a desk, and files of a few bytes in its folder `in`.
record PictureDesk(Desk desk) {
    PictureDesk(Path folder) {
        this(new Desk(folder));
    }

    /// A picture of 3 x 2 whose every number is this one.
    static byte[] png(int value) {
        byte[] pixels = new byte[6];
        Arrays.fill(pixels, (byte) value);
        return Png.write(new Image(3, 2, 1, pixels));
    }

    Path file(String name, byte[] content) throws IOException {
        Path file = desk.folder().resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path in() {
        return desk.folder().resolve("in");
    }

    Dataset run(Path... sources) {
        return desk.imported(ImportOptions.of("p"), sources);
    }

    Path zip(String name, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file(name, bytes.toByteArray());
    }

    static byte[] idx(int magic, int[] sizes, int... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        for (int size : sizes) {
            out.writeInt(size);
        }
        for (int number : numbers) {
            out.writeByte(number);
        }
        return bytes.toByteArray();
    }

    static byte[] gz(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
