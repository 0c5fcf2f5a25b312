package dev.athanor.scale;

import dev.athanor.data.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Bytes by row number, in a file for each range, read in any order.
final class RangeRows implements AutoCloseable {
    /// Files that are open at once: a system allows a program a thousand, as a rule.
    private static final int OPEN = 64;

    private final WorkFolder folder;
    private final String kind;
    private final List<RowRange> ranges;
    private final Map<Integer, FileChannel> files = LinkedHashMap.newLinkedHashMap(OPEN);

    /// @param kind what the files are called
    RangeRows(WorkFolder folder, String kind, List<RowRange> ranges) {
        this.folder = folder;
        this.kind = kind;
        this.ranges = ranges;
    }

    /// Takes the bytes of one row after the other.
    @FunctionalInterface
    interface Taker {
        void take(byte[] row) throws IOException;
    }

    /// Gives all rows of a range.
    @FunctionalInterface
    interface Rows {
        void give(Taker taker) throws IOException;
    }

    /// Writes the rows of a range: their bytes as they come, and behind all of them where each ends.
    static void write(Path file, Rows rows) throws IOException {
        WorkFolder.write(file, out -> {
            LongList ends = new LongList();
            long[] end = {0};
            rows.give(row -> {
                out.write(row);
                end[0] += row.length;
                ends.add(end[0]);
            });
            for (long each : ends.toArray()) {
                out.writeLong(each);
            }
        });
    }

    byte[] get(int row) throws IOException {
        int range = range(row);
        FileChannel file = file(range);
        int number = (int) (row - ranges.get(range).first());
        long ends = file.size() - (long) Long.BYTES * ranges.get(range).rows();
        long from = number == 0
                ? 0
                : read(file, ends + Long.BYTES * (number - 1L), Long.BYTES).getLong();
        long to = read(file, ends + Long.BYTES * (long) number, Long.BYTES).getLong();
        return read(file, from, (int) (to - from)).array();
    }

    /// The range that a row is in.
    private int range(int row) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (ranges.get(middle).first() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private FileChannel file(int range) throws IOException {
        FileChannel known = files.get(range);
        if (known != null) {
            return known;
        }
        if (files.size() == OPEN) {
            int eldest = files.keySet().iterator().next();
            files.remove(eldest).close();
        }
        FileChannel opened = FileChannel.open(folder.made(kind, range));
        files.put(range, opened);
        return opened;
    }

    private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
        return FileBytes.read(file, ByteBuffer.allocate(length), from);
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files.values()) {
            file.close();
        }
    }
}
