package dev.athanor.scale;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows of a split that one worker takes at a time.
///
/// @param from the number of the first in its split
/// @param to behind the last
/// @param first the number of the first among all rows of all splits
record RowRange(Split split, long from, long to, long first) implements Serializable {
    /// Ranges for each slot, so that all are done at about the same time, and one that is lost is soon done again.
    private static final int SHARE = 8;

    /// What a range costs beside its rows, a file above all, is small from so many on.
    private static final long LEAST = 256;

    private static final long MOST = 20_000;

    /// All rows of a dataset in their order.
    static List<RowRange> of(Dataset dataset, int slots) {
        long all = Stream.of(Split.values()).mapToLong(dataset::count).sum();
        long length = Math.clamp(all / ((long) SHARE * slots), LEAST, MOST);
        List<RowRange> ranges = new ArrayList<>();
        long first = 0;
        for (Split split : Split.values()) {
            for (long from = 0; from < dataset.count(split); from += length) {
                long to = Math.min(from + length, dataset.count(split));
                ranges.add(new RowRange(split, from, to, first));
                first += to - from;
            }
        }
        return ranges;
    }

    int rows() {
        return (int) (to - from);
    }

    Stream<Sample> samples(Dataset dataset) {
        return dataset.samples(split, from, to);
    }
}
