package dev.athanor.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;

/// Gathers samples that follow each other, some at a time: enough to be worth a turn of a thread, and so few that
/// they fit in memory whatever they are.
public final class Batches<T> {
    private static final int MOST = 512;
    private static final long HEAVIEST = 1 << 18;

    private final ToLongFunction<T> weight;
    private final Taker<T> taker;
    private List<T> batch = new ArrayList<>();
    private long weights;

    /// Takes one batch after the other.
    @FunctionalInterface
    public interface Taker<T> {
        /// @param weight of all in it
        void take(List<T> batch, long weight) throws IOException;
    }

    /// @param weight as [Sample#weight] has it
    public Batches(ToLongFunction<T> weight, Taker<T> taker) {
        this.weight = weight;
        this.taker = taker;
    }

    /// Adds what comes next.
    public void add(T one) throws IOException {
        batch.add(one);
        weights += weight.applyAsLong(one);
        if (batch.size() == MOST || weights > HEAVIEST) {
            finish();
        }
    }

    /// Adds all, and gives the last batch, too.
    public void addAll(Iterator<T> all) throws IOException {
        while (all.hasNext()) {
            add(all.next());
        }
        finish();
    }

    /// Gives what is left as the last batch.
    public void finish() throws IOException {
        if (!batch.isEmpty()) {
            List<T> full = batch;
            long heavy = weights;
            batch = new ArrayList<>();
            weights = 0;
            taker.take(full, heavy);
        }
    }
}
