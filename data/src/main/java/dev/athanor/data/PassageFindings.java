package dev.athanor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a search for passages that stand in several texts found.
///
/// @param samples that were compared, a reference's included
/// @param passages that stand in an earlier text, too
/// @param characters in them, each counted once
/// @param shortened texts that lose some of their words, by split
/// @param dropped texts that would lose all, by split
/// @param examples the longest passages
public record PassageFindings(
        long samples,
        long passages,
        long characters,
        Map<Split, Long> shortened,
        Map<Split, Long> dropped,
        List<ObjectNode> examples,
        PassageRemover.Plan plan) {

    /// The same as `report.json` has it.
    public ObjectNode report() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        sentences().forEach(report.putArray("notes")::add);
        ObjectNode json = report.putObject("passages");
        plan.reference().ifPresent(reference -> {
            json.put("against", reference.dataset().reference());
            reference.splits().stream().map(Split::word).sorted().forEach(json.withArray("/splits")::add);
        });
        json.put("shortest", plan.shortest());
        json.put("samples", samples);
        json.put("passages", passages);
        json.put("characters", characters);
        put(json.putObject("shortened"), shortened);
        put(json.putObject("dropped"), dropped);
        examples.forEach(json.putArray("examples")::add);
        return report;
    }

    private static void put(ObjectNode json, Map<Split, Long> counts) {
        counts.forEach((split, count) -> json.put(split.word(), count));
    }

    /// The same for people.
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(say(
                "%,d texts compared: %,d passages of %,d words or more stand %s, %,d characters in all",
                samples, passages, plan.shortest(), where(), characters));
        if (passages == 0) {
            sentences.add("nothing is to be removed");
            return sentences;
        }
        sentences.add("to be shortened: " + words(shortened));
        sentences.add("to be dropped, since nothing else is in them: " + words(dropped));
        return sentences;
    }

    private String where() {
        return plan.reference().map(reference -> "in " + reference.words()).orElse("in an earlier text, too");
    }

    private static String words(Map<Split, Long> counts) {
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
