package dev.athanor.data.duplicate;

import dev.athanor.data.Sample;
import java.io.Serializable;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/// What makes two samples alike. Several threads ask at once.
public sealed interface Likeness extends Serializable permits TextLikeness, PictureLikeness, SoundLikeness, EqualOnly {

    /// What is kept of a sample for comparing it.
    ///
    /// @param features from which the similarity is computed; empty: like nothing but its equals
    /// @param keys two samples are compared where one of them is the same; it must be likely for similar ones
    record Print(byte[] features, long[] keys) {
        /// Of a sample that is like nothing but its equals.
        static final Print NONE = new Print(new byte[0], new long[0]);
    }

    /// @throws dev.athanor.data.DataException for a picture or sound that cannot be read
    Print print(Sample sample);

    /// How alike two are, from 0 to 1.
    default double similarity(byte[] features, byte[] others) {
        return similarTo(features).applyAsDouble(others);
    }

    /// The same of one that is compared with many: what it takes to look at it is done once.
    ToDoubleFunction<byte[]> similarTo(byte[] features);

    /// The similarity from which on two are near-duplicates.
    double threshold();

    /// The settings, for a report.
    void describe(ObjectNode report);
}
