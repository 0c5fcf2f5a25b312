package dev.athanor.data;

import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.LanguageModels;
import dev.athanor.data.clean.Pipeline;
import dev.athanor.data.clean.Rounds;
import dev.athanor.data.duplicate.DuplicateSearch;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Work in this program.
///
/// @param count how many threads work at most
public record Processors(int count) implements Engine {

    /// As many as the machine has.
    public static Processors all() {
        return new Processors(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public LanguageModels within(LanguageModels models) {
        return models;
    }

    @Override
    public CleaningReport clean(Dataset dataset, Rounds rounds, Kept kept) throws IOException {
        try (Pipeline pipeline = new Pipeline(rounds, count)) {
            for (Split split : Split.values()) {
                try (Stream<Sample> samples = dataset.samples(split)) {
                    pipeline.treat(samples.iterator(), sample -> kept.take(split, sample));
                }
            }
            return pipeline.report();
        }
    }

    @Override
    public Search search(Likeness likeness, List<Section> sections, Path folder) throws IOException {
        int rows = sections.stream()
                .mapToInt(section -> (int) section.dataset().count(section.split()))
                .sum();
        return new DuplicateSearch(likeness, folder, rows, count);
    }
}
