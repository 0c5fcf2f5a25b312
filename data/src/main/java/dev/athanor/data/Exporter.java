package dev.athanor.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a dataset for other programs: a folder with one file for each split, which `import` reads back.
public final class Exporter {
    public enum Format {
        JSONL,
        CSV
    }

    private Exporter() {}

    /// @param target a folder that does not exist yet
    public static void run(Dataset dataset, Format format, Path target) {
        if (Files.exists(target)) {
            throw new IllegalArgumentException("%s is there already: give a new folder".formatted(target));
        }
        Durable.folder(target, temporary -> {
            for (Split split : Split.values()) {
                if (dataset.count(split) > 0) {
                    Path file = temporary.resolve(split.word() + (format == Format.JSONL ? ".jsonl" : ".csv"));
                    write(dataset, split, format, file);
                }
            }
        });
    }

    private static void write(Dataset dataset, Split split, Format format, Path file) throws IOException {
        List<String> fields = dataset.manifest().fields();
        try (BufferedWriter out = Files.newBufferedWriter(file);
                Stream<Sample> samples = dataset.samples(split)) {
            if (format == Format.CSV) {
                out.write(quoted(Tables.TEXT));
                for (String field : fields) {
                    out.write("," + quoted(field));
                }
                out.write("\n");
            }
            for (Sample sample : (Iterable<Sample>) samples::iterator) {
                if (format == Format.JSONL) {
                    ObjectNode json = JsonNodeFactory.instance.objectNode().put(Tables.TEXT, sample.text());
                    sample.fields().forEach(json::put);
                    out.write(json.toString());
                } else {
                    out.write(quoted(sample.text()));
                    for (String field : fields) {
                        out.write("," + quoted(sample.fields().getOrDefault(field, "")));
                    }
                }
                out.write("\n");
            }
        }
    }

    /// RFC 4180, with quotes throughout.
    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
