package dev.athanor.scale;

import dev.athanor.data.clean.Round;
import dev.athanor.data.duplicate.Search;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Treats ranges of rows by their numbers, and gives the keys of what is left with their rows, divided into
/// parts.
final class TreatRange extends RichFlatMapFunction<Long, Tuple2<Integer, long[]>> {
    private final CleaningWork work;
    private transient Round round;

    TreatRange(CleaningWork work) {
        this.work = work;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        Drivers.releaseAfter(getRuntimeContext());
        Refused.unless(() -> {
            round = work.open();
        });
    }

    @Override
    public void flatMap(Long number, Collector<Tuple2<Integer, long[]>> out) throws Exception {
        Refused.unless(() -> {
            RowRange range = work.ranges().get(number.intValue());
            TreatedRange.Rest rest = work.treat(number.intValue(), round);
            Parts parts = new Parts();
            int left = -1;
            for (long key : rest.keys()) {
                left = rest.left().nextSetBit(left + 1);
                parts.add(Search.part(key), key, range.first() + left);
            }
            parts.give(out);
        });
    }
}
