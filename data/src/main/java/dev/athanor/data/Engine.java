package dev.athanor.data;

import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.LanguageModels;
import dev.athanor.data.clean.Rounds;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where preparation is at work: in this program, or on a cluster. What comes out is the same.
public interface Engine {

    /// Takes what comes through all steps, split by split in their order, in order, and in the thread that
    /// asked.
    @FunctionalInterface
    interface Kept {
        void take(Split split, Sample sample) throws IOException;
    }

    /// Which of the models at hand here can be asked where it is at work: none elsewhere.
    default LanguageModels within(LanguageModels models) {
        return LanguageModels.none();
    }

    /// Treats every sample of a dataset by the steps of a pipeline.
    CleaningReport clean(Dataset dataset, Rounds rounds, Kept kept) throws IOException;

    /// Begins a search for duplicates.
    ///
    /// @param sections whose samples are numbered from 0, one after the other
    /// @param folder that is there, for files: a few hundred bytes for each sample, and about as much as the
    ///     texts
    Search search(Likeness likeness, List<Section> sections, Path folder) throws IOException;
}
