package dev.athanor.evaluate.data;

import dev.athanor.evaluate.page.Block;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a step wrote into `report.json`, whatever it was, as parts of a page: numbers as bars, lists of things as
/// tables, the rest as it stands.
final class Told {
    private static final MathContext DIGITS = new MathContext(4);
    private static final int MOST = 40; // rows of a table, bars
    private static final int LONGEST = 300; // characters of a cell

    private final List<Block> blocks = new ArrayList<>();

    private Told() {}

    static List<Block> of(String heading, JsonNode report) {
        Told told = new Told();
        told.tell(heading, report);
        return told.blocks;
    }

    private void tell(String heading, JsonNode node) {
        if (node.isObject() && !node.isEmpty()) {
            object(heading, node);
        } else if (node.isArray() && !node.isEmpty()) {
            array(heading, node);
        }
    }

    private void object(String heading, JsonNode node) {
        List<Map.Entry<String, JsonNode>> values = node.propertyStream()
                .filter(entry -> entry.getValue().isValueNode())
                .toList();
        if (!values.isEmpty()) {
            blocks.add(new Block.Section(heading, ""));
            blocks.add(areCounts(values) ? bars(values) : table(values));
        }
        node.propertyStream()
                .filter(entry -> entry.getValue().isContainer())
                .forEach(entry -> tell(
                        values.isEmpty() && !blocks.isEmpty()
                                ? words(entry.getKey())
                                : heading + ": " + words(entry.getKey()),
                        entry.getValue()));
    }

    private static boolean areCounts(List<Map.Entry<String, JsonNode>> values) {
        return values.size() > 1
                && values.stream()
                        .allMatch(entry ->
                                entry.getValue().isNumber() && entry.getValue().asDouble() >= 0);
    }

    private static Block bars(List<Map.Entry<String, JsonNode>> values) {
        return new Block.Bars(
                "",
                values.stream()
                        .limit(MOST)
                        .map(entry -> new Block.Bar(
                                words(entry.getKey()),
                                entry.getValue().asDouble(),
                                shown(entry.getValue()),
                                OptionalDouble.empty()))
                        .toList());
    }

    private static Block table(List<Map.Entry<String, JsonNode>> values) {
        return new Block.Table(
                List.of("", "value"),
                values.stream()
                        .limit(MOST)
                        .map(entry -> List.of(words(entry.getKey()), shown(entry.getValue())))
                        .toList());
    }

    private void array(String heading, JsonNode array) {
        blocks.add(new Block.Section(heading, array.size() > MOST ? "The first %d.".formatted(MOST) : ""));
        List<JsonNode> things = array.valueStream().limit(MOST).toList();
        if (things.stream().allMatch(JsonNode::isValueNode)) {
            things.forEach(thing -> blocks.add(new Block.Text(shown(thing))));
            return;
        }
        Set<String> columns = new LinkedHashSet<>();
        things.forEach(thing -> thing.propertyStream()
                .filter(entry -> entry.getValue().isValueNode())
                .forEach(entry -> columns.add(entry.getKey())));
        if (!columns.isEmpty()) {
            blocks.add(new Block.Table(
                    columns.stream().map(Told::words).toList(),
                    things.stream()
                            .map(thing -> columns.stream()
                                    .map(column -> shown(thing.path(column)))
                                    .toList())
                            .toList()));
        }
        for (JsonNode thing : things) {
            String name = thing.path("name").asString(heading);
            thing.propertyStream()
                    .filter(entry -> entry.getValue().isContainer())
                    .forEach(entry -> tell(name + ": " + words(entry.getKey()), entry.getValue()));
        }
    }

    private static String shown(JsonNode value) {
        if (value.isIntegralNumber()) {
            return String.format(Locale.ROOT, "%,d", value.asLong());
        }
        if (value.isNumber() && Double.isFinite(value.asDouble())) {
            return BigDecimal.valueOf(value.asDouble())
                    .round(DIGITS)
                    .stripTrailingZeros()
                    .toPlainString();
        }
        String text = value.isMissingNode() ? "" : value.asString(value.toString());
        return text.codePointCount(0, text.length()) > LONGEST
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + " ..."
                : text;
    }

    /// `badRows` as bad rows; what somebody else named stays.
    private static String words(String key) {
        return key.matches("[a-z]+([A-Z][a-z]+)+")
                ? key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT)
                : key;
    }
}
