package dev.athanor.scale;

import dev.athanor.data.Sample;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Printed;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// A search for duplicates: what a worker must know of it.
///
/// @param rows of all ranges together
record SearchWork(WorkFolder folder, List<RowRange> ranges, Likeness likeness, int rows) implements Serializable {
    static final String FEATURES = "features";
    static final String NAMES = "names";
    private static final String KEYS = "keys";
    private static final String CONTENTS = "contents";

    /// Looks at the samples of a range, unless that was done before.
    ///
    /// @return their contents with their rows, three numbers each
    long[] look(int number) throws IOException {
        if (Files.notExists(folder.made(CONTENTS, number))) {
            folder.require();
            try (Stream<Sample> samples = ranges.get(number).samples()) {
                look(number, samples.iterator());
            }
        }
        return NumberFile.read(folder.made(CONTENTS, number));
    }

    /// The contents come last: where they are, the rest is.
    private void look(int number, Iterator<Sample> samples) throws IOException {
        LongList keys = new LongList();
        LongList contents = new LongList();
        RangeRows.write(
                folder.made(FEATURES, number),
                features -> RangeRows.write(folder.made(NAMES, number), names -> {
                    int row = Math.toIntExact(ranges.get(number).first());
                    while (samples.hasNext()) {
                        Printed printed = Printed.of(samples.next(), likeness);
                        features.take(printed.print().features());
                        names.take(printed.name());
                        for (long key : printed.print().keys()) {
                            keys.add(Search.part(key), Printed.entry(key, row));
                        }
                        contents.add(printed.content().high(), printed.content().low(), row);
                        row++;
                    }
                }));
        NumberFile.write(folder.made(KEYS, number), keys.toArray());
        NumberFile.write(folder.made(CONTENTS, number), contents.toArray());
    }

    /// Parts and entries of the keys of a range, in turn.
    long[] keys(int number) throws IOException {
        return NumberFile.read(folder.made(KEYS, number));
    }

    RangeRows rows(String kind) {
        return new RangeRows(folder, kind, ranges);
    }
}
