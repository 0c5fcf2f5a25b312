package dev.athanor.data;

import dev.athanor.data.label.Ballots;
import dev.athanor.data.label.LabelModel;
import dev.athanor.data.label.LabelModel.Prior.BalanceIs;
import dev.athanor.data.label.LabellingFunction;
import dev.athanor.data.label.LabellingFunctions;
import dev.athanor.data.label.LabellingFunctions.Balance;
import dev.athanor.data.label.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Labels samples by functions, whose votes a label model weighs, as the next version. It reads the
/// samples twice, to count the votes and to write; labels that are there already stay, and tell how often
/// each function is right.
public final class Labeller {
    /// A column with more values than this holds no labels.
    private static final int MOST_LABELS = 1_000;

    /// What is written for votes however sure: 1 is for labels that a person or the source gave.
    private static final double SUREST = 0.9999;

    private final Dataset dataset;
    private final LabellingFunctions rules;
    private final List<String> labels;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Ballots ballots;
    private final long[] tested;
    private final long[] right;
    private final long[] overrun;

    private Labeller(Dataset dataset, LabellingFunctions rules) {
        this.dataset = dataset;
        this.rules = rules;
        labels = labels(dataset, rules);
        labels.forEach(label -> numbers.put(label, numbers.size()));
        int functions = rules.functions().size();
        ballots = new Ballots(functions);
        tested = new long[functions];
        right = new long[functions];
        overrun = new long[functions];
    }

    /// The column beside the label that says how sure it is, from 0 to 1.
    public static String confidenceOf(String field) {
        return field + "_confidence";
    }

    /// The next version, whose label is the functions' field.
    ///
    /// @throws IllegalArgumentException where a column is not there, or where no function votes at all
    public static Dataset run(Datasets datasets, Dataset dataset, LabellingFunctions rules) {
        schema(dataset.manifest(), rules.field());
        Labeller labeller = new Labeller(dataset, rules);
        labeller.count();
        LabelModel model = LabelModel.fit(labeller.ballots, labeller.prior());
        return labeller.write(datasets, model);
    }

    private static void requireColumn(Dataset dataset, String column) {
        List<String> fields = dataset.manifest().fields();
        if (!fields.contains(column)) {
            throw new IllegalArgumentException("%s has no column \"%s\"%s; it has %s"
                    .formatted(
                            dataset.reference(),
                            column,
                            Nearest.hint(column, fields),
                            fields.isEmpty() ? "none" : String.join(", ", fields)));
        }
    }

    /// Where a function looks must be there: rows of a table have no text.
    private static void requirePlace(Dataset dataset, LabellingFunction function) {
        switch (function.rule()) {
            case Rule.In(String place, var _) -> {
                if (!place.equals(Rule.In.ORIGIN)) {
                    requireColumn(dataset, place);
                }
            }
            case Rule.Column _ -> {}
            case Rule.Match _, Rule.Words _, Rule.Length _ -> {
                if (!dataset.kind().hasText()) {
                    throw new IllegalArgumentException(
                            "function \"%s\" looks at the text, and %s holds rows of a table: say with in: FIELD where it looks"
                                    .formatted(function.name(), dataset.reference()));
                }
            }
        }
    }

    private static List<String> labels(Dataset dataset, LabellingFunctions rules) {
        Set<String> labels = new LinkedHashSet<>(rules.labels());
        List<String> columns = new ArrayList<>();
        rules.functions().forEach(function -> {
            if (function.rule() instanceof Rule.Column(String field)) {
                columns.add(field);
            }
        });
        List<String> fields = dataset.manifest().fields();
        columns.forEach(column -> requireColumn(dataset, column));
        rules.functions().forEach(function -> requirePlace(dataset, function));
        if (fields.contains(rules.field())) {
            columns.add(rules.field());
        }
        for (String column : columns) {
            Set<String> values = dataset.values(column).keySet();
            if (values.size() > MOST_LABELS) {
                throw new IllegalArgumentException(
                        "column \"%s\" of %s has %d values, and labels are at most %d: name another column"
                                .formatted(column, dataset.reference(), values.size(), MOST_LABELS));
            }
            values.stream().filter(value -> !value.isBlank()).sorted().forEach(labels::add);
        }
        if (labels.size() < 2) {
            throw new IllegalArgumentException(
                    "the functions know one label, \"%s\", and what is not it has none: add a function for another label, or name it under labels"
                            .formatted(labels.iterator().next()));
        }
        return List.copyOf(labels);
    }

    private LabelModel.Prior prior() {
        double[] shares = new double[labels.size()];
        Arrays.fill(shares, 1.0 / labels.size());
        return switch (rules.balance()) {
            case Balance.Equal() -> LabelModel.Prior.of(shares, BalanceIs.KNOWN);
            case Balance.Estimated() -> LabelModel.Prior.of(shares, BalanceIs.LEARNT);
            case Balance.Given(var given) -> {
                if (!given.keySet().equals(new LinkedHashSet<>(labels))) {
                    throw new IllegalArgumentException(
                            "balance gives shares of %s, and the labels are %s: give each its share"
                                    .formatted(String.join(", ", given.keySet()), String.join(", ", labels)));
                }
                for (int label = 0; label < shares.length; label++) {
                    shares[label] = given.get(labels.get(label));
                }
                yield LabelModel.Prior.of(shares, BalanceIs.KNOWN);
            }
        };
    }

    /// The first reading: counts votes, and which are right where a label is there.
    private void count() {
        forEach((sample, _) -> {
            int[] votes = votes(sample, voter -> overrun[voter]++);
            ballots.add(votes);
            Optional<String> given = given(sample);
            if (given.isPresent()) {
                int truth = numbers.get(given.get());
                for (int voter = 0; voter < votes.length; voter++) {
                    tested[voter] += votes[voter] == Ballots.ABSTAINS ? 0 : 1;
                    right[voter] += votes[voter] == truth ? 1 : 0;
                }
            }
        });
        if (ballots.covered() == 0) {
            throw new IllegalArgumentException(
                    "no function votes on any of the %,d samples of %s: see that their words and patterns are in the texts (athanor data show %s)"
                            .formatted(ballots.samples(), dataset.reference(), dataset.name()));
        }
    }

    private Dataset write(Datasets datasets, LabelModel model) {
        Manifest old = dataset.manifest();
        Outcome outcome = new Outcome(new LinkedHashMap<>(), new long[1]);
        labels.forEach(label -> outcome.labels().put(label, 0L));
        return VersionWriter.write(datasets, schema(old, rules.field()), new SplitPlan.Given(), writer -> {
            forEach((sample, split) -> writer.add(labelled(sample, model, outcome), Optional.of(split)));
            return new VersionWriter.Description(
                    old.sources(), List.of(old.reference()), old.licence(), report(model, outcome));
        });
    }

    /// What the second reading comes to.
    ///
    /// @param labels how many samples got each of the functions
    /// @param kept one number: samples that had a label
    private record Outcome(SequencedMap<String, Long> labels, long[] kept) {}

    private Sample labelled(Sample sample, LabelModel model, Outcome outcome) {
        Optional<String> given = given(sample);
        if (given.isPresent()) {
            outcome.kept()[0]++;
            return labelled(sample, rules.field(), given.get(), 1);
        }
        int[] votes = votes(sample, _ -> {});
        if (Arrays.stream(votes).allMatch(vote -> vote == Ballots.ABSTAINS)) {
            return unlabelled(sample, rules.field());
        }
        double[] chances = model.chances(votes);
        int best = highest(chances);
        outcome.labels().merge(labels.get(best), 1L, Long::sum);
        return labelled(sample, rules.field(), labels.get(best), Math.min(chances[best], SUREST));
    }

    private int[] votes(Sample sample, IntConsumer exhausted) {
        int[] votes = new int[rules.functions().size()];
        for (int voter = 0; voter < votes.length; voter++) {
            try {
                votes[voter] = rules.functions()
                        .get(voter)
                        .rule()
                        .vote(sample)
                        .map(numbers::get)
                        .orElse(Ballots.ABSTAINS);
            } catch (Rule.Exhausted _) {
                votes[voter] = Ballots.ABSTAINS;
                exhausted.accept(voter);
            }
        }
        return votes;
    }

    private ObjectNode report(LabelModel model, Outcome outcome) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ObjectNode labelled = report.putObject("labelled");
        labelled.put("field", rules.field());
        labelled.put("samples", ballots.samples());
        labelled.put("kept", outcome.kept()[0]);
        long made =
                outcome.labels().values().stream().mapToLong(Long::longValue).sum();
        labelled.put("byFunctions", made);
        labelled.put("without", ballots.samples() - outcome.kept()[0] - made);
        ObjectNode counts = labelled.putObject("labels");
        outcome.labels().forEach(counts::put);
        labelled.put("rounds", model.rounds());
        ArrayNode functions = report.putArray("functions");
        ArrayNode notes = report.putArray("notes");
        for (int voter = 0; voter < rules.functions().size(); voter++) {
            describe(voter, model, functions.addObject());
            notes(voter, model).forEach(notes::add);
        }
        if (ballots.left() > 0) {
            notes.add("the functions fall together in so many ways that %,d samples were labelled but not learnt from"
                    .formatted(ballots.left()));
        }
        return report;
    }

    private void describe(int voter, LabelModel model, ObjectNode into) {
        double samples = ballots.samples();
        into.put("name", rules.functions().get(voter).name());
        into.put("votes", ballots.votes(voter));
        into.put("coverage", ballots.votes(voter) / samples);
        into.put("overlaps", ballots.overlaps(voter) / samples);
        into.put("conflicts", ballots.conflicts(voter) / samples);
        into.put("accuracy", model.accuracy(voter));
        if (tested[voter] > 0) {
            into.put("tested", tested[voter]);
            into.put("right", right[voter]);
        }
        if (overrun[voter] > 0) {
            into.put("tooSlow", overrun[voter]);
        }
    }

    private List<String> notes(int voter, LabelModel model) {
        String name = rules.functions().get(voter).name();
        List<String> notes = new ArrayList<>();
        if (ballots.votes(voter) == 0) {
            notes.add("function \"%s\" never votes: see its words or pattern".formatted(name));
        } else if (ballots.overlaps(voter) == 0) {
            notes.add(
                    "function \"%s\" never votes where another does, so its accuracy is a guess: add functions that overlap with it"
                            .formatted(name));
        } else if (model.accuracy(voter) < 0.5) {
            notes.add("function \"%s\" is thought to be right in only %.0f %% of its votes: mend it or leave it out"
                    .formatted(name, 100 * model.accuracy(voter)));
        }
        if (overrun[voter] > 0) {
            notes.add(
                    "the pattern of function \"%s\" takes too long on %s and abstains there: simplify it, with no .* or + inside what is repeated"
                            .formatted(name, Counted.of(overrun[voter], "text")));
        }
        return notes;
    }

    /// That of the older version with a field as label, and the column that says how sure it is.
    ///
    /// @throws IllegalArgumentException for a field that cannot be a column
    static VersionWriter.Schema schema(Manifest old, String field) {
        if (field.startsWith("_")
                || field.equalsIgnoreCase(Tables.TEXT)
                || field.equalsIgnoreCase(old.kind().column())) {
            throw new IllegalArgumentException(
                    "the labels cannot go into \"%s\", which every dataset uses itself: name another field, for example label"
                            .formatted(field));
        }
        for (String other : old.fields()) {
            if (other.equalsIgnoreCase(field) && !other.equals(field)) {
                throw new IllegalArgumentException(
                        "the labels cannot go into \"%s\" beside \"%s\", which differs in capitals alone: use that name, or another"
                                .formatted(field, other));
            }
        }
        Set<String> fields = new LinkedHashSet<>(old.fields());
        fields.add(field);
        fields.add(confidenceOf(field));
        return new VersionWriter.Schema(old.name(), old.kind(), field, List.copyOf(fields));
    }

    /// The sample with a label and how sure it is.
    static Sample labelled(Sample sample, String field, String label, double confidence) {
        SequencedMap<String, String> fields = new LinkedHashMap<>(sample.fields());
        fields.put(field, label);
        fields.put(confidenceOf(field), String.format(Locale.ROOT, "%.4f", confidence));
        return new Sample(sample.id(), sample.text(), sample.media(), fields, sample.origin());
    }

    /// The sample without a label and how sure it is.
    static Sample unlabelled(Sample sample, String field) {
        SequencedMap<String, String> fields = new LinkedHashMap<>(sample.fields());
        fields.remove(field);
        fields.remove(confidenceOf(field));
        return new Sample(sample.id(), sample.text(), sample.media(), fields, sample.origin());
    }

    private static int highest(double[] chances) {
        int best = 0;
        for (int label = 1; label < chances.length; label++) {
            best = chances[label] > chances[best] ? label : best;
        }
        return best;
    }

    private Optional<String> given(Sample sample) {
        return given(sample, rules.field());
    }

    /// The label that a person or the source gave: one that functions or a model gave is not quite sure.
    static Optional<String> given(Sample sample, String field) {
        boolean made = sample.fields().containsKey(confidenceOf(field))
                && !sample.fields().get(confidenceOf(field)).equals("1.0000");
        return Optional.ofNullable(sample.fields().get(field)).filter(label -> !made && !label.isBlank());
    }

    /// One sample with its split.
    @FunctionalInterface
    private interface Taker {
        void take(Sample sample, Split split);
    }

    private void forEach(Taker taker) {
        for (Split split : Split.values()) {
            try (Stream<Sample> samples = dataset.samples(split)) {
                samples.forEach(sample -> taker.take(sample, split));
            }
        }
    }
}
