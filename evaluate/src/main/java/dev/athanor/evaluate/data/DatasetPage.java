package dev.athanor.evaluate.data;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.Kind;
import dev.athanor.data.Manifest;
import dev.athanor.data.Quarantined;
import dev.athanor.data.Sample;
import dev.athanor.data.Split;
import dev.athanor.evaluate.page.Block;
import dev.athanor.evaluate.page.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;

/// A dataset version as one page that opens without a network: how much there is, how long, in which writing, with
/// which labels, what was done to it and what it was made of, what was left out, and samples.
public final class DatasetPage {
    private static final int SHOWN = 8; // samples of each split
    private static final int LABELS = 40;
    private static final int COLUMNS = 12; // of a row that is shown
    private static final int LONGEST = 600; // characters of a sample

    private DatasetPage() {}

    public static Page of(Datasets datasets, Dataset dataset) {
        Survey survey = Survey.of(dataset, SHOWN);
        Page page = Page.titled(dataset.reference(), about(datasets, dataset));
        page = page.with(new Block.Facts(facts(dataset, survey)));
        if (dataset.kind() == Kind.TEXT) {
            page = page.withAll(lengths(survey));
        }
        if (dataset.kind() == Kind.TABLE) {
            page = page.withAll(ColumnBlocks.of(dataset));
        }
        if (survey.scripts().size() > 1) {
            page = page.with(new Block.Section("Writing", "Samples by what most of their letters are."))
                    .with(bars(survey.scripts()));
        }
        return page.withAll(labels(dataset, survey))
                .withAll(Told.of("What was done", dataset.report()))
                .withAll(quarantine(dataset))
                .withAll(samples(dataset, survey));
    }

    private static String about(Datasets datasets, Dataset dataset) {
        Manifest manifest = dataset.manifest();
        List<String> ancestors = datasets.ancestors(dataset);
        return "Made %s, divided %s%s%s."
                .formatted(
                        manifest.created(),
                        manifest.splits(),
                        ancestors.isEmpty() ? "" : "; made of " + String.join(", that of ", ancestors),
                        manifest.licence().isEmpty() ? "" : "; licence: " + manifest.licence());
    }

    private static List<Block.Fact> facts(Dataset dataset, Survey survey) {
        List<Block.Fact> facts = new ArrayList<>();
        for (Split split : Split.values()) {
            Manifest.Count count = dataset.manifest().count(split);
            if (count.samples() > 0) {
                facts.add(new Block.Fact(
                        split.word(),
                        number(count.samples()),
                        count.characters() > 0 ? number(count.characters()) + " characters" : ""));
            }
        }
        if (!dataset.manifest().label().isEmpty() && survey.unlabelled() > 0) {
            facts.add(new Block.Fact("without label", number(survey.unlabelled()), ""));
        }
        int left = dataset.quarantined().size();
        if (left > 0) {
            facts.add(new Block.Fact("quarantined", number(left), "listed below"));
        }
        return facts;
    }

    private static List<Block> lengths(Survey survey) {
        List<Block.Bar> bars = new ArrayList<>();
        long[] counts = survey.lengths();
        for (int bin = 0; bin < counts.length; bin++) {
            if (counts[bin] > 0) {
                String from = number(Survey.BINS[bin]);
                String name = bin + 1 == counts.length
                        ? from + " and more"
                        : Survey.BINS[bin + 1] == Survey.BINS[bin] + 1
                                ? from
                                : from + " to " + number(Survey.BINS[bin + 1] - 1L);
                bars.add(new Block.Bar(name, counts[bin], number(counts[bin]), OptionalDouble.empty()));
            }
        }
        return List.of(new Block.Section("Lengths", "Samples by their characters."), new Block.Bars("", bars));
    }

    private static List<Block> labels(Dataset dataset, Survey survey) {
        String field = dataset.manifest().label();
        SequencedMap<String, Long> train = survey.labels(Split.TRAIN);
        Set<String> values = new LinkedHashSet<>();
        train.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> values.add(entry.getKey()));
        for (Split split : Split.values()) {
            values.addAll(survey.labels(split).keySet());
        }
        if (field.isEmpty() || values.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Section(
                "Labels",
                "%s values of %s%s; the line is what an even share of the training split would be."
                        .formatted(
                                number(values.size()),
                                field,
                                values.size() > LABELS ? ", the %d commonest here".formatted(LABELS) : "")));
        double even =
                (double) train.values().stream().mapToLong(Long::longValue).sum() / values.size();
        blocks.add(new Block.Bars(
                "even share",
                values.stream()
                        .limit(LABELS)
                        .map(value -> bar(value, train.getOrDefault(value, 0L), OptionalDouble.of(even)))
                        .toList()));
        List<String> unseen =
                values.stream().filter(value -> !train.containsKey(value)).toList();
        if (!unseen.isEmpty()) {
            blocks.add(new Block.Notice(
                    Block.Tone.WARNING,
                    "No training sample has %s: a model is asked for what it never saw. Divide with --split stratified:%s."
                            .formatted(String.join(", ", unseen.subList(0, Math.min(10, unseen.size()))), field)));
        }
        return blocks;
    }

    private static Block bars(SequencedMap<String, Long> counts) {
        return new Block.Bars(
                "",
                counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                        .map(entry -> bar(entry.getKey(), entry.getValue(), OptionalDouble.empty()))
                        .toList());
    }

    private static Block.Bar bar(String name, long count, OptionalDouble mark) {
        return new Block.Bar(name, count, number(count), mark);
    }

    private static List<Block> quarantine(Dataset dataset) {
        List<Quarantined> left = dataset.quarantined();
        if (left.isEmpty()) {
            return List.of();
        }
        return List.of(
                new Block.Section("Quarantined", left.size() > LABELS ? "The first %d.".formatted(LABELS) : ""),
                new Block.Table(
                        List.of("place", "reason", "remedy"),
                        left.stream()
                                .limit(LABELS)
                                .map(one -> List.of(one.file(), one.reason(), one.remedy()))
                                .toList()));
    }

    private static List<Block> samples(Dataset dataset, Survey survey) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Section("Samples", "From all over the splits."));
        switch (dataset.kind()) {
            case TEXT ->
                blocks.add(new Block.Table(
                        List.of("origin", "text", "fields"),
                        survey.shown().stream()
                                .map(sample -> List.of(name(sample), cut(sample.text()), fields(sample)))
                                .toList()));
            case TABLE -> blocks.add(rows(dataset, survey));
            case IMAGE ->
                blocks.add(new Block.Gallery(survey.shown().stream()
                        .map(sample -> new Block.Picture(
                                caption(sample), sample.media().bytes()))
                        .toList()));
            case SOUND ->
                blocks.add(new Block.Sounds(survey.shown().stream()
                        .map(sample ->
                                new Block.Clip(caption(sample), sample.media().bytes(), Optional.empty()))
                        .toList()));
        }
        return blocks;
    }

    private static Block rows(Dataset dataset, Survey survey) {
        List<String> fields =
                dataset.manifest().fields().stream().limit(COLUMNS).toList();
        List<String> head = new ArrayList<>(fields);
        head.addFirst("origin");
        return new Block.Table(
                head,
                survey.shown().stream()
                        .map(sample -> {
                            List<String> row = new ArrayList<>(List.of(name(sample)));
                            fields.forEach(field -> row.add(cut(sample.fields().getOrDefault(field, ""))));
                            return row;
                        })
                        .toList());
    }

    private static String caption(Sample sample) {
        return (fields(sample) + " " + cut(sample.text())).strip();
    }

    private static String fields(Sample sample) {
        return sample.fields().entrySet().stream()
                .map(entry -> entry.getKey() + " " + cut(entry.getValue()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    /// The end of an origin, which is what differs.
    private static String name(Sample sample) {
        return sample.origin().substring(sample.origin().lastIndexOf('/') + 1);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) > LONGEST
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + " ..."
                : text;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
