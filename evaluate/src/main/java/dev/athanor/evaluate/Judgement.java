package dev.athanor.evaluate;

import dev.athanor.evaluate.page.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How often a judge recognises generated samples, and beside it real ones that it was not trained on: over all,
/// and for each value of each field that the samples were told.
///
/// @param samples what it recognises in generated samples
/// @param floor what it recognises in the real ones
public record Judgement(Recognition samples, Recognition floor) {
    private static final int CONFUSIONS = 10;
    static final int VALUES = 40; // of a field that are shown one by one

    public Judgement {
        if (!samples.judge().equals(floor.judge())) {
            throw new IllegalArgumentException("%s judges the samples and %s the real ones: expected one judge"
                    .formatted(samples.judge(), floor.judge()));
        }
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("judge", samples.judge()).put("field", samples.field());
        json.put("share", samples.share()).put("floor", floor.share());
        json.put("right", samples.right()).put("asked", samples.asked());
        ObjectNode fields = json.putObject("fields");
        samples.byField().forEach((field, values) -> {
            ObjectNode node = fields.putObject(field);
            values.forEach((value, count) -> {
                ObjectNode shares = node.putObject(value).put("share", count.share());
                real(field, value).ifPresent(real -> shares.put("floor", real.share()));
                shares.put("right", count.right()).put("asked", count.asked());
            });
        });
        ArrayNode confusions = json.putArray("confusions");
        for (Recognition.Confusion confusion : mostFrequent()) {
            ObjectNode node = confusions.addObject();
            node.put("asked", confusion.asked()).put("recognised", confusion.recognised());
            node.put("count", confusion.count());
        }
        samples.missing().forEach(json.putArray("missing")::add);
        return json;
    }

    private List<Recognition.Confusion> mostFrequent() {
        List<Recognition.Confusion> all = samples.confusions();
        return all.subList(0, Math.min(CONFUSIONS, all.size()));
    }

    void addTo(MeasureTable table) {
        table.add(
                "recognised by " + samples.judge(),
                Fidelity.percent(samples.share()),
                Fidelity.percent(floor.share()),
                "the %s that was asked for, in %,d of %,d samples"
                        .formatted(samples.field(), samples.right(), samples.asked()));
    }

    Block.Fact fact() {
        return new Block.Fact(
                "recognised", Fidelity.percent(samples.share()), "real ones " + Fidelity.percent(floor.share()));
    }

    private Optional<Recognition.Count> real(String field, String value) {
        return Optional.ofNullable(floor.byField().getOrDefault(field, Map.of()).get(value));
    }

    /// Samples that were told one value, or one of several that are shown together.
    private record Line(String value, Recognition.Count made, Optional<Recognition.Count> real) {
        Line and(Line other) {
            return new Line(value, made.and(other.made), real.flatMap(one -> other.real.map(one::and)));
        }
    }

    /// The values of a field in alphabetical order; of too many, those that are recognised least, and the others
    /// together.
    private List<Line> lines(String field) {
        List<Line> lines = new ArrayList<>();
        samples.byField().get(field).forEach((value, count) -> lines.add(new Line(value, count, real(field, value))));
        if (lines.size() <= VALUES) {
            return lines;
        }
        lines.sort(Comparator.comparingDouble(line -> line.made().share()));
        List<Line> few = new ArrayList<>(lines.subList(0, VALUES - 1));
        List<Line> others = lines.subList(VALUES - 1, lines.size());
        Line together = others.stream().reduce(Line::and).orElseThrow();
        few.add(new Line("%,d others".formatted(others.size()), together.made(), together.real()));
        return few;
    }

    /// Every field's values, for Markdown.
    Block.Table shares() {
        List<List<String>> rows = new ArrayList<>();
        for (String field : samples.byField().keySet()) {
            for (Line line : lines(field)) {
                rows.add(List.of(
                        field,
                        line.value(),
                        Fidelity.percent(line.made().share()),
                        line.real().map(real -> Fidelity.percent(real.share())).orElse(""),
                        of(line.made())));
            }
        }
        return new Block.Table(List.of("told", "value", "recognised", "real ones", "samples"), rows);
    }

    private static String of(Recognition.Count count) {
        return "%,d of %,d".formatted(count.right(), count.asked());
    }

    /// The same as bars, and which labels are taken for which.
    List<Block> shown() {
        List<Block> blocks = new ArrayList<>();
        for (String field : samples.byField().keySet()) {
            blocks.add(new Block.Section("Recognised, by " + field, introduction(field)));
            blocks.add(new Block.Bars(
                    "the same for real ones",
                    lines(field).stream().map(Judgement::bar).toList()));
        }
        if (!samples.confusions().isEmpty()) {
            blocks.add(new Block.Table(
                    List.of("asked for", "recognised", "times"),
                    mostFrequent().stream()
                            .map(error -> List.of(error.asked(), error.recognised(), "%,d".formatted(error.count())))
                            .toList()));
        }
        return blocks;
    }

    private String introduction(String field) {
        return field.equals(samples.field())
                ? "By %s, which saw none of the samples.".formatted(samples.judge())
                : "How often %s recognises the %s where this is what the samples were told of the %s."
                        .formatted(samples.judge(), samples.field(), field);
    }

    private static Block.Bar bar(Line line) {
        OptionalDouble mark =
                line.real().stream().mapToDouble(Recognition.Count::share).findFirst();
        return new Block.Bar(line.value(), line.made().share(), of(line.made()), mark);
    }
}
