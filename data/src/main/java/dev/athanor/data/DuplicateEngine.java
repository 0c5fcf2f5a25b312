package dev.athanor.data;

import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where duplicates are searched for: in this program, or on a cluster. What is found is the same.
@FunctionalInterface
public interface DuplicateEngine {

    /// Begins a search.
    ///
    /// @param sections whose samples are numbered from 0, one after the other
    /// @param folder that is there, for files: a few hundred bytes for each sample, and about as much as the
    ///     texts
    Search open(Likeness likeness, List<Section> sections, Path folder) throws IOException;
}
