package dev.athanor.scale;

import java.io.Serializable;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/// What is done with all numbers of a part, once they are there.
@FunctionalInterface
interface PartWork extends Serializable {
    /// @param numbers as they were sent together; in no order beside
    void of(int part, long[] numbers, Collector<Tuple2<Integer, long[]>> out) throws Exception;
}
