package dev.athanor.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Pictures or sounds that lie somewhere, with what is said of each.
interface MediaSource {
    /// The bytes of a file, read when they are asked for.
    @FunctionalInterface
    interface Content {
        byte[] bytes() throws IOException, Unusable;
    }

    /// One picture or sound.
    ///
    /// @param place where it is found again, as `folder/file` or `file#record`
    /// @param file the file that holds it: itself, or the table that names it, or the archive of many
    /// @param record its number in there, from 0
    /// @param values what is said of it, by column
    /// @param split what the source says of it
    record Found(
            String place,
            String file,
            long record,
            Content content,
            SequencedMap<String, String> values,
            Optional<Split> split) {}

    /// Takes what is found.
    @FunctionalInterface
    interface Sink {
        void take(Found found) throws IOException;
    }

    /// The columns that values may have.
    List<String> columns() throws IOException;

    void read(Sink sink) throws IOException;
}
