package dev.athanor.scale;

import dev.athanor.data.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;

/// A bit for each row, in a file of which every worker reads the piece it needs.
final class Marks {
    private Marks() {}

    static void write(Path file, BitSet marks) throws IOException {
        WorkFolder.write(file, out -> out.write(marks.toByteArray()));
    }

    /// The rows of a range that are marked, numbered as in the file.
    static BitSet read(Path file, RowRange range) throws IOException {
        long begin = range.first() / Byte.SIZE;
        long end = (range.first() + range.rows() + Byte.SIZE - 1) / Byte.SIZE;
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            bytes.limit(Math.clamp(channel.size() - begin, 0, bytes.capacity())); // behind the last mark is none
            FileBytes.read(channel, bytes, begin);
        }
        BitSet marked = new BitSet();
        BitSet.valueOf(bytes).stream().forEach(bit -> marked.set((int) (begin * Byte.SIZE) + bit));
        return marked;
    }
}
