package dev.athanor.scale;

import java.util.BitSet;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Gives the keys of ranges by their numbers, without those of rows that repeat others.
record SendKeys(SearchWork work) implements FlatMapFunction<Long, Tuple2<Integer, long[]>> {

    @Override
    public void flatMap(Long number, Collector<Tuple2<Integer, long[]>> out) throws Exception {
        Refused.unless(() -> {
            work.folder().require();
            int range = number.intValue();
            BitSet repeated = Marks.read(work.folder().marks(0), work.ranges().get(range));
            long[] keys = work.keys(range);
            Parts parts = new Parts();
            for (int i = 0; i < keys.length; i += 2) {
                if (!repeated.get((int) keys[i + 1])) {
                    parts.add((int) keys[i], keys[i + 1]);
                }
            }
            parts.give(out);
        });
    }
}
