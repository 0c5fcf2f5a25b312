package dev.athanor.data.layout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Each key a column. Lists of texts become lines, deeper structure stays JSON.
public record Plain() implements RecordLayout {
    @Override
    public String word() {
        return "records";
    }

    @Override
    public boolean fits(JsonNode record) {
        return true;
    }

    @Override
    public SequencedMap<String, String> values(JsonNode record) {
        return values(record, List.of());
    }

    /// All but those of some keys.
    static SequencedMap<String, String> values(JsonNode record, List<String> without) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        record.forEachEntry((key, value) -> {
            if (!value.isNull() && !without.contains(key)) {
                values.put(key, text(value));
            }
        });
        return values;
    }

    static String text(JsonNode value) {
        if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
            return String.join("\n", value.valueStream().map(JsonNode::asString).toList());
        }
        return value.isValueNode() ? value.asString("") : value.toString();
    }
}
