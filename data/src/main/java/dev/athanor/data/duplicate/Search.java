package dev.athanor.data.duplicate;

import dev.athanor.data.Sample;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/// Finds the pairs of equal and of similar samples, in three steps that are called in this order: [#look],
/// [#equal], [#similar]. Samples are numbered from 0 in their order. Whoever searches, here or on a cluster,
/// gives the same pairs in the same order.
public interface Search extends AutoCloseable {
    /// What belongs together meets in one of so many parts, each of which fits in memory: of four thousand
    /// million numbers each has 128 MB.
    int PARTS = 256;

    /// Which part has all hashes that are equal to one.
    static int part(long hash) {
        return (int) (hash >>> 56);
    }

    /// Which part has a row; rows rise with the parts.
    ///
    /// @param rows how many there are
    static int part(int row, int rows) {
        return (int) ((long) row * PARTS / rows);
    }

    /// Takes samples with their numbers.
    @FunctionalInterface
    interface Taker {
        void take(int row, Sample sample) throws IOException;
    }

    /// Goes through all samples in their order.
    @FunctionalInterface
    interface Pass {
        void through(Taker taker) throws IOException;
    }

    /// Takes rows of which the second repeats the first.
    @FunctionalInterface
    interface EqualRows {
        void take(int first, int second) throws IOException;
    }

    /// Takes verified pairs, by the first row and then by the second.
    @FunctionalInterface
    interface SimilarRows {
        void take(Pair pair) throws IOException;
    }

    /// Says which pairs are worth comparing. Several threads ask, on other machines, too, if need be.
    @FunctionalInterface
    interface Wanted extends Serializable {
        boolean test(int first, int second);
    }

    /// Looks at every sample.
    ///
    /// @param pass for a search that is given the samples
    /// @param also who else must see each sample; where nobody does, a search that reads them elsewhere makes
    ///     no pass
    void look(Pass pass, Optional<Taker> also) throws IOException;

    /// Every row that repeats an earlier one, with the first that has the same content.
    void equal(EqualRows equals) throws IOException;

    /// Every wanted pair of rows, none of which repeats another, whose similarity is the threshold or more, as
    /// far as their keys show it.
    void similar(Wanted wanted, SimilarRows similars) throws IOException;

    /// What people know a row by, once all are seen.
    Named named(int row) throws IOException;

    /// How many pairs were compared.
    long compared();

    @Override
    void close() throws IOException;
}
