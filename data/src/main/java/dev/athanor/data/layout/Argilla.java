package dev.athanor.data.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Records as Argilla exports them: the values of `fields` and `metadata`; the answer that most people gave to each
/// question under its name; what was suggested under `question.suggestion`.
public record Argilla() implements RecordLayout {
    @Override
    public String word() {
        return "records of Argilla";
    }

    @Override
    public boolean fits(JsonNode record) {
        return record.path("fields").isObject()
                && (record.has("responses") || record.has("suggestions") || record.has("metadata"));
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) {
        SequencedMap<String, String> values = Plain.values(record.path("fields"), List.of());
        Map<String, List<JsonNode>> answers = new LinkedHashMap<>();
        collect(record.path("responses"), answers);
        answers.forEach((question, given) -> values.put(question, commonest(given)));
        Map<String, List<JsonNode>> suggested = new LinkedHashMap<>();
        collect(record.path("suggestions"), suggested);
        suggested.forEach((question, given) -> values.put(question + ".suggestion", commonest(given)));
        record.path("metadata").forEachEntry((key, value) -> {
            if (!value.isNull()) {
                values.putIfAbsent(key, Plain.text(value));
            }
        });
        return values;
    }

    /// Both forms: questions with their answers, and a list of answers that name their question.
    private static void collect(JsonNode answers, Map<String, List<JsonNode>> byQuestion) {
        if (answers.isArray()) {
            for (JsonNode answer : answers) {
                if (answer.path("values").isObject()) { // a person's answers to all questions
                    if (isKept(answer)) {
                        collect(answer.path("values"), byQuestion);
                    }
                } else {
                    add(answer.path("question_name").asString(""), answer, byQuestion);
                }
            }
            return;
        }
        answers.forEachEntry((question, given) -> {
            if (given.isArray()) {
                given.forEach(answer -> add(question, answer, byQuestion));
            } else {
                add(question, given, byQuestion);
            }
        });
    }

    private static void add(String question, JsonNode answer, Map<String, List<JsonNode>> byQuestion) {
        JsonNode value = answer.path("value");
        if (!question.isEmpty() && !value.isMissingNode() && !value.isNull() && isKept(answer)) {
            byQuestion.computeIfAbsent(question, _ -> new ArrayList<>()).add(value);
        }
    }

    private static boolean isKept(JsonNode answer) {
        String status = answer.path("status").asString("submitted");
        return status.equals("submitted");
    }

    private static String commonest(List<JsonNode> given) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        given.forEach(value -> counts.merge(Plain.text(value), 1, Integer::sum));
        return counts.entrySet().stream() // sorting keeps the order of equals
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
