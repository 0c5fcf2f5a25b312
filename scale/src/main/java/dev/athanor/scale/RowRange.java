package dev.athanor.scale;

import dev.athanor.data.Dataset;
import dev.athanor.data.Sample;
import dev.athanor.data.Section;
import dev.athanor.data.Split;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows of a split that one worker takes at a time.
///
/// @param dataset the folder of the version
/// @param from the number of the first in its split
/// @param to behind the last
/// @param first the number of the first among all rows of all splits
record RowRange(String dataset, Split split, long from, long to, long first) implements Serializable {
    /// Ranges for each slot, so that all are done at about the same time, and one that is lost is soon done
    /// again.
    private static final int SHARE = 8;

    /// What a range costs beside its rows, a file above all, is small from so many on.
    private static final long LEAST = 256;

    private static final long MOST = 20_000;

    /// Pictures and sounds take longer, and a range has more to be kept of each.
    private static final long MOST_MEDIA = 2_000;

    /// All rows of some splits, one after the other.
    static List<RowRange> of(List<Section> sections, int slots) {
        long all = sections.stream()
                .mapToLong(section -> section.dataset().count(section.split()))
                .sum();
        boolean media = sections.getFirst().dataset().kind().hasMedia();
        long length = Math.clamp(all / ((long) SHARE * slots), LEAST, media ? MOST_MEDIA : MOST);
        List<RowRange> ranges = new ArrayList<>();
        long first = 0;
        for (Section section : sections) {
            String folder = section.dataset().folder().toString();
            long rows = section.dataset().count(section.split());
            for (long from = 0; from < rows; from += length) {
                long to = Math.min(from + length, rows);
                ranges.add(new RowRange(folder, section.split(), from, to, first));
                first += to - from;
            }
        }
        return ranges;
    }

    int rows() {
        return (int) (to - from);
    }

    /// Its samples, wherever this is asked. Close the stream.
    Stream<Sample> samples() {
        return Dataset.open(Path.of(dataset)).samples(split, from, to);
    }
}
