package dev.athanor.scale;

import dev.athanor.data.Sample;
import dev.athanor.data.clean.Passing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The samples of a range as they come before a round: as the rounds before it left them.
final class Arriving implements Iterator<Passing> {
    private final RowRange range;
    private final Iterator<Sample> samples;
    private final Optional<TreatedRange> treated;
    private final BitSet repeated;
    private int number;
    private Optional<Passing> next = Optional.empty();

    /// @param samples at the first row of the range
    /// @param treated what the round before left; empty before the first
    /// @param repeated the rows that repeat others
    Arriving(RowRange range, Iterator<Sample> samples, Optional<TreatedRange> treated, BitSet repeated) {
        this.range = range;
        this.samples = samples;
        this.treated = treated;
        this.repeated = repeated;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && number < range.rows()) {
            Passing untreated = Passing.first(range.first() + number, samples.next());
            if (treated.isEmpty() || treated.get().isLeft(number)) {
                next = Optional.of(judged(treated(untreated)));
            }
            number++;
        }
        return next.isPresent();
    }

    private Passing treated(Passing untreated) {
        try {
            return treated.isEmpty() ? untreated : treated.get().of(untreated);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Passing judged(Passing sample) {
        return repeated.get((int) sample.row()) ? sample.repeating() : sample;
    }

    @Override
    public Passing next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Passing taken = next.orElseThrow();
        next = Optional.empty();
        return taken;
    }
}
