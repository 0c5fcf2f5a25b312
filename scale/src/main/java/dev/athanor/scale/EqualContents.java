package dev.athanor.scale;

import dev.athanor.data.duplicate.Content;
import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Finds the rows of a part whose content an earlier row has, and writes each with the first that has it into
/// a file.
record EqualContents(WorkFolder folder) implements PartWork {
    @Override
    public void of(int part, long[] contents, Collector<Tuple2<Integer, long[]>> out) throws IOException {
        LongList found = new LongList();
        Content.repeats(byRow(contents), (first, row) -> found.add(first, row));
        NumberFile.write(folder.made("equal", part), found.toArray());
    }

    private static long[] byRow(long[] contents) {
        long[] places = IntStream.range(0, contents.length / Content.NUMBERS)
                .mapToLong(i -> contents[Content.NUMBERS * i + 2] << Integer.SIZE | i)
                .sorted()
                .toArray();
        long[] sorted = new long[contents.length];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(contents, Content.NUMBERS * (int) places[i], sorted, Content.NUMBERS * i, Content.NUMBERS);
        }
        return sorted;
    }

    /// First rows and those that repeat them, in turn.
    long[] found(int part) throws IOException {
        return NumberFile.read(folder.made("equal", part));
    }
}
