package dev.athanor.scale;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/// Waits for all numbers of a part and then works on them. In batch execution one part comes after the other,
/// and behind the last number of each time ends.
final class WholePart extends KeyedProcessFunction<Integer, Tuple2<Integer, long[]>, Tuple2<Integer, long[]>> {
    private final PartWork work;
    private transient ListState<long[]> waiting;

    WholePart(PartWork work) {
        this.work = work;
    }

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext()
                .getListState(
                        new ListStateDescriptor<>("waiting", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(Tuple2<Integer, long[]> numbers, Context context, Collector<Tuple2<Integer, long[]>> out)
            throws Exception {
        waiting.add(numbers.f1);
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Tuple2<Integer, long[]>> out) throws Exception {
        List<long[]> pieces = new ArrayList<>();
        waiting.get().forEach(pieces::add);
        waiting.clear();
        long[] all = new long
                [Math.toIntExact(
                        pieces.stream().mapToLong(piece -> piece.length).sum())];
        int at = 0;
        for (long[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        int part = context.getCurrentKey();
        Refused.unless(() -> work.of(part, all, out));
    }
}
