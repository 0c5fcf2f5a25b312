package dev.athanor.scale;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// Numbers on their way to the workers of the parts that they belong to, many at a time.
final class Parts {
    static final TypeInformation<Tuple2<Integer, long[]>> TYPE =
            Types.TUPLE(Types.INT, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

    private final Map<Integer, LongList> parts = new TreeMap<>();

    void add(int part, long... numbers) {
        parts.computeIfAbsent(part, _ -> new LongList()).add(numbers);
    }

    /// Sends all that was added.
    void give(Collector<Tuple2<Integer, long[]>> out) {
        parts.forEach((part, numbers) -> out.collect(Tuple2.of(part, numbers.toArray())));
        parts.clear();
    }
}
