package dev.athanor.data.clean;

import dev.athanor.data.Sample;
import java.util.function.ToLongFunction;

/// A step that drops samples whose key an earlier one had.
final class Memory implements Treatment {
    private final ToLongFunction<Sample> key;
    private final String reason;
    private final LongSet seen = new LongSet();

    /// @param key well mixed; it depends on the sample alone
    /// @param reason why samples are dropped whose key was there
    Memory(ToLongFunction<Sample> key, String reason) {
        this.key = key;
        this.reason = reason;
    }

    long key(Sample sample) {
        return key.applyAsLong(sample);
    }

    /// Whether no sample before had the key.
    boolean isFirst(long newest) {
        return seen.add(newest);
    }

    /// What becomes of a sample of which is known whether it repeats an earlier one.
    Outcome of(Passing passing) {
        return passing.repeated() ? new Outcome.Dropped(reason) : new Outcome.Kept(passing.sample());
    }

    @Override
    public Outcome of(Sample sample) {
        return isFirst(key(sample)) ? new Outcome.Kept(sample) : new Outcome.Dropped(reason);
    }
}
