package dev.athanor.data;

import dev.athanor.data.label.SampleFeatures;
import dev.athanor.data.label.TextClassifier;
import dev.athanor.data.label.TextFeatures;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes what people answered into the next version of a dataset.
public final class Relabeller {
    /// Most of what is listed one by one.
    private static final int LISTED = 100;

    /// What becomes of samples that no one labelled.
    public enum Unlabelled {
        /// They stay as they are.
        KEEP,
        /// They are left out.
        DROP,
        /// They get the label that a classifier trained on the others thinks likeliest, with its
        /// confidence.
        SUGGEST
    }

    private final Dataset dataset;
    private final String field;
    private final Answers answers;
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> tied = new ArrayList<>();
    private long kept;
    private long changed;
    private long suggested;
    private long without;

    private Relabeller(Dataset dataset, String field, Answers answers) {
        this.dataset = dataset;
        this.field = field;
        this.answers = answers;
    }

    /// The next version. A label is what one who decided said, else what most people said; where as many
    /// say something else the sample counts as not labelled, and the report names it.
    ///
    /// @throws IllegalArgumentException where no answer is about this dataset
    public static Dataset run(Datasets datasets, Dataset dataset, String field, Unlabelled unlabelled) {
        LabelJournal journal = new LabelJournal(datasets, dataset.name(), InstantSource.system());
        Answers answers = Answers.of(datasets, dataset, field, journal.read().answers());
        return new Relabeller(dataset, field, answers).write(datasets, unlabelled);
    }

    /// How far people agree on a dataset.
    ///
    /// @throws IllegalArgumentException where no answer is about this dataset
    public static Answers.Concord concord(Datasets datasets, Dataset dataset, String field) {
        LabelJournal journal = new LabelJournal(datasets, dataset.name(), InstantSource.system());
        Answers answers = Answers.of(datasets, dataset, field, journal.read().answers());
        return answered(concord(dataset, answers), dataset, field);
    }

    private static Answers.Concord answered(Answers.Concord concord, Dataset dataset, String field) {
        if (concord.people().isEmpty()) {
            throw new IllegalArgumentException(
                    "no one has answered about \"%s\" of %s yet: athanor data label %s --label %s"
                            .formatted(field, dataset.reference(), dataset.name(), field));
        }
        return concord;
    }

    private static Answers.Concord concord(Dataset dataset, Answers answers) {
        try (Stream<Sample> samples = Stream.of(Split.values()).flatMap(dataset::samples)) {
            return answers.concord(samples::iterator);
        }
    }

    private Dataset write(Datasets datasets, Unlabelled unlabelled) {
        Answers.Concord concord = answered(concord(dataset, answers), dataset, field);
        Manifest old = dataset.manifest();
        Guess guess = unlabelled == Unlabelled.SUGGEST ? learn() : _ -> Optional.empty();
        return VersionWriter.write(datasets, Labeller.schema(old, field), new SplitPlan.Given(), writer -> {
            for (Split split : Split.values()) {
                try (Stream<Sample> samples = dataset.samples(split)) {
                    samples.forEach(sample -> labelled(sample, guess)
                            .ifPresentOrElse(labelled -> writer.add(labelled, Optional.of(split)), () -> {
                                without++;
                                if (unlabelled != Unlabelled.DROP) {
                                    writer.add(Labeller.unlabelled(sample, field), Optional.of(split));
                                }
                            }));
                }
            }
            return new VersionWriter.Description(
                    old.sources(), List.of(old.reference()), old.licence(), report(concord, unlabelled));
        });
    }

    /// A label for what no one labelled.
    @FunctionalInterface
    private interface Guess {
        Optional<LabelQueue.Suggestion> of(Sample sample);
    }

    private Optional<Sample> labelled(Sample sample, Guess guess) {
        Optional<String> given = Labeller.given(sample, field);
        Optional<String> decided = answers.decided(sample);
        if (decided.isEmpty() && !answers.labels(sample).isEmpty() && tied.size() < LISTED) {
            tied.add(sample.id() + ": " + answers.labels(sample));
        }
        if (decided.isPresent()) {
            changed += given.isPresent() && !given.equals(decided) ? 1 : 0;
        } else {
            kept += given.isPresent() ? 1 : 0;
        }
        Optional<String> label = decided.or(() -> given);
        if (label.isPresent()) {
            counts.merge(label.get(), 1L, Long::sum);
            return Optional.of(Labeller.labelled(sample, field, label.get(), 1));
        }
        return guess.of(sample).map(suggestion -> {
            suggested++;
            return Labeller.labelled(sample, field, suggestion.label(), Math.min(suggestion.chance(), 0.9999));
        });
    }

    private Guess learn() {
        SequencedMap<String, Integer> numbers = new LinkedHashMap<>();
        List<TextFeatures> texts = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.forEach(sample -> answers.decided(sample)
                    .or(() -> Labeller.given(sample, field))
                    .filter(_ -> texts.size() < LabelQueue.LEARNT_FROM)
                    .ifPresent(label -> {
                        texts.add(SampleFeatures.of(dataset.kind(), sample));
                        labels.add(numbers.computeIfAbsent(label, _ -> numbers.size()));
                    }));
        }
        if (numbers.size() < 2) {
            throw new IllegalArgumentException(
                    "the training split has %s, and suggestions need at least 2: answer more, or leave out --unlabelled suggest"
                            .formatted(Counted.of(numbers.size(), "label")));
        }
        TextClassifier classifier = TextClassifier.train(
                new TextClassifier.Examples(
                        texts, labels.stream().mapToInt(Integer::intValue).toArray(), numbers.size()),
                new Seed(1));
        List<String> names = List.copyOf(numbers.keySet());
        return sample -> {
            float[] chances = classifier.chances(SampleFeatures.of(dataset.kind(), sample));
            int best = TextClassifier.likeliest(chances);
            return Optional.of(new LabelQueue.Suggestion(names.get(best), chances[best]));
        };
    }

    private ObjectNode report(Answers.Concord concord, Unlabelled unlabelled) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ObjectNode labelled = report.putObject("labelled");
        labelled.put("field", field);
        labelled.put("kept", kept);
        labelled.put("changed", changed);
        labelled.put("suggested", suggested);
        labelled.put(unlabelled == Unlabelled.DROP ? "dropped" : "without", without);
        ObjectNode labels = labelled.putObject("labels");
        counts.forEach(labels::put);
        report.set("agreement", concord.toJson());
        tied.forEach(report.putArray("tied")::add);
        if (!tied.isEmpty()) {
            report.putArray("notes")
                    .add(
                            "on %s as many people say one thing as another, which leaves %s without a label: athanor data label %s --label %s --order disputed decides"
                                    .formatted(
                                            Counted.of(tied.size(), "sample"),
                                            tied.size() == 1 ? "it" : "them",
                                            dataset.name(),
                                            field));
        }
        return report;
    }
}
