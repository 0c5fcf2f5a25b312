package dev.athanor.data.duplicate;

import dev.athanor.data.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes by row number, in a file: written one after the other, read in any order and by several threads.
final class Rows implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final FileChannel data;
    private final FileChannel ends;
    private final ByteBuffer waiting = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer waitingEnds = ByteBuffer.allocate(BUFFER / 16);
    private long end;

    Rows(Path folder, String name) throws IOException {
        data = create(folder.resolve(name));
        ends = create(folder.resolve(name + ".ends"));
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    void add(byte[] row) throws IOException {
        if (row.length > waiting.remaining()) {
            drain(waiting, data);
        }
        if (row.length > waiting.remaining()) {
            drain(ByteBuffer.wrap(row).position(row.length), data);
        } else {
            waiting.put(row);
        }
        end += row.length;
        if (!waitingEnds.hasRemaining()) {
            drain(waitingEnds, ends);
        }
        waitingEnds.putLong(end);
    }

    private static void drain(ByteBuffer buffer, FileChannel file) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    /// All is written: from now on rows may be read.
    void seal() throws IOException {
        drain(waiting, data);
        drain(waitingEnds, ends);
    }

    byte[] get(int row) throws IOException {
        ByteBuffer place = ByteBuffer.allocate(2 * Long.BYTES);
        long from = 0;
        if (row == 0) {
            FileBytes.read(ends, place.limit(Long.BYTES), 0);
        } else {
            FileBytes.read(ends, place, (row - 1L) * Long.BYTES);
            from = place.getLong();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) (place.getLong() - from));
        FileBytes.read(data, bytes, from);
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        data.close();
        ends.close();
    }
}
