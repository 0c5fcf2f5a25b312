package dev.athanor.data.duplicate;

import dev.athanor.data.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Numbers that are too many for memory, in files by a part of their hash, so that each file fits in memory:
/// what belongs together is in the same. Each keeps the order they came in.
final class Spool implements AutoCloseable {
    private static final int BUFFER = 1 << 15;

    private final Path folder;
    private final ByteBuffer[] waiting = new ByteBuffer[Search.PARTS];
    private final FileChannel[] files = new FileChannel[Search.PARTS];

    /// @param folder for the files, made where it is missing
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
        for (int part = 0; part < Search.PARTS; part++) {
            if (waiting[part] != null) {
                flush(part);
                waiting[part] = null;
            }
        }
    }

    /// How many numbers a part has.
    long size(int part) throws IOException {
        return files[part] == null ? 0 : files[part].size() / Long.BYTES;
    }

    /// All numbers of a part, in the order they came in.
    long[] load(int part) throws IOException {
        long[] numbers = new long[Math.toIntExact(size(part))];
        read(part, (some, first) -> some.asLongBuffer().get(numbers, (int) first, some.remaining() / Long.BYTES));
        return numbers;
    }

    /// Takes numbers that were added one after the other.
    @FunctionalInterface
    interface Pairs {
        void take(long first, long second) throws IOException;
    }

    /// Reads the numbers of a part two by two, in the order they came in; memory holds a few of them.
    void pairs(int part, Pairs taker) throws IOException {
        read(part, (some, _) -> {
            while (some.hasRemaining()) {
                taker.take(some.getLong(), some.getLong());
            }
        });
    }

    private interface Piece {
        /// @param first which number of the part the first is
        void take(ByteBuffer some, long first) throws IOException;
    }

    private void read(int part, Piece taker) throws IOException {
        FileChannel file = files[part];
        long size = file == null ? 0 : file.size();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, size));
        for (long at = 0; at < size; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, size - at));
            taker.take(FileBytes.read(file, buffer, at), at / Long.BYTES);
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
