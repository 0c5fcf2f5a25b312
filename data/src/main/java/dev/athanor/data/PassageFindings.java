package dev.athanor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        plan.reference().ifPresent(reference -> reference.tell(json));
        json.put("shortest", plan.shortest());
        json.put("samples", samples);
        json.put("passages", passages);
        json.put("characters", characters);
        DuplicateFindings.put(json.putObject("shortened"), shortened);
        DuplicateFindings.put(json.putObject("dropped"), dropped);
        examples.forEach(json.putArray("examples")::add);
        return report;
    }

    /// The same for people.
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add("%s compared: %s of %s or more %s %s, %s in all"
                .formatted(
                        Counted.of(samples, "text"),
                        Counted.of(passages, "passage"),
                        Counted.of(plan.shortest(), "word"),
                        passages == 1 ? "stands" : "stand",
                        where(),
                        Counted.of(characters, "character")));
        if (passages == 0) {
            sentences.add("nothing is to be removed");
            return sentences;
        }
        sentences.add("to be shortened: " + DuplicateFindings.words(shortened));
        sentences.add("to be dropped, since nothing else is in them: " + DuplicateFindings.words(dropped));
        return sentences;
    }

    private String where() {
        return plan.reference().map(reference -> "in " + reference.words()).orElse("in an earlier text, too");
    }
}
