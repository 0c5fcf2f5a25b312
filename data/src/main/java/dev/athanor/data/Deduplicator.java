package dev.athanor.data;

import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Makes a version without duplicates: of samples that are equal or similar one stays. Equal means the same
/// text, or picture or sound byte for byte, whatever their fields; similar is what a [Likeness] says, verified
/// pair by pair. Similar ones form groups, also by way of others; of a group that is in several splits what is
/// in test stays before what is in validation, and that before what is in train.
///
/// Every pair stands in `duplicates.jsonl` beside the new version's `report.json`.
public final class Deduplicator {
    /// The file with all pairs in a version's folder.
    public static final String PAIRS = "duplicates.jsonl";

    private Deduplicator() {}

    /// What a dataset must not have samples of, such as the test split that models are judged with.
    ///
    /// @param splits of it that count
    public record Reference(Dataset dataset, Set<Split> splits) {
        public Reference {
            splits = Set.copyOf(splits);
            if (splits.stream().mapToLong(dataset::count).sum() == 0) {
                throw new IllegalArgumentException("%s has no sample in %s: choose another split with --against-split"
                        .formatted(
                                dataset.reference(),
                                splits.stream().map(Split::word).sorted().toList()));
            }
        }

        /// `exam@1 test, validation`.
        String words() {
            return dataset.reference() + " "
                    + splits.stream().sorted().map(Split::word).collect(Collectors.joining(", "));
        }

        /// The same as a report has it.
        void tell(ObjectNode json) {
            json.put("against", dataset.reference());
            splits.stream().map(Split::word).sorted().forEach(json.withArray("/splits")::add);
        }

        /// Refuses to be compared with what cannot be.
        void refuseOtherKind(Dataset other) {
            if (dataset.kind() != other.kind()) {
                throw new IllegalArgumentException(
                        "%s is of the kind %s and %s of the kind %s: only those of one kind can be compared"
                                .formatted(
                                        other.reference(),
                                        other.kind().word(),
                                        dataset.reference(),
                                        dataset.kind().word()));
            }
        }

        /// Whether it is a split of this very version.
        boolean isOf(Dataset other, Split split) {
            return dataset.reference().equals(other.reference()) && splits.contains(split);
        }
    }

    /// What counts as a duplicate, and what is done.
    ///
    /// @param reference where given, samples go that are equal or similar to one of it, and no others
    public record Plan(Likeness likeness, Keep keep, Optional<Reference> reference) {}

    /// @param written the new version; empty where nothing is to be dropped
    public record Outcome(DuplicateFindings findings, Optional<Dataset> written) {}

    /// What is done with what was found, while its files are there.
    @FunctionalInterface
    private interface Use<T> {
        T of(Found found) throws IOException;
    }

    /// @param pairs the file with all of them
    private record Found(DuplicateLayout layout, DuplicateFindings findings, BitSet dropped, Path pairs) {}

    /// Writes the next version of the same name, unless it would be the same.
    ///
    /// @throws IllegalArgumentException where the reference is of another kind
    /// @throws DataException where nothing would be left to train on
    public static Outcome run(Datasets datasets, Dataset dataset, Plan plan) {
        return run(datasets, dataset, plan, Processors.all());
    }

    /// The same elsewhere.
    public static Outcome run(Datasets datasets, Dataset dataset, Plan plan, Engine engine) {
        return new Work(datasets, dataset, plan, engine)
                .search(found -> new Outcome(
                        found.findings(),
                        found.dropped().isEmpty() ? Optional.empty() : Optional.of(write(datasets, dataset, found))));
    }

    /// What [#run] would do; no version is written.
    public static DuplicateFindings look(Datasets datasets, Dataset dataset, Plan plan) {
        return look(datasets, dataset, plan, Processors.all());
    }

    /// The same elsewhere.
    public static DuplicateFindings look(Datasets datasets, Dataset dataset, Plan plan, Engine engine) {
        return new Work(datasets, dataset, plan, engine).search(Found::findings);
    }

    /// What is searched, for what, and where.
    private record Work(Datasets datasets, Dataset dataset, Plan plan, Engine engine) {

        <T> T search(Use<T> use) {
            plan.reference().ifPresent(reference -> reference.refuseOtherKind(dataset));
            ToLongFunction<Sample> worth = Worth.of(plan.keep(), dataset);
            DuplicateLayout layout = DuplicateLayout.of(dataset, plan.reference());
            return Durable.scratch(dataset.folder().resolveSibling("duplicates"), folder -> {
                Path pairs = folder.resolve(PAIRS);
                try (Search search = engine.search(plan.likeness(), layout.sections(), folder)) {
                    DuplicateTally tally;
                    try (DuplicateLines lines =
                            new DuplicateLines(search::named, layout, Files.newBufferedWriter(pairs))) {
                        tally = new DuplicateTally(layout, plan, worth, lines);
                        find(layout, search, tally);
                    }
                    return use.of(new Found(layout, tally.findings(search.compared()), tally.dropped(), pairs));
                }
            });
        }

        /// With a reference only pairs of which one is its own count, and not by way of others.
        private void find(DuplicateLayout layout, Search search, DuplicateTally tally) throws IOException {
            search.look(
                    taker -> layout.read(datasets.taken(), taker),
                    tally.ranks() ? Optional.of(tally::taken) : Optional.empty());
            search.equal(tally::equal);
            tally.equalsDone();
            search.similar(layout.wanted(), tally::similar);
            if (plan.reference().isPresent()) {
                tally.dropWhatTheReferenceHas();
            } else {
                tally.choose();
            }
        }
    }

    private static Dataset write(Datasets datasets, Dataset dataset, Found found) {
        Manifest old = dataset.manifest();
        refuseNothingLeft(dataset, found);
        return VersionWriter.write(datasets, VersionWriter.Schema.of(old), new SplitPlan.Given(), writer -> {
            for (Split split : Split.values()) {
                Optional<DuplicateLayout.Part> part = found.layout().subject(split);
                int begin = part.map(DuplicateLayout.Part::begin).orElse(0);
                writer.keep(
                        dataset,
                        split,
                        row -> part.isEmpty() || !found.dropped().get(begin + (int) row));
            }
            Files.move(found.pairs(), writer.beside(PAIRS));
            return description(
                    old, found.findings().plan().reference(), found.findings().report());
        });
    }

    /// What is told of a version that has less than the one before.
    static VersionWriter.Description description(Manifest old, Optional<Reference> reference, ObjectNode report) {
        Optional<String> other =
                reference.map(given -> given.dataset().reference()).filter(name -> !name.equals(old.reference()));
        List<String> parents =
                Stream.concat(Stream.of(old.reference()), other.stream()).toList();
        return new VersionWriter.Description(old.sources(), parents, old.licence(), report);
    }

    private static void refuseNothingLeft(Dataset dataset, Found found) {
        found.layout().subject(Split.TRAIN).ifPresent(train -> {
            int first = found.dropped().nextClearBit(train.begin());
            if (first >= train.end()) {
                throw new DataException(
                        "no sample of %s would be left to train on: each of its %d is a duplicate of one in %s. Divide it anew with athanor data split, or compare with something else"
                                .formatted(
                                        dataset.reference(),
                                        train.end() - train.begin(),
                                        String.join(
                                                " or ",
                                                found.layout().parts().stream()
                                                        .map(DuplicateLayout.Part::name)
                                                        .filter(name -> !name.equals(train.name()))
                                                        .toList())));
            }
        });
    }
}
