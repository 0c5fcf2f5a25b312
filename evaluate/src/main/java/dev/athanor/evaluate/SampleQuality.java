package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What generated pictures and sounds are worth, of whatever kind they are: near to real ones, recognised,
/// varied, and not copied.
///
/// @param recognition where labels can be asked for
public record SampleQuality(
        Fidelity fidelity, Optional<Judgement> recognition, NearestSample nearest, Variety variety) {
    private static final int SHOWN = 10;

    /// @param samples what the judge recognises in generated samples
    /// @param floor what the same judge recognises in real ones that it was not trained on
    public record Judgement(Recognition samples, Recognition floor) {
        public Judgement {
            if (!samples.judge().equals(floor.judge())) {
                throw new IllegalArgumentException("%s judges the samples and %s the real ones: expected one judge"
                        .formatted(samples.judge(), floor.judge()));
            }
        }
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("fidelity", fidelity.toJson());
        recognition.ifPresent(judged -> json.set("recognition", recognition(judged)));
        ObjectNode copying = json.putObject("nearest");
        copying.put("features", nearest.source()).put("share", nearest.share()).put("realShare", nearest.realShare());
        copying.put("typicalDistance", nearest.typical());
        ArrayNode matches = copying.putArray("matches");
        for (NearestSample.Match match : nearest.nearest(SHOWN)) {
            ObjectNode node = matches.addObject();
            node.put("sample", match.sample()).put("training", match.training());
            node.put("distance", match.distance());
            if (Double.isFinite(match.relative())) { // JSON has no word for infinity
                node.put("relative", match.relative());
            }
        }
        ObjectNode varied = json.putObject("variety");
        varied.put("verdict", variety.verdict().name().toLowerCase(Locale.ROOT));
        if (Double.isFinite(variety.spread()) && Double.isFinite(variety.gap())) {
            varied.put("spread", variety.spread()).put("gap", variety.gap());
        }
        varied.put("different", variety.different()).put("count", variety.count());
        return json;
    }

    private static ObjectNode recognition(Judgement judged) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("judge", judged.samples.judge());
        json.put("share", judged.samples.share()).put("floor", judged.floor.share());
        json.put("right", judged.samples.right()).put("asked", judged.samples.asked());
        ObjectNode labels = json.putObject("labels");
        judged.samples.byLabel().forEach((label, count) -> labels.put(label, count.share()));
        ArrayNode confusions = json.putArray("confusions");
        for (Recognition.Confusion confusion : mostFrequent(judged.samples)) {
            ObjectNode node = confusions.addObject();
            node.put("asked", confusion.asked()).put("recognised", confusion.recognised());
            node.put("count", confusion.count());
        }
        judged.samples.missing().forEach(json.putArray("missing")::add);
        return json;
    }

    private static List<Recognition.Confusion> mostFrequent(Recognition recognition) {
        List<Recognition.Confusion> all = recognition.confusions();
        return all.subList(0, Math.min(SHOWN, all.size()));
    }

    void addTo(MeasureTable table) {
        recognition.ifPresent(judged -> table.add(
                "recognised by " + judged.samples.judge(),
                Fidelity.percent(judged.samples.share()),
                Fidelity.percent(judged.floor.share()),
                "the label that was asked for, in %,d of %,d samples"
                        .formatted(judged.samples.right(), judged.samples.asked())));
        fidelity.addTo(table);
        table.add(
                "near copies in " + nearest.source(),
                Fidelity.percent(nearest.share()),
                Fidelity.percent(nearest.realShare()),
                "nearer to a training sample than half of what is usual between real ones");
        table.add(
                "variety",
                variety.verdict() == Variety.Verdict.SAME_DATA
                        ? "none in real ones"
                        : String.format(Locale.ROOT, "%.2f and %.2f", variety.spread(), variety.gap()),
                "1 and 1",
                "distance between two samples, and to the nearest, over that of real ones");
    }

    /// The few numbers that are asked for first.
    List<Block.Fact> facts() {
        List<Block.Fact> facts = new ArrayList<>();
        recognition.ifPresent(judged -> facts.add(new Block.Fact(
                "recognised",
                Fidelity.percent(judged.samples.share()),
                "real ones " + Fidelity.percent(judged.floor.share()))));
        facts.add(new Block.Fact(
                "Fréchet distance",
                Fidelity.number(fidelity.samples().frechet().value()),
                "real ones " + Fidelity.number(fidelity.floor().frechet().value())));
        facts.add(new Block.Fact(
                "near copies",
                Fidelity.percent(nearest.share()),
                "real ones " + Fidelity.percent(nearest.realShare())));
        facts.add(
                variety.verdict() == Variety.Verdict.SAME_DATA
                        ? new Block.Fact("variety", "–", "real ones are all the same")
                        : new Block.Fact("variety", varietyInPercent(), "of that of real ones"));
        return facts;
    }

    private String varietyInPercent() {
        return String.format(Locale.ROOT, "%.0f %%", 100 * Math.min(variety.spread(), variety.gap()));
    }

    /// What must not be missed, in words.
    List<Block.Notice> notices() {
        List<Block.Notice> notices = new ArrayList<>();
        boolean varied = variety.verdict() == Variety.Verdict.VARIED;
        notices.add(notice(varied ? Block.Tone.GOOD : Block.Tone.WARNING, variety.words()));
        recognition
                .map(judged -> judged.samples.missing())
                .filter(missing -> !missing.isEmpty())
                .ifPresent(missing -> notices.add(
                        notice(Block.Tone.WARNING, "asked for and never recognised: " + String.join(", ", missing))));
        if (nearest.share() > nearest.realShare() + deviation()) {
            notices.add(notice(
                    Block.Tone.WARNING,
                    "copies: %s of the samples nearly repeat a training sample, of held-out real ones %s: look at the pairs"
                            .formatted(Fidelity.percent(nearest.share()), Fidelity.percent(nearest.realShare()))));
        }
        fidelity.samples().frechet().caution().ifPresent(words -> notices.add(notice(Block.Tone.PLAIN, words)));
        return notices;
    }

    private static Block.Notice notice(Block.Tone tone, String words) {
        return new Block.Notice(tone, words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".");
    }

    /// Two standard deviations of a share among as many samples (binomial), with at least one sample in it.
    private double deviation() {
        double count = nearest.matches().size();
        double share = Math.max(nearest.realShare(), 1 / count);
        return 2 * Math.sqrt(share * (1 - share) / count);
    }

    /// Which labels succeed, and which are taken for which.
    List<Block> labels() {
        List<Block> blocks = new ArrayList<>();
        recognition.ifPresent(judged -> {
            blocks.add(new Block.Section(
                    "Recognised, label by label", "By " + judged.samples.judge() + ", which saw none of the samples."));
            blocks.add(new Block.Bars("the same for real ones", bars(judged)));
            if (!judged.samples.confusions().isEmpty()) {
                blocks.add(new Block.Table(
                        List.of("asked for", "recognised", "times"),
                        mostFrequent(judged.samples).stream()
                                .map(error ->
                                        List.of(error.asked(), error.recognised(), "%,d".formatted(error.count())))
                                .toList()));
            }
        });
        return blocks;
    }

    private static List<Block.Bar> bars(Judgement judged) {
        List<Block.Bar> bars = new ArrayList<>();
        judged.samples.byLabel().forEach((label, count) -> {
            Recognition.Count real = judged.floor.byLabel().get(label);
            OptionalDouble mark = real == null ? OptionalDouble.empty() : OptionalDouble.of(real.share());
            bars.add(new Block.Bar(label, count.share(), "%,d of %,d".formatted(count.right(), count.asked()), mark));
        });
        return bars;
    }
}
