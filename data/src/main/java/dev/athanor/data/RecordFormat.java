package dev.athanor.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// A kind of file, and how records are read out of it.
interface RecordFormat {
    /// A file that has been opened.
    ///
    /// @param name for messages and origins
    /// @param path where it lies, if it lies there unpacked
    record File(String name, InputStream in, Optional<Path> path, Records records) {
        Encodings.Decoded decoded() throws IOException {
            return records.decode(name, in);
        }
    }

    /// Gives every record to the sink; those that cannot be used go to [Records#leaveOut].
    ///
    /// @throws Unusable where it is all of the file that cannot be used
    void read(File file, Records.Sink sink) throws IOException, Unusable;

    /// Whether there is nothing but the column `text`.
    default boolean isText() {
        return false;
    }

    /// Tells of a text what can be told without reading it.
    default void glance(File file) throws IOException {
        file.records().trait(file.name(), "document");
    }
}
