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

    /// Shows the tables of a file; most have one, and then it is called as the file.
    ///
    /// @throws Unusable where it is all of the file that cannot be used
    default void visit(File file, RecordSource.Visitor visitor) throws IOException, Unusable {
        visitor.visit(file.name(), new Opened(this, file));
    }

    /// One table of a file that has been opened.
    record Opened(RecordFormat format, File file) implements RecordSource.Rows {
        @Override
        public void read(Records.Sink sink) throws IOException {
            file.records().read(format, file, sink);
        }

        @Override
        public void glance() throws IOException {
            format.glance(file);
        }

        @Override
        public boolean isText() {
            return format.isText();
        }
    }

    /// Whether there is nothing but the column `text`.
    default boolean isText() {
        return false;
    }

    /// Tells of a text what can be told without reading it.
    default void glance(File file) throws IOException {
        file.records().trait(file.name(), "document");
    }
}
