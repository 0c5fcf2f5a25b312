package dev.athanor.data;

import java.util.List;
import java.util.SequencedMap;

/// What was found in the sources of an import, before anything is written.
///
/// @param files each file, table or document
/// @param label the column that is the label; empty: none
/// @param fields the columns that go along with the text, the picture or the sound
/// @param notes what people should know, as sentences
public record Findings(Kind kind, List<Source> files, String label, List<String> fields, List<String> notes) {
    /// One of the sources.
    ///
    /// @param traits encoding, delimiter, layout
    /// @param text the column with the text or caption; empty: none
    /// @param columns those there are, with the first value that stands in each
    public record Source(String name, List<String> traits, String text, SequencedMap<String, String> columns) {}
}
