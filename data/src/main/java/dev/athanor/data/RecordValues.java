package dev.athanor.data;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;

/// The values of one record by column, where many records share the columns: a million maps of their own would take
/// longer to make than the records to read. Nobody changes them.
final class RecordValues extends AbstractMap<String, String> implements SequencedMap<String, String> {
    private final Columns columns;
    private final String[] values;
    private final int size;

    /// The names of a table's columns with their places.
    static final class Columns {
        private final List<String> names;
        private final Map<String, Integer> places = new LinkedHashMap<>();

        /// @param names that differ
        Columns(List<String> names) {
            this.names = List.copyOf(names);
            names.forEach(name -> places.put(name, places.size()));
        }

        List<String> names() {
            return names;
        }
    }

    private RecordValues(Columns columns, String[] values, int size) {
        this.columns = columns;
        this.values = values;
        this.size = size;
    }

    /// @param values one for each column
    static RecordValues of(Columns columns, List<String> values) {
        return new RecordValues(columns, values.toArray(String[]::new), values.size());
    }

    /// @param values one for each column; null for one that is absent, and nobody changes them
    static RecordValues of(Columns columns, String... values) {
        int size = 0;
        for (String value : values) {
            size += value == null ? 0 : 1;
        }
        return new RecordValues(columns, values, size);
    }

    Columns columns() {
        return columns;
    }

    /// Without those that are blank.
    RecordValues filled() {
        String[] filled = values.clone();
        int left = size;
        for (int i = 0; i < filled.length; i++) {
            if (filled[i] != null && filled[i].isBlank()) {
                filled[i] = null;
                left--;
            }
        }
        return new RecordValues(columns, filled, left);
    }

    /// The same under other names.
    RecordValues called(Columns others) {
        return new RecordValues(others, values, size);
    }

    /// Those of some columns alone.
    RecordValues of(Columns chosen) {
        return of(chosen, chosen.names.stream().map(this::get).toArray(String[]::new));
    }

    @Override
    public String get(Object column) {
        Integer place = columns.places.get(column);
        return place == null ? null : values[place];
    }

    @Override
    public boolean containsKey(Object column) {
        return get(column) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                action.accept(columns.names.get(i), values[i]);
            }
        }
    }

    @Override
    public SequencedMap<String, String> reversed() {
        return new LinkedHashMap<>(this).reversed();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, String>> {
        private int at = next(0);

        private int next(int from) {
            int place = from;
            while (place < values.length && values[place] == null) {
                place++;
            }
            return place;
        }

        @Override
        public boolean hasNext() {
            return at < values.length;
        }

        @Override
        public Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int place = at;
            at = next(place + 1);
            return Map.entry(columns.names.get(place), values[place]);
        }
    }
}
