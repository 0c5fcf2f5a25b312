package dev.athanor.data;

import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.LanguageModels;
import dev.athanor.data.clean.Rounds;
import java.io.IOException;

/// Where the steps of a pipeline are at work: in this program, or on a cluster. What comes out is the same.
public interface CleaningEngine {

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

    /// Treats every sample of a dataset.
    CleaningReport clean(Dataset dataset, Rounds rounds, Kept kept) throws IOException;
}
