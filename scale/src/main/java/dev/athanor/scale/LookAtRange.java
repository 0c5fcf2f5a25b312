package dev.athanor.scale;

import dev.athanor.data.duplicate.Content;
import dev.athanor.data.duplicate.Search;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Looks at the samples of ranges by their numbers, and gives their contents, divided into parts.
final class LookAtRange extends RichFlatMapFunction<Long, Tuple2<Integer, long[]>> {
    private final SearchWork work;

    LookAtRange(SearchWork work) {
        this.work = work;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        Drivers.releaseAfter(getRuntimeContext());
        Refused.unless(() -> work.folder().require());
    }

    @Override
    public void flatMap(Long number, Collector<Tuple2<Integer, long[]>> out) throws Exception {
        Refused.unless(() -> {
            long[] contents = work.look(number.intValue());
            Parts parts = new Parts();
            for (int i = 0; i < contents.length; i += Content.NUMBERS) {
                parts.add(Search.part(contents[i]), contents[i], contents[i + 1], contents[i + 2]);
            }
            parts.give(out);
        });
    }
}
