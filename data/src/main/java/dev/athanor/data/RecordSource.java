package dev.athanor.data;

import java.io.IOException;
import java.util.function.Supplier;

/// Where records come from, read twice: once to look at the columns, once to take the samples.
interface RecordSource {
    /// The records of one table, text or document; read once for each visit.
    interface Rows {
        /// @throws DataException where they cannot be read at all
        void read(Records.Sink sink) throws IOException;

        /// Whether there is nothing but the column `text`.
        default boolean isText() {
            return false;
        }

        /// Looks at what can be told without reading on.
        default void glance() throws IOException {}
    }

    /// Is shown each table, text or document that is in the source.
    @FunctionalInterface
    interface Visitor {
        /// @param name for messages and origins, as `archive.zip/inner.txt`
        void visit(String name, Rows rows) throws IOException;
    }

    /// For messages.
    String name();

    void visit(Visitor visitor);

    /// What is read, with its sum. It is asked for before reading, and answers after: a sum can be taken meanwhile.
    Supplier<Manifest.Source> provenance();
}
