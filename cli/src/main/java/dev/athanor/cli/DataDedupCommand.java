package dev.athanor.cli;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Deduplicator;
import dev.athanor.data.DuplicateFindings;
import dev.athanor.data.Engine;
import dev.athanor.data.Keep;
import dev.athanor.data.PassageFindings;
import dev.athanor.data.PassageRemover;
import dev.athanor.data.Split;
import dev.athanor.data.duplicate.EqualOnly;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.PictureLikeness;
import dev.athanor.data.duplicate.Shingles;
import dev.athanor.data.duplicate.SoundLikeness;
import dev.athanor.data.duplicate.TextLikeness;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "dedup",
        description = {
            "Make a version without duplicates: of samples that are equal or nearly so one stays, in test rather than in validation rather than in train.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  athanor data dedup reviews --report-only               what would go",
            "  athanor data dedup reviews --threshold 0.9             only what is nearly the same",
            "  athanor data dedup pages --substrings                  passages that stand in several texts, word for word",
            "  athanor data dedup mine --against exam --against-split test    nothing of the exam",
            "  athanor data dedup mine --against mine --against-split test    nothing of its own test"
        })
final class DataDedupCommand implements Callable<Integer> {
    private static final int SHOWN = 3;

    @Mixin
    private Setting setting;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The dataset, or a version of it as NAME@VERSION.")
    private String name;

    @Option(
            names = "--keep",
            paramLabel = "WHICH",
            description =
                    "Which one stays: first, longest, best (of texts that with fewest flaws, of pictures that with most pixels, of sounds that of the highest rate), or best:FIELD (the greatest number in a field). Default: first.")
    private Optional<String> keep = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "OTHER",
            description = "Drop only what is equal or similar to a sample of this dataset.")
    private Optional<String> against = Optional.empty();

    @Option(
            names = "--against-split",
            split = ",",
            paramLabel = "SPLIT",
            description = "Of that dataset only test, validation or train. Default: all.")
    private List<Split> splits = List.of();

    @Option(
            names = "--equal-only",
            description = "Look for equal ones, not for similar ones. Always so of rows of a table.")
    private boolean equalOnly;

    @Option(
            names = "--substrings",
            description =
                    "Texts: look for long passages that stand in several texts instead, and remove all but the first of each. What is left of a text stays.")
    private boolean substrings;

    @Option(
            names = "--substring-length",
            paramLabel = "WORDS",
            description = "Words that such a passage has at least, each Chinese character being one. Default: "
                    + PassageRemover.USUAL + ".")
    private Optional<Integer> substringLength = Optional.empty();

    @Option(names = "--report-only", description = "Write no version: say what would go.")
    private boolean reportOnly;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin
    private EngineOption engine;

    @ArgGroup(validate = false, heading = "%nWhat is similar:%n")
    private Similarity similarity = new Similarity();

    static final class Similarity {
        @Option(
                names = "--threshold",
                paramLabel = "NUMBER",
                description =
                        "Texts: the share of shingles in common, by default 0.7. Pictures: how alike colours are, 0.98. Sounds: the share of bits that agree, 0.9.")
        private Optional<Double> threshold = Optional.empty();

        @Option(
                names = "--shingle",
                paramLabel = "WORDS",
                description = "Texts: neighbouring words that are compared together. Default: 5.")
        private Optional<Integer> shingle = Optional.empty();

        @Option(
                names = "--unit",
                paramLabel = "UNIT",
                description = "Texts: words (each Chinese character is one), or characters. Default: words.")
        private Optional<Shingles.Unit> unit = Optional.empty();

        @Option(
                names = "--permutations",
                paramLabel = "N",
                description = "Texts: more find more of what is near the threshold, and take longer. Default: 128.")
        private Optional<Integer> permutations = Optional.empty();

        @Option(
                names = "--distance",
                paramLabel = "BITS",
                description = "Pictures: bits of 64 that hashes differ in at most, 0 to 8. Default: 4.")
        private Optional<Integer> distance = Optional.empty();

        boolean isGiven() {
            return Stream.of(threshold, shingle, unit, permutations, distance).anyMatch(Optional::isPresent);
        }

        Likeness of(Dataset dataset) {
            return switch (dataset.kind()) {
                case TEXT -> {
                    refuse(dataset, "--distance", distance);
                    TextLikeness.Settings usual = TextLikeness.Settings.USUAL;
                    yield new TextLikeness(new TextLikeness.Settings(
                            new Shingles(unit.orElse(Shingles.USUAL.unit()), shingle.orElse(Shingles.USUAL.size())),
                            permutations.orElse(usual.permutations()),
                            threshold.orElse(usual.threshold())));
                }
                case TABLE -> {
                    refuseThoseOfTexts(dataset);
                    refuse(dataset, "--distance", distance);
                    refuse(dataset, "--threshold", threshold);
                    yield new EqualOnly();
                }
                case IMAGE -> {
                    refuseThoseOfTexts(dataset);
                    yield new PictureLikeness(
                            distance.orElse(PictureLikeness.USUAL), threshold.orElse(PictureLikeness.USUAL_THRESHOLD));
                }
                case SOUND -> {
                    refuseThoseOfTexts(dataset);
                    refuse(dataset, "--distance", distance);
                    yield new SoundLikeness(threshold.orElse(SoundLikeness.USUAL));
                }
            };
        }

        /// The options that were given.
        Stream<Optional<String>> given() {
            return Stream.of(
                    threshold.map(_ -> "--threshold"),
                    shingle.map(_ -> "--shingle"),
                    unit.map(_ -> "--unit"),
                    permutations.map(_ -> "--permutations"),
                    distance.map(_ -> "--distance"));
        }

        private void refuseThoseOfTexts(Dataset dataset) {
            refuse(dataset, "--shingle", shingle);
            refuse(dataset, "--unit", unit);
            refuse(dataset, "--permutations", permutations);
        }

        private static void refuse(Dataset dataset, String option, Optional<?> given) {
            if (given.isPresent()) {
                throw new IllegalArgumentException("%s says nothing of %s, which is of the kind %s: leave it out"
                        .formatted(option, dataset.reference(), dataset.kind().word()));
            }
        }
    }

    @Override
    public Integer call() {
        if (equalOnly && similarity.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--equal-only compares whole samples: leave out what says how similar they may be, or leave out --equal-only");
        }
        Terminal terminal = setting.terminal();
        Datasets datasets = new Datasets(
                setting.workspace(), read -> terminal.passing(() -> Terminal.number(read) + " samples done"));
        Dataset dataset = datasets.open(name);
        refuseWhatSaysNothing();
        return substrings ? removePassages(terminal, datasets, dataset) : dropDuplicates(terminal, datasets, dataset);
    }

    /// `--substrings` looks for other things than the rest of the options are about.
    private void refuseWhatSaysNothing() {
        if (substrings) {
            Stream<Optional<String>> others = Stream.concat(
                    Stream.of(
                            keep.map(_ -> "--keep"),
                            equalOnly ? Optional.of("--equal-only") : Optional.empty(),
                            engine.given()),
                    similarity.given());
            others.flatMap(Optional::stream).findFirst().ifPresent(option -> {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " says nothing of passages: leave it out, or leave out --substrings");
            });
        } else if (substringLength.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--substring-length says how long passages are: give it with --substrings");
        }
    }

    private int removePassages(Terminal terminal, Datasets datasets, Dataset dataset) {
        PassageRemover.Plan plan =
                new PassageRemover.Plan(substringLength.orElse(PassageRemover.USUAL), reference(datasets, dataset));
        if (reportOnly) {
            tell(terminal, PassageRemover.look(datasets, dataset, plan));
            return 0;
        }
        PassageRemover.Outcome outcome = PassageRemover.run(datasets, dataset, plan);
        tell(terminal, outcome.findings());
        tellWritten(terminal, dataset, outcome.written(), "Every passage");
        return 0;
    }

    private int dropDuplicates(Terminal terminal, Datasets datasets, Dataset dataset) {
        Deduplicator.Plan plan = new Deduplicator.Plan(
                equalOnly ? new EqualOnly() : similarity.of(dataset), kept(), reference(datasets, dataset));
        Engine where = engine.chosen();
        engine.tell(terminal);
        if (reportOnly) {
            DuplicateFindings findings = Deduplicator.look(datasets, dataset, plan, where);
            tell(terminal, findings);
            return 0;
        }
        Deduplicator.Outcome outcome = Deduplicator.run(datasets, dataset, plan, where);
        tell(terminal, outcome.findings());
        tellWritten(terminal, dataset, outcome.written(), "Every pair");
        return 0;
    }

    private void tellWritten(Terminal terminal, Dataset dataset, Optional<Dataset> written, String each) {
        if (written.isEmpty()) {
            terminal.note("No version is written: it would be the same as " + dataset.reference());
            return;
        }
        if (!json) {
            DataCommand.tell(terminal, written.get());
        }
        terminal.note("%s is in %s".formatted(each, written.get().folder().resolve(Deduplicator.PAIRS)));
    }

    private Keep kept() {
        if (keep.isPresent() && against.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--keep chooses among samples of which one stays; --against OTHER drops all that are in it: leave one out");
        }
        try {
            return Keep.of(keep.orElse("first"));
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), "--keep " + unknown.getMessage(), unknown);
        }
    }

    private Optional<Deduplicator.Reference> reference(Datasets datasets, Dataset dataset) {
        if (against.isEmpty()) {
            if (!splits.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--against-split says which part of another dataset: give it with --against");
            }
            return Optional.empty();
        }
        Dataset other = datasets.open(against.get());
        if (other.reference().equals(dataset.reference()) && splits.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s against all of itself would leave nothing: say which split the others must not repeat, --against-split test for example"
                            .formatted(dataset.reference()));
        }
        Set<Split> all = EnumSet.allOf(Split.class);
        return Optional.of(new Deduplicator.Reference(other, splits.isEmpty() ? all : Set.copyOf(splits)));
    }

    private void tell(Terminal terminal, DuplicateFindings findings) {
        if (json) {
            terminal.result(findings.report().toPrettyString());
            return;
        }
        findings.sentences().forEach(terminal::result);
        if (!findings.examples().isEmpty()) {
            terminal.note("Nearest to the threshold:");
        }
        findings.examples().stream().limit(SHOWN).forEach(pair -> {
            terminal.note("  " + pair.path("similarity").asDouble());
            terminal.note("    " + line(pair, "first"));
            terminal.note("    " + line(pair, "second"));
        });
    }

    private void tell(Terminal terminal, PassageFindings findings) {
        if (json) {
            terminal.result(findings.report().toPrettyString());
            return;
        }
        findings.sentences().forEach(terminal::result);
        if (!findings.examples().isEmpty()) {
            terminal.note("The longest:");
        }
        findings.examples().stream().limit(SHOWN).forEach(passage -> {
            terminal.note("  %s words: %s"
                    .formatted(
                            Terminal.number(passage.path("words").asLong()),
                            shown(passage.path("text").asString())));
            terminal.note("    first " + place(passage, "first"));
            terminal.note("    again " + place(passage, "second"));
        });
    }

    /// `test  train.tsv:5  A good tea...`.
    private static String line(ObjectNode pair, String which) {
        return "%s  %s"
                .formatted(
                        place(pair, which), shown(pair.path(which).path("text").asString()));
    }

    private static String place(ObjectNode pair, String which) {
        return "%s  %s"
                .formatted(
                        pair.path(which).path("in").asString(),
                        pair.path(which).path("origin").asString());
    }

    private static String shown(String text) {
        String line = text.replace('\n', ' ');
        return line.length() > 100 ? line.substring(0, 100) + " ..." : line;
    }
}
