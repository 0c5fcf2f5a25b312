package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A folder for Label Studio: `train.json` and so on, each a list of tasks to import, `label_config.xml`, the interface
/// to paste, and the pictures or sounds in a folder beside them.
///
/// A sample's label is an annotation of its task, by a control of the field's name, and not in its data: what
/// annotators change or take away is so when it comes back. `_split` and `_origin` are in its data, so that it
/// leads to the row that it was.
final class LabelStudioTasks {
    /// The control of a dataset without a label.
    private static final String LABEL = "label";

    private LabelStudioTasks() {}

    static void write(Dataset dataset, Path folder) throws IOException {
        int[] number = {1};
        for (Split split : Split.values()) {
            if (dataset.count(split) > 0) {
                tasks(dataset, split, folder, number);
            }
        }
        Files.writeString(folder.resolve("label_config.xml"), config(dataset));
    }

    /// Written as it is read: projects have more samples than memory.
    private static void tasks(Dataset dataset, Split split, Path folder, int[] number) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(split.word() + ".json"));
                Stream<Sample> samples = dataset.samples(split)) {
            String before = "[\n";
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                ObjectNode task = JsonNodeFactory.instance.objectNode().put("id", number[0]++);
                ObjectNode data = task.putObject("data");
                data(dataset, sample, folder, data);
                data.put("_split", split.word()).put("_origin", sample.origin());
                annotate(dataset, sample, task);
                out.write(before + task);
                before = ",\n";
            }
            out.write("\n]\n");
        }
    }

    private static void data(Dataset dataset, Sample sample, Path folder, ObjectNode data) throws IOException {
        data.put(Tables.TEXT, sample.text());
        if (dataset.kind().hasMedia()) {
            Path files = Files.createDirectories(folder.resolve("files"));
            // As Label Studio serves a folder that is added to a project as local storage.
            data.put(
                    shown(dataset),
                    "/data/local-files/?d=%s/files/%s".formatted(dataset.name(), Exporter.file(sample, files)));
        }
        sample.fields().forEach((field, value) -> {
            if (!field.equals(dataset.manifest().label())) {
                data.put(field, value);
            }
        });
    }

    private static void annotate(Dataset dataset, Sample sample, ObjectNode task) {
        String label = sample.fields().get(dataset.manifest().label());
        if (label == null) {
            return;
        }
        ObjectNode result =
                task.putArray("annotations").addObject().putArray("result").addObject();
        result.put("from_name", control(dataset)).put("to_name", shown(dataset)).put("type", "choices");
        result.putObject("value").putArray("choices").add(label);
    }

    /// What annotators answer with: it has the label's name, so that the answer comes back as this field.
    private static String control(Dataset dataset) {
        String label = dataset.manifest().label();
        return label.isEmpty() || label.equals(shown(dataset)) ? LABEL : label; // names are there once
    }

    /// What annotators look at: the name of the object, and of its place in the data.
    private static String shown(Dataset dataset) {
        return switch (dataset.kind()) {
            case TEXT -> "text";
            case IMAGE -> "image";
            case SOUND -> "audio";
            case TABLE -> throw rows();
        };
    }

    private static IllegalStateException rows() {
        return new IllegalStateException("rows of a table are not written for Label Studio");
    }

    private static String config(Dataset dataset) {
        String tag = switch (dataset.kind()) {
            case TEXT -> "Text";
            case IMAGE -> "Image";
            case SOUND -> "Audio";
            case TABLE -> throw rows();
        };
        StringBuilder config = new StringBuilder("<View>\n");
        config.append("  <%s name=\"%s\" value=\"$%s\"/>\n".formatted(tag, shown(dataset), shown(dataset)));
        config.append("  <Choices name=\"%s\" toName=\"%s\" choice=\"single\">\n"
                .formatted(escaped(control(dataset)), shown(dataset)));
        if (!dataset.manifest().label().isEmpty()) {
            dataset.values(dataset.manifest().label())
                    .keySet()
                    .forEach(value -> config.append("    <Choice value=\"%s\"/>\n".formatted(escaped(value))));
        }
        return config.append("  </Choices>\n</View>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }
}
