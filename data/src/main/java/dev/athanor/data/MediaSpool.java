package dev.athanor.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Pictures or sounds that wait in a file, one behind the other, until it is known where each belongs. A
/// database would read thousands at once to find one.
final class MediaSpool implements AutoCloseable {
    private final FileChannel channel;

    MediaSpool(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// Keeps bytes; the answer is where.
    long write(byte[] bytes) throws IOException {
        long begin = channel.position();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return begin;
    }

    byte[] read(long begin, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, begin + buffer.position()) < 0) {
                throw new IOException("what was written at byte %d is no longer there".formatted(begin));
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
