package dev.athanor.data.clean;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Samples that follow each other, some at a time: enough to be worth a turn, and so few that they fit in
/// memory whatever they are.
public final class Batches implements Iterator<List<Passing>> {
    private static final int MOST = 512;
    private static final int SIZE = 1 << 18;

    private final Iterator<Passing> samples;

    public Batches(Iterator<Passing> samples) {
        this.samples = samples;
    }

    @Override
    public boolean hasNext() {
        return samples.hasNext();
    }

    @Override
    public List<Passing> next() {
        List<Passing> batch = new ArrayList<>();
        int size = 0;
        do {
            Passing next = samples.next();
            batch.add(next);
            size += next.sample().text().length() + next.sample().media().bytes().length;
        } while (samples.hasNext() && batch.size() < MOST && size <= SIZE);
        return batch;
    }
}
