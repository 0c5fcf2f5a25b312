package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A folder for LLaMA-Factory (`--dataset_dir`): a file of JSON lines for each split, and `dataset_info.json`, which
/// says what their columns mean.
///
/// What a dataset's fields say decides the layout: with `messages`, a list of turns in JSON, conversations; with
/// `instruction` and `output` those; else plain texts to go on training with.
final class LlamaFactory {
    private static final String MESSAGES = "messages";
    private static final String INSTRUCTION = "instruction";
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private LlamaFactory() {}

    private enum Layout {
        CONVERSATIONS,
        INSTRUCTIONS,
        TEXTS;

        static Layout of(List<String> fields) {
            if (fields.contains(MESSAGES)) {
                return CONVERSATIONS;
            }
            return fields.containsAll(List.of(INSTRUCTION, OUTPUT)) ? INSTRUCTIONS : TEXTS;
        }
    }

    static void write(Dataset dataset, Path folder) throws IOException {
        Layout layout = Layout.of(dataset.manifest().fields());
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        for (Split split : Split.values()) {
            if (dataset.count(split) > 0) {
                String file = "%s_%s.jsonl".formatted(dataset.name(), split.word());
                rows(dataset, split, layout, folder.resolve(file));
                describe(info.putObject(dataset.name() + "_" + split.word()).put("file_name", file), layout);
            }
        }
        Files.writeString(folder.resolve("dataset_info.json"), info.toPrettyString());
    }

    private static void describe(ObjectNode entry, Layout layout) {
        ObjectNode columns = entry.putObject("columns");
        switch (layout) {
            case CONVERSATIONS -> {
                entry.put("formatting", "sharegpt");
                columns.put("messages", MESSAGES);
                entry.putObject("tags")
                        .put("role_tag", "role")
                        .put("content_tag", "content")
                        .put("user_tag", "user")
                        .put("assistant_tag", "assistant")
                        .put("system_tag", "system");
            }
            case INSTRUCTIONS ->
                columns.put("prompt", INSTRUCTION).put("query", INPUT).put("response", OUTPUT);
            case TEXTS -> columns.put("prompt", Tables.TEXT);
        }
    }

    private static void rows(Dataset dataset, Split split, Layout layout, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file);
                Stream<Sample> samples = dataset.samples(split)) {
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                out.write(row(sample, layout) + "\n");
            }
        }
    }

    private static ObjectNode row(Sample sample, Layout layout) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        switch (layout) {
            case CONVERSATIONS -> row.set(MESSAGES, turns(sample));
            case INSTRUCTIONS ->
                Stream.of(INSTRUCTION, INPUT, OUTPUT)
                        .forEach(key -> row.put(key, sample.fields().getOrDefault(key, "")));
            case TEXTS -> row.put(Tables.TEXT, sample.text());
        }
        return row;
    }

    private static JsonNode turns(Sample sample) {
        String turns = sample.fields().getOrDefault(MESSAGES, "");
        return parsed(turns)
                .filter(LlamaFactory::areTurns)
                .orElseThrow(() -> new DataException(
                        "%s: the field \"%s\" is \"%s\": expected a list such as [{\"role\": \"user\", \"content\": \"...\"}]. Mend it, or rename the field in the source"
                                .formatted(
                                        sample.origin(),
                                        MESSAGES,
                                        turns.length() > 80 ? turns.substring(0, 80) + " ..." : turns)));
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JsonMapper.shared().readTree(text));
        } catch (JacksonException noJson) {
            return Optional.empty(); // refused with its place by who asks
        }
    }

    private static boolean areTurns(JsonNode list) {
        return list.isArray()
                && list.valueStream()
                        .allMatch(turn -> turn.path("role").isString()
                                && turn.path("content").isString());
    }
}
