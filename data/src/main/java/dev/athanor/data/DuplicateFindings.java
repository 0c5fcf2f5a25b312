package dev.athanor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a search for duplicates found.
///
/// @param samples that were compared, a reference's included
/// @param repeated samples that are equal to an earlier one; with a reference, to one of it
/// @param similar pairs of others that are similar
/// @param compared pairs that were looked at for that
/// @param groups of two samples or more; with a reference, of equal ones
/// @param dropped samples that go, by split
/// @param equal how many groups of equal ones are in more than one split
/// @param alike the same for groups of equal or similar ones
/// @param examples similar pairs, those nearest to the threshold first
/// @param settings of the comparison
/// @param unranked samples without a number in the field whose greatest is to stay
public record DuplicateFindings(
        long samples,
        long repeated,
        long similar,
        long compared,
        long groups,
        long largest,
        Map<Split, Long> dropped,
        List<Across> equal,
        List<Across> alike,
        List<ObjectNode> examples,
        ObjectNode settings,
        long unranked,
        Deduplicator.Plan plan) {

    /// How many groups have samples in both of two splits.
    public record Across(String first, String second, long groups) {}

    /// The same as `report.json` has it.
    public ObjectNode report() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        sentences().forEach(report.putArray("notes")::add);
        ObjectNode json = report.putObject("duplicates");
        plan.reference().ifPresent(reference -> reference.tell(json));
        json.set("settings", settings);
        json.put("keep", plan.keep().word());
        json.put("samples", samples);
        json.put("repeated", repeated);
        json.put("compared", compared);
        json.put("similar", similar);
        json.put("groups", groups);
        json.put("largest", largest);
        put(json.putObject("dropped"), dropped);
        for (int i = 0; i < equal.size(); i++) {
            json.withArray("/across")
                    .addObject()
                    .put("first", equal.get(i).first())
                    .put("second", equal.get(i).second())
                    .put("equal", equal.get(i).groups())
                    .put("equal or similar", alike.get(i).groups());
        }
        examples.forEach(json.putArray("examples")::add);
        return report;
    }

    static void put(ObjectNode json, Map<Split, Long> counts) {
        counts.forEach((split, count) -> json.put(split.word(), count));
    }

    /// The same for people.
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        plan.reference().ifPresentOrElse(reference -> sentences.add(against(reference)), () -> addGroups(sentences));
        if (unranked > 0) {
            sentences.add(say(
                    "%s: %,d of %,d samples have no number there and count as least",
                    plan.keep().word(), unranked, samples));
        }
        long all = dropped.values().stream().mapToLong(Long::longValue).sum();
        sentences.add(all == 0 ? "nothing is to be dropped" : "to be dropped: " + words(dropped));
        return sentences;
    }

    private String against(Deduplicator.Reference reference) {
        return "%s compared: %s in %s, and %s similar"
                .formatted(
                        Counted.of(samples, "sample"),
                        Counted.of(repeated, "is", "are"),
                        reference.words(),
                        Counted.of(similar, "pair of others is", "pairs of others are"));
    }

    private void addGroups(List<String> sentences) {
        sentences.add("%s compared: %s another, and %s similar"
                .formatted(
                        Counted.of(samples, "sample"),
                        Counted.of(repeated, "repeats", "repeat"),
                        Counted.of(similar, "pair of the others is", "pairs of the others are")));
        sentences.add(say("%s of equal or similar ones, the largest of %,d", Counted.of(groups, "group"), largest));
        for (int i = 0; i < equal.size(); i++) {
            Across both = alike.get(i);
            if (both.groups() > 0) {
                sentences.add(say(
                        "in both %s and %s: %,d different ones; with similar ones %,d",
                        both.first(), both.second(), equal.get(i).groups(), both.groups()));
            }
        }
    }

    /// `12 of train, 1 of test`.
    static String words(Map<Split, Long> counts) {
        String words = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> say("%,d of %s", entry.getValue(), entry.getKey().word()))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "none" : words;
    }

    private static String say(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
