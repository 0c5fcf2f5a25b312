package dev.athanor.data.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tasks as Label Studio exports and imports them (JSON): the values of `data`, and what was answered under the
/// name of each control (`from_name`), which fills a column of `data` of this name. Of several annotations that
/// is the one marked as ground truth, else the first that was not cancelled; `annotations` then keeps all. Tasks
/// that nobody has answered yet have none.
public record LabelStudio() implements RecordLayout {
    /// What a task says beside its data and answers: a record with none but these keys is one.
    private static final Set<String> OF_TASKS = Set.of(
            "id",
            "data",
            "annotations",
            "completions",
            "drafts",
            "predictions",
            "meta",
            "created_at",
            "updated_at",
            "created_by",
            "updated_by",
            "inner_id",
            "project",
            "file_upload",
            "overlap",
            "allow_skip",
            "is_labeled",
            "agreement",
            "annotators",
            "total_annotations",
            "cancelled_annotations",
            "total_predictions",
            "comment_count",
            "unresolved_comment_count",
            "comment_authors",
            "last_comment_updated_at");

    @Override
    public String word() {
        return "tasks of Label Studio";
    }

    @Override
    public boolean fits(JsonNode record) {
        return record.path("data").isObject()
                && (record.path("annotations").isArray()
                        || record.path("predictions").isArray()
                        || OF_TASKS.containsAll(record.propertyNames()));
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) {
        SequencedMap<String, String> values = Plain.values(record.path("data"), List.of());
        values.keySet().removeIf(key -> key.startsWith("_")); // what an export from here says of itself
        if (record.has("id")) {
            values.putIfAbsent("task", record.path("id").asString(""));
        }
        List<JsonNode> given = new ArrayList<>();
        for (JsonNode annotation : record.path("annotations")) {
            if (!annotation.path("was_cancelled").asBoolean(false)
                    && annotation.path("result").size() > 0) {
                given.add(annotation);
            }
        }
        Optional<JsonNode> chosen = given.stream()
                .filter(annotation -> annotation.path("ground_truth").asBoolean(false))
                .findFirst()
                .or(() -> given.stream().findFirst());
        chosen.ifPresent(annotation -> answers(annotation.path("result"), values));
        if (given.size() > 1) {
            values.putIfAbsent("annotations", record.path("annotations").toString());
        }
        return values;
    }

    private static void answers(JsonNode results, SequencedMap<String, String> values) {
        ObjectNode spans = JsonNodeFactory.instance.objectNode();
        for (JsonNode result : results) {
            String name = result.path("from_name").asString("");
            JsonNode value = result.path("value");
            String type = result.path("type").asString("");
            switch (type) {
                case "choices" -> values.put(name, Plain.text(value.path("choices")));
                case "textarea" -> values.put(name, Plain.text(value.path("text")));
                case "rating" -> values.put(name, Plain.text(value.path("rating")));
                case "number" -> values.put(name, Plain.text(value.path("number")));
                default -> (spans.get(name) instanceof ArrayNode there ? there : spans.putArray(name)).add(value);
            }
        }
        spans.forEachEntry((name, all) -> values.put(name, all.toString()));
    }
}
