package dev.athanor.data.clean;

import dev.athanor.data.Sample;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What one step did to some samples: how many it saw, changed and dropped, in what time, with examples.
/// Tallies of samples that follow each other add up to that of all of them.
final class Tally implements Serializable {
    /// Of changed samples, and of those dropped for one reason.
    private static final int EXAMPLES = 5;

    private static final int SHOWN = 200;
    private static final int BEFORE_THE_CHANGE = 40;

    private final Enough enough;
    private final TreeMap<String, Long> reasons = new TreeMap<>();
    private final TreeMap<String, Long> found = new TreeMap<>();
    private final ArrayList<Change> changes = new ArrayList<>();
    private final ArrayList<Drop> drops = new ArrayList<>();
    private long seen;
    private long changed;
    private long nanos;

    private record Change(String origin, String before, String after) implements Serializable {}

    private record Drop(String origin, String reason, String text) implements Serializable {}

    /// Of what earlier samples gave examples enough, so that later ones need none.
    ///
    /// @param changes whether there are enough changed ones
    /// @param reasons for which enough were dropped
    public record Enough(boolean changes, Set<String> reasons) implements Serializable {
        static final Enough NOTHING = new Enough(false, Set.of());

        public Enough {
            reasons = Set.copyOf(reasons);
        }
    }

    /// @param enough what needs no examples
    Tally(Enough enough) {
        this.enough = enough;
    }

    /// @param hide what examples go through before they are written down
    void count(Sample before, Outcome outcome, UnaryOperator<String> hide) {
        seen++;
        switch (outcome) {
            case Outcome.Kept(Sample after)
            when after != before -> {
                changed++;
                if (changes.size() < EXAMPLES && !enough.changes()) {
                    changes.add(change(before, after, hide));
                }
            }
            case Outcome.Kept _ -> {}
            case Outcome.Dropped(String reason) -> {
                if (reasons.merge(reason, 1L, Long::sum) <= EXAMPLES
                        && !enough.reasons().contains(reason)) {
                    drops.add(new Drop(before.origin(), reason, shown(hide.apply(before.textOrRow()), 0)));
                }
            }
        }
    }

    void spend(long taken) {
        nanos += taken;
    }

    /// @param counts what the step counted itself
    void find(Map<String, Long> counts) {
        counts.forEach((name, count) -> found.merge(name, count, Long::sum));
    }

    /// Adds what the step did to the samples that follow.
    void add(Tally later) {
        seen += later.seen;
        changed += later.changed;
        nanos += later.nanos;
        later.reasons.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        find(later.found);
        later.changes.stream().limit(EXAMPLES - changes.size()).forEach(changes::add);
        for (Drop drop : later.drops) {
            if (examples(drop.reason()) < EXAMPLES) {
                drops.add(drop);
            }
        }
    }

    private long examples(String reason) {
        return drops.stream().filter(drop -> drop.reason().equals(reason)).count();
    }

    Enough enough() {
        return new Enough(
                changes.size() == EXAMPLES,
                reasons.keySet().stream()
                        .filter(reason -> examples(reason) == EXAMPLES)
                        .collect(Collectors.toSet()));
    }

    /// The place of the change; of a step that changes fields alone, both texts are the same.
    private static Change change(Sample before, Sample after, UnaryOperator<String> hide) {
        String old = hide.apply(before.textOrRow());
        String fresh = hide.apply(after.textOrRow());
        int same = 0;
        while (same < Math.min(old.length(), fresh.length()) && old.charAt(same) == fresh.charAt(same)) {
            same++;
        }
        int from = old.equals(fresh) ? 0 : Math.max(0, same - BEFORE_THE_CHANGE);
        return new Change(before.origin(), shown(old, from), shown(fresh, from));
    }

    /// A part of a text. Halves of characters, cut here or there already, cannot be written and become `?`.
    private static String shown(String text, int from) {
        int end = Math.min(text.length(), from + SHOWN);
        String part = new String(text.substring(from, end).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return (from > 0 ? "…" : "") + part + (end < text.length() ? "…" : "");
    }

    Map<String, Long> reasons() {
        return reasons;
    }

    /// @param step whose tally this is
    ObjectNode toJson(Step step) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", step.name());
        json.set("options", JsonMapper.shared().valueToTree(StepOptions.values(step)));
        json.put("seen", seen).put("changed", changed);
        json.put("dropped", reasons.values().stream().mapToLong(Long::longValue).sum());
        json.put("milliseconds", TimeUnit.NANOSECONDS.toMillis(nanos));
        ObjectNode why = json.putObject("reasons");
        reasons.forEach(why::put);
        ObjectNode counts = json.putObject("found");
        step.told(found)
                .forEach((name, number) -> counts.set(name, JsonMapper.shared().valueToTree(number)));
        json.set("examples", examples());
        return json;
    }

    private ObjectNode examples() {
        ObjectNode examples = JsonNodeFactory.instance.objectNode();
        ArrayNode changedOnes = examples.putArray("changed");
        for (Change change : changes) {
            changedOnes
                    .addObject()
                    .put("origin", change.origin())
                    .put("before", change.before())
                    .put("after", change.after());
        }
        ArrayNode droppedOnes = examples.putArray("dropped");
        for (Drop drop : drops) {
            droppedOnes
                    .addObject()
                    .put("origin", drop.origin())
                    .put("reason", drop.reason())
                    .put("text", drop.text());
        }
        return examples;
    }
}
