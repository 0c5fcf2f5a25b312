package dev.athanor.data.duplicate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.LongPredicate;

/// Numbers that are too many for memory, in files by a part of their hash, so that each file fits in memory:
/// what belongs together is in the same. Each keeps the order they came in.
final class Spool implements AutoCloseable {
    /// Four thousand million numbers make files of 128 MB.
    static final int PARTS = 256;

    private static final int BUFFER = 1 << 15;

    private final Path folder;
    private final ByteBuffer[] waiting = new ByteBuffer[PARTS];
    private final FileChannel[] files = new FileChannel[PARTS];

    /// @param folder that is there; the spool's files are `name-0` and so on
    Spool(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void add(int part, long number) throws IOException {
        ByteBuffer buffer = waiting[part];
        if (buffer == null) {
            waiting[part] = buffer = ByteBuffer.allocate(BUFFER);
        }
        if (!buffer.hasRemaining()) {
            flush(part);
        }
        buffer.putLong(number);
    }

    private void flush(int part) throws IOException {
        if (files[part] == null) {
            files[part] = FileChannel.open(
                    folder.resolve(Integer.toString(part)),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        }
        ByteBuffer buffer = waiting[part].flip();
        while (buffer.hasRemaining()) {
            files[part].write(buffer);
        }
        buffer.clear();
    }

    /// All is written: from now on several threads may [#load].
    void seal() throws IOException {
        for (int part = 0; part < PARTS; part++) {
            if (waiting[part] != null) {
                flush(part);
                waiting[part] = null;
            }
        }
    }

    /// The numbers of a part that are wanted, in the order they came in.
    long[] load(int part, LongPredicate wanted) throws IOException {
        FileChannel file = files[part];
        if (file == null) {
            return new long[0];
        }
        long[] numbers = new long[1 << 10];
        int count = 0;
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < file.size(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, file.size() - at));
            Rows.fill(file, buffer, at);
            while (buffer.hasRemaining()) {
                long number = buffer.getLong();
                if (wanted.test(number)) {
                    if (count == numbers.length) {
                        numbers = Arrays.copyOf(numbers, 2 * count);
                    }
                    numbers[count++] = number;
                }
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    /// Takes numbers that were added one after the other.
    @FunctionalInterface
    interface Pairs {
        void take(long first, long second) throws IOException;
    }

    /// How many numbers a part has.
    long size(int part) throws IOException {
        return files[part] == null ? 0 : files[part].size() / Long.BYTES;
    }

    /// Reads the numbers of a part two by two, in the order they came in; memory holds a few of them.
    void pairs(int part, Pairs taker) throws IOException {
        FileChannel file = files[part];
        if (file == null) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < file.size(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, file.size() - at));
            Rows.fill(file, buffer, at);
            while (buffer.hasRemaining()) {
                taker.take(buffer.getLong(), buffer.getLong());
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            if (file != null) {
                file.close();
            }
        }
    }
}
