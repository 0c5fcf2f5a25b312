package dev.athanor.scale;

import dev.athanor.data.duplicate.Candidates;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Proposes the pairs of rows of a part that share a key, as a search on one machine does, and gives them to
/// the parts of their first rows.
record Propose(int rows, Search.Wanted wanted) implements PartWork {

    @Override
    public void of(int part, long[] entries, Collector<Tuple2<Integer, long[]>> out) throws IOException {
        Arrays.sort(entries);
        Parts parts = new Parts();
        new Candidates(wanted, (pairs, count) -> {
                    for (int i = 0; i < count; i++) {
                        parts.add(Candidates.part(pairs[i], rows), pairs[i]);
                    }
                    parts.give(out);
                })
                .of(entries);
    }
}
