package dev.athanor.data;

import dev.athanor.data.duplicate.PassageSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a version without passages that stand in several texts (Lee et al. 2022, Deduplicating training data makes
/// language models better): where one comes again, in test, then in validation, then in train, it goes, and the
/// first stays. Texts of which nothing is left go whole.
///
/// Texts are compared as they are before anything goes, so each word that goes still stands in an earlier text,
/// perhaps inside another passage. Every passage is in `duplicates.jsonl` beside the new version's `report.json`.
public final class PassageRemover {
    /// Words that a passage has at least, as usual: the paper has 50 tokens, in which English has 40 words.
    public static final int USUAL = 50;

    /// Shorter ones are idioms, longer ones are told from others too rarely.
    private static final int SHORTEST = 5;

    private static final int LONGEST = 1000;

    private PassageRemover() {}

    /// What goes.
    ///
    /// @param shortest words of a passage
    /// @param reference where given, only passages go that stand in it
    public record Plan(int shortest, Optional<Deduplicator.Reference> reference) {
        public Plan {
            if (shortest < SHORTEST || shortest > LONGEST) {
                throw new IllegalArgumentException(
                        "passages of %d words: expected %d to %d, %d for example. Give it with --substring-length"
                                .formatted(shortest, SHORTEST, LONGEST, USUAL));
            }
        }
    }

    /// @param written the new version; empty where nothing goes
    public record Outcome(PassageFindings findings, Optional<Dataset> written) {}

    /// What is done with what was found, while its files are there.
    @FunctionalInterface
    private interface Use<T> {
        T of(Found found) throws IOException;
    }

    /// @param pairs the file with all of them
    private record Found(DuplicateLayout layout, PassageFindings findings, PassageSearch search, Path pairs) {}

    /// Writes the next version of the same name, unless it would be the same.
    ///
    /// @throws IllegalArgumentException where the samples are no texts
    /// @throws DataException where nothing would be left to train on
    public static Outcome run(Datasets datasets, Dataset dataset, Plan plan) {
        return search(
                datasets,
                dataset,
                plan,
                found -> new Outcome(
                        found.findings(),
                        found.findings().passages() == 0
                                ? Optional.empty()
                                : Optional.of(write(datasets, dataset, found))));
    }

    /// What [#run] would do; no version is written.
    public static PassageFindings look(Datasets datasets, Dataset dataset, Plan plan) {
        return search(datasets, dataset, plan, Found::findings);
    }

    private static <T> T search(Datasets datasets, Dataset dataset, Plan plan, Use<T> use) {
        if (dataset.kind() != Kind.TEXT) {
            throw new IllegalArgumentException(
                    "%s is of the kind %s, and passages are looked for in texts: leave --substrings out"
                            .formatted(dataset.reference(), dataset.kind().word()));
        }
        plan.reference().ifPresent(reference -> reference.refuseOtherKind(dataset));
        DuplicateLayout layout = DuplicateLayout.of(dataset, plan.reference());
        return Durable.scratch(dataset.folder().resolveSibling("passages"), folder -> {
            Path pairs = folder.resolve(Deduplicator.PAIRS);
            try (PassageSearch search = new PassageSearch(plan.shortest(), folder, layout.rows())) {
                PassageTally tally;
                try (DuplicateLines lines = new DuplicateLines(search::named, layout, Files.newBufferedWriter(pairs))) {
                    tally = new PassageTally(layout, plan, lines);
                    layout.read(datasets.taken(), (_, sample) -> search.take(sample));
                    search.find(layout.wanted(), tally::take);
                }
                return use.of(new Found(layout, tally.findings(), search, pairs));
            }
        });
    }

    private static Dataset write(Datasets datasets, Dataset dataset, Found found) {
        Manifest old = dataset.manifest();
        refuseNothingLeft(dataset, found);
        return VersionWriter.write(datasets, VersionWriter.Schema.of(old), new SplitPlan.Given(), writer -> {
            for (Split split : Split.values()) {
                writeSplit(dataset, split, found, writer);
            }
            Files.move(found.pairs(), writer.beside(Deduplicator.PAIRS));
            PassageFindings findings = found.findings();
            return Deduplicator.description(old, findings.plan().reference(), findings.report());
        });
    }

    private static void writeSplit(Dataset dataset, Split split, Found found, VersionWriter writer) throws IOException {
        Optional<DuplicateLayout.Part> part = found.layout().subject(split);
        try (Stream<Sample> samples = dataset.samples(split)) {
            int row = part.map(DuplicateLayout.Part::begin).orElse(0);
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                String rest = part.isEmpty() ? sample.text() : found.search().rest(row, sample.text());
                if (rest.equals(sample.text())) {
                    writer.add(sample, Optional.of(split));
                } else if (!rest.isBlank()) {
                    writer.add(sample.withText(rest), Optional.of(split));
                }
                row++;
            }
        }
    }

    private static void refuseNothingLeft(Dataset dataset, Found found) {
        found.layout().subject(Split.TRAIN).ifPresent(train -> {
            int samples = train.end() - train.begin();
            if (found.findings().dropped().get(Split.TRAIN) == samples) {
                throw new DataException(
                        "no text of %s would be left to train on: all that its %d say stands in others. Look for longer passages with --substring-length, or compare with something else"
                                .formatted(dataset.reference(), samples));
            }
        });
    }
}
