package dev.athanor.data.clean;

import dev.athanor.data.Sample;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What one step did: how many samples it saw, changed and dropped, in what time, with examples.
final class Tally {
    /// Of changed samples, and of those dropped for one reason.
    private static final int EXAMPLES = 5;

    private static final int SHOWN = 200;
    private static final int BEFORE_THE_CHANGE = 40;

    private final Step step;
    private final UnaryOperator<String> hide;
    private final SequencedMap<String, Long> reasons = new TreeMap<>();
    private final ArrayNode changes = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode drops = JsonNodeFactory.instance.arrayNode();
    private long seen;
    private long changed;
    private long nanos;

    /// @param hide what examples go through before they are written down
    Tally(Step step, UnaryOperator<String> hide) {
        this.step = step;
        this.hide = hide;
    }

    void count(Sample before, Outcome outcome, long taken) {
        seen++;
        nanos += taken;
        switch (outcome) {
            case Outcome.Kept(Sample after)
            when after != before -> {
                changed++;
                if (changes.size() < EXAMPLES) {
                    addChange(before, after);
                }
            }
            case Outcome.Kept _ -> {}
            case Outcome.Dropped(String reason) -> {
                if (reasons.merge(reason, 1L, Long::sum) <= EXAMPLES) {
                    drops.addObject()
                            .put("origin", before.origin())
                            .put("reason", reason)
                            .put("text", shown(hide.apply(before.text()), 0));
                }
            }
        }
    }

    /// The place of the change; of a step that changes fields alone, both texts are the same.
    private void addChange(Sample before, Sample after) {
        String old = hide.apply(before.text());
        String fresh = hide.apply(after.text());
        int same = 0;
        while (same < Math.min(old.length(), fresh.length()) && old.charAt(same) == fresh.charAt(same)) {
            same++;
        }
        int from = old.equals(fresh) ? 0 : Math.max(0, same - BEFORE_THE_CHANGE);
        changes.addObject()
                .put("origin", before.origin())
                .put("before", shown(old, from))
                .put("after", shown(fresh, from));
    }

    /// A part of a text. Halves of characters, cut here or there already, cannot be written and become `?`.
    private static String shown(String text, int from) {
        int end = Math.min(text.length(), from + SHOWN);
        String part = new String(text.substring(from, end).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return (from > 0 ? "…" : "") + part + (end < text.length() ? "…" : "");
    }

    SequencedMap<String, Long> reasons() {
        return reasons;
    }

    /// @param found what the step counted itself
    ObjectNode toJson(SequencedMap<String, Long> found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", step.name());
        json.set("options", JsonMapper.shared().valueToTree(StepOptions.values(step)));
        json.put("seen", seen).put("changed", changed);
        json.put("dropped", reasons.values().stream().mapToLong(Long::longValue).sum());
        json.put("milliseconds", TimeUnit.NANOSECONDS.toMillis(nanos));
        ObjectNode why = json.putObject("reasons");
        reasons.forEach(why::put);
        ObjectNode counts = json.putObject("found");
        found.forEach(counts::put);
        ObjectNode examples = json.putObject("examples");
        examples.set("changed", changes);
        examples.set("dropped", drops);
        return json;
    }
}
