package dev.athanor.scale;

import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Finds the rows whose key an earlier row has, from keys and rows in turn, and writes them into a file for
/// each part.
record Repeats(WorkFolder folder, int round) implements PartWork {

    @Override
    public void of(int part, long[] keysAndRows, Collector<Tuple2<Integer, long[]>> out) throws IOException {
        Map<Long, Long> firsts = HashMap.newHashMap(keysAndRows.length / 2);
        long[] repeats = new long[keysAndRows.length / 2];
        int count = 0;
        for (int i = 0; i < keysAndRows.length; i += 2) {
            long row = keysAndRows[i + 1];
            Long first = firsts.putIfAbsent(keysAndRows[i], row);
            if (first != null) {
                repeats[count++] = Math.max(first, row);
                firsts.put(keysAndRows[i], Math.min(first, row));
            }
        }
        NumberFile.write(file(part), Arrays.copyOf(repeats, count));
    }

    private Path file(int part) {
        return folder.made("repeats-" + round, part);
    }

    /// All that was found.
    BitSet all() throws IOException {
        BitSet all = new BitSet();
        for (int part = 0; part < Search.PARTS; part++) {
            for (long row : NumberFile.read(file(part))) {
                all.set(Math.toIntExact(row));
            }
        }
        return all;
    }
}
