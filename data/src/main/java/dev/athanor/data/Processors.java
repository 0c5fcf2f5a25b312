package dev.athanor.data;

import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.LanguageModels;
import dev.athanor.data.clean.Pipeline;
import dev.athanor.data.clean.Rounds;
import java.io.IOException;
import java.util.stream.Stream;

/// Steps at work in this program.
///
/// @param count how many threads work at most
public record Processors(int count) implements CleaningEngine {

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
}
