package dev.athanor.data;

import dev.athanor.data.label.ConfidentLearning;
import dev.athanor.data.label.CrossValidation;
import dev.athanor.data.label.SampleFeatures;
import dev.athanor.data.label.TextClassifier;
import dev.athanor.data.label.TextFeatures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds labels of a dataset that are likely wrong, over all its splits. More than 40,000 samples are
/// taken in equal parts by chance, each checked for itself, so that memory does not grow with them.
public final class LabelErrors {
    private static final int AT_ONCE = 40_000;
    private static final int MOST_LABELS = 1_000;
    private static final int FEWEST = 5;
    private static final Seed SEED = new Seed(1);

    /// A label that is likely wrong.
    ///
    /// @param chance how likely the other label is, to a classifier that did not see the sample
    /// @param margin the chance of the given label less that of the likeliest other: the lower, the surer
    public record Suspect(
            String id,
            Split split,
            String origin,
            String text,
            String given,
            String likely,
            double chance,
            double margin) {
        public ObjectNode toJson() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("sample", id)
                    .put("split", split.word())
                    .put("origin", origin)
                    .put("label", given)
                    .put("likely", likely)
                    .put("chance", chance)
                    .put("margin", margin)
                    .put("text", text);
        }
    }

    /// @param suspects the surest first
    /// @param checked how many samples have a label
    /// @param notes what people should know of it
    public record Found(List<Suspect> suspects, long checked, List<String> notes) {}

    /// @param text the text or caption; of a picture or sound without one, where it comes from
    private record Labelled(String id, String origin, String text, Split split, TextFeatures features, int label) {
        static Labelled of(Sample sample, Split split, TextFeatures features, int label) {
            String text = sample.text().isEmpty() ? sample.origin() : sample.text();
            return new Labelled(sample.id(), sample.origin(), text, split, features, label);
        }
    }

    private final Dataset dataset;
    private final String field;
    private final List<String> labels;

    private LabelErrors(Dataset dataset, String field) {
        this.dataset = dataset;
        this.field = field;
        labels = List.copyOf(new TreeMap<>(dataset.values(field)).keySet());
    }

    /// @param field the column with the labels
    /// @throws IllegalArgumentException where there is no such column, or it does not hold labels
    public static Found find(Dataset dataset, String field) {
        refuse(dataset, field);
        return new LabelErrors(dataset, field).find();
    }

    private static void refuse(Dataset dataset, String field) {
        List<String> fields = dataset.manifest().fields();
        if (dataset.kind() == Kind.TABLE) {
            throw new IllegalArgumentException(
                    "%s holds rows of a table, and labels are checked of texts, pictures and sounds"
                            .formatted(dataset.reference()));
        }
        if (field.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s names no column as its label: say which with --label FIELD; it has %s"
                            .formatted(dataset.reference(), fields.isEmpty() ? "none" : String.join(", ", fields)));
        }
        if (!fields.contains(field)) {
            throw new IllegalArgumentException("%s has no column \"%s\"%s; it has %s"
                    .formatted(
                            dataset.reference(),
                            field,
                            Nearest.hint(field, fields),
                            fields.isEmpty() ? "none" : String.join(", ", fields)));
        }
        Map<String, Long> values = dataset.values(field);
        if (values.size() < 2 || values.size() > MOST_LABELS) {
            throw new IllegalArgumentException("column \"%s\" of %s has %s: expected from 2 to %d labels"
                    .formatted(field, dataset.reference(), Counted.of(values.size(), "value"), MOST_LABELS));
        }
        if (values.values().stream().filter(samples -> samples >= FEWEST).count() < 2) {
            throw new IllegalArgumentException(
                    "column \"%s\" of %s has fewer than %d samples of every label but one at most, too few to learn from which are wrong: label more of them"
                            .formatted(field, dataset.reference(), FEWEST));
        }
    }

    private Found find() {
        long all = 0;
        for (Split split : Split.values()) {
            all += dataset.count(split);
        }
        int parts = Math.toIntExact((all + AT_ONCE - 1) / AT_ONCE);
        List<Suspect> suspects = new ArrayList<>();
        long checked = 0;
        for (int part = 0; part < parts; part++) {
            List<Labelled> some = read(part, parts);
            checked += some.size();
            if (!some.isEmpty()) {
                check(some, suspects);
            }
        }
        suspects.sort(Comparator.comparingDouble(Suspect::margin).thenComparing(Suspect::id));
        return new Found(suspects, checked, notes(all - checked, all));
    }

    private List<String> notes(long without, long all) {
        List<String> notes = new ArrayList<>();
        if (without > 0) {
            notes.add("%s of %s no \"%s\" and %s not checked"
                    .formatted(
                            without,
                            Counted.of(all, "sample has", "samples have"),
                            field,
                            without == 1 ? "is" : "are"));
        }
        List<String> few = dataset.values(field).entrySet().stream()
                .filter(label -> label.getValue() < FEWEST)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!few.isEmpty()) {
            notes.add("of %s there are fewer than %d samples, too few to judge these well: %s"
                    .formatted(
                            Counted.of(few.size(), "label"),
                            FEWEST,
                            String.join(", ", few.subList(0, Math.min(few.size(), 10)))));
        }
        return notes;
    }

    private List<Labelled> read(int part, int parts) {
        Map<String, Integer> numbers = new HashMap<>();
        labels.forEach(label -> numbers.put(label, numbers.size()));
        List<Labelled> some = new ArrayList<>();
        for (Split split : Split.values()) {
            try (Stream<Sample> samples = dataset.samples(split)) {
                samples.filter(sample -> parts == 1
                                || Math.floorMod(SEED.branch(sample.id()).value(), parts) == part)
                        .forEach(sample -> Optional.ofNullable(sample.fields().get(field))
                                .map(numbers::get)
                                .ifPresent(label -> some.add(
                                        Labelled.of(sample, split, SampleFeatures.of(dataset.kind(), sample), label))));
            }
        }
        return some;
    }

    private void check(List<Labelled> some, List<Suspect> into) {
        int[] given = some.stream().mapToInt(Labelled::label).toArray();
        float[][] chances = CrossValidation.chances(
                new TextClassifier.Examples(
                        some.stream().map(Labelled::features).toList(), given, labels.size()),
                SEED);
        for (ConfidentLearning.Suspect suspect : ConfidentLearning.suspects(chances, given)) {
            Labelled one = some.get(suspect.sample());
            into.add(new Suspect(
                    one.id(),
                    one.split(),
                    one.origin(),
                    one.text(),
                    labels.get(suspect.given()),
                    labels.get(suspect.likely()),
                    chances[suspect.sample()][suspect.likely()],
                    suspect.margin()));
        }
    }
}
