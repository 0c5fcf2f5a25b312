package dev.athanor.data.duplicate;

import dev.athanor.data.Sample;

/// What a search keeps of a sample.
///
/// @param name for people, as bytes
public record Printed(Content content, Likeness.Print print, byte[] name) {

    /// Looks at a sample.
    public static Printed of(Sample sample, Likeness likeness) {
        return new Printed(
                Content.of(sample), likeness.print(sample), Named.of(sample).toBytes());
    }

    /// A key and a row as one number of the key's part: 32 of its bits above the row, beside the 8 that choose
    /// the part.
    public static long entry(long key, int row) {
        return key << 8 & 0xFFFFFFFF_00000000L | row;
    }
}
