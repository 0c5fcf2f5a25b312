package dev.athanor.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Reads places of temporary files; several threads may read one file.
public final class FileBytes {
    private FileBytes() {}

    /// Reads until a buffer is full, and makes it ready to be taken from.
    ///
    /// @param from where the first byte stands
    public static ByteBuffer read(FileChannel file, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) {
                throw new EOFException("a temporary file became shorter while it was in use");
            }
            at += read;
        }
        return buffer.flip();
    }
}
