package dev.athanor.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Atomic files of RecBole, `.inter`, `.user` and `.item`: columns between tabs, called `name:type`. A record
/// that has no column with a text gets one that says all the others, since a sample has a text.
final class RecBoleFormat implements RecordFormat {
    private final DelimitedFormat table = new DelimitedFormat(DelimitedFormat.Dialect.TABS_ALONE);

    @Override
    public void read(File file, Records.Sink sink) throws IOException, Unusable {
        table.read(file, (values, origin) -> sink.take(event(values), origin));
    }

    private static SequencedMap<String, String> event(SequencedMap<String, String> values) {
        SequencedMap<String, String> event = new LinkedHashMap<>();
        values.forEach((column, value) -> event.put(column.replaceFirst(":(token|float)(_seq)?$", ""), value));
        if (event.keySet().stream().noneMatch(TextColumns::isUsual)) {
            String all = event.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", "));
            event.putFirst(Tables.TEXT, all);
        }
        return event;
    }
}
