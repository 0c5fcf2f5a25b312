package dev.athanor.data.clean;

import dev.athanor.data.Sample;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A step at work on samples of one dataset, in one thread. It treats each by itself, but for [Memory].
@FunctionalInterface
interface Treatment {
    /// The same sample where nothing changes.
    Outcome of(Sample sample);

    /// What it counted beside changes and drops, by name, since it was asked last. Numbers of several
    /// treatments add up to those that one would have counted.
    default SequencedMap<String, Long> drainFound() {
        return new TreeMap<>();
    }

    /// One that changes texts.
    static Treatment changing(UnaryOperator<String> change) {
        return sample -> {
            String text = sample.text();
            String changed = change.apply(text);
            return new Outcome.Kept(changed.equals(text) ? sample : sample.withText(changed));
        };
    }

    /// One that drops samples by their texts.
    ///
    /// @param reason why a text is dropped, or empty
    static Treatment dropping(Function<String, String> reason) {
        return dropping(Sample::text, reason);
    }

    /// One that drops samples by a part of them.
    ///
    /// @param reason why such a part is dropped, or empty
    static <P> Treatment dropping(Function<Sample, P> part, Function<P, String> reason) {
        return sample -> {
            String why = reason.apply(part.apply(sample));
            return why.isEmpty() ? new Outcome.Kept(sample) : new Outcome.Dropped(why);
        };
    }
}
