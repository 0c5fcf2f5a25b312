package dev.athanor.scale;

import dev.athanor.data.duplicate.Pair;
import dev.athanor.data.duplicate.Verified;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Compares the candidates of a part, and writes those that are similar into a file.
record Verify(SearchWork work) implements PartWork {

    @Override
    public void of(int part, long[] candidates, Collector<Tuple2<Integer, long[]>> out) throws IOException {
        try (RangeRows features = work.rows(SearchWork.FEATURES)) {
            Verified verified = Verified.of(candidates, work.likeness(), features::get);
            LongList numbers = new LongList();
            numbers.add(verified.compared());
            for (Pair pair : verified.pairs()) {
                numbers.add(pair.first(), pair.second(), Double.doubleToLongBits(pair.similarity()));
            }
            NumberFile.write(file(part), numbers.toArray());
        }
    }

    private Path file(int part) {
        return work.folder().made("similar", part);
    }

    Verified found(int part) throws IOException {
        long[] numbers = NumberFile.read(file(part));
        List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i < numbers.length; i += 3) {
            pairs.add(new Pair((int) numbers[i], (int) numbers[i + 1], Double.longBitsToDouble(numbers[i + 2])));
        }
        return new Verified(pairs, numbers.length == 0 ? 0 : numbers[0]);
    }
}
