package dev.athanor.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Atomic files of RecBole, `.inter`, `.user` and `.item`: columns between tabs, called `name:type`.
final class RecBoleFormat implements RecordFormat {
    private final DelimitedFormat table = new DelimitedFormat(DelimitedFormat.Dialect.TABS_ALONE);

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        table.read(file, (values, origin) -> sink.take(event(values), origin));
    }

    private static SequencedMap<String, String> event(SequencedMap<String, String> values) {
        SequencedMap<String, String> event = new LinkedHashMap<>();
        values.forEach((column, value) -> event.put(column.replaceFirst(":(token|float)(_seq)?$", ""), value));
        return event;
    }
}
