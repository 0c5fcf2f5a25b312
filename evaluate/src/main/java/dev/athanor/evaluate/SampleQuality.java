package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("fidelity", fidelity.toJson());
        recognition.ifPresent(judged -> json.set("recognition", judged.toJson()));
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

    void addTo(MeasureTable table) {
        recognition.ifPresent(judged -> judged.addTo(table));
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
        recognition.map(Judgement::fact).ifPresent(facts::add);
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
                .map(judged -> judged.samples().missing())
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
        return recognition.map(Judgement::shown).orElse(List.of());
    }

    /// How often samples are recognised that were told each value of each field, as Markdown; empty without a
    /// judge.
    String shares() {
        return recognition
                .map(judged -> "\n## Recognised, value by value\n\n" + MeasureTable.markdown(judged.shares()))
                .orElse("");
    }
}
