package dev.athanor.data;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes a cleaner version of a dataset: control characters and needless blanks go, and samples that are
/// empty, too short, too long or there already; of pictures and sounds those that are there already, byte for
/// byte. What went is counted in `report.json`, with examples.
public final class Cleaner {
    private static final int EXAMPLES = 20;

    /// @param shortest characters below which a sample is dropped
    /// @param longest characters above which a sample is dropped
    public record Limits(int shortest, int longest) {
        /// Everything that has text.
        public static final Limits NONE = new Limits(1, Integer.MAX_VALUE);
    }

    private Cleaner() {}

    /// The next version of the same name; each sample stays in its split.
    ///
    /// @throws IllegalArgumentException for limits on what is no text
    public static Dataset run(Datasets datasets, Dataset dataset, Limits limits) {
        if (dataset.kind().hasMedia() && !limits.equals(Limits.NONE)) {
            throw new IllegalArgumentException(
                    "%s is of the kind %s, and a shortest and longest are for texts: leave them out"
                            .formatted(dataset.reference(), dataset.kind().word()));
        }
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        Map<String, Long> dropped = new LinkedHashMap<>();
        Set<Long> seen = new HashSet<>(); // 64 bits each: two of a million texts are taken for one with chance 3e-8
        Manifest old = dataset.manifest();
        return VersionWriter.write(datasets, VersionWriter.Schema.of(old), new SplitPlan.Given(), writer -> {
            long changed = 0;
            for (Split split : Split.values()) {
                try (Stream<Sample> samples = dataset.samples(split)) {
                    for (Sample sample : (Iterable<Sample>) samples::iterator) {
                        String text = clean(sample.text());
                        String reason = dataset.kind().hasMedia()
                                ? repeated(Hashes.sha256(sample.media().bytes()), seen)
                                : reason(text, limits, seen);
                        if (reason.isEmpty()) {
                            changed += text.equals(sample.text()) ? 0 : 1;
                            writer.add(sample.withText(text), Optional.of(split));
                        } else if (dropped.merge(reason, 1L, Long::sum) <= EXAMPLES) {
                            report.withArray("/examples")
                                    .addObject()
                                    .put("reason", reason)
                                    .put("origin", sample.origin())
                                    .put("text", text.length() > 200 ? text.substring(0, 200) : text);
                        }
                    }
                }
            }
            ObjectNode counts = report.putObject("dropped");
            dropped.forEach(counts::put);
            report.put("changed", changed);
            return new VersionWriter.Description(old.sources(), List.of(old.reference()), old.licence(), report);
        });
    }

    private static String reason(String text, Limits limits, Set<Long> seen) {
        int length = text.codePointCount(0, text.length());
        if (text.isBlank()) {
            return "empty";
        }
        if (length < limits.shortest()) {
            return "too short";
        }
        if (length > limits.longest()) {
            return "too long";
        }
        return repeated(text, seen);
    }

    private static String repeated(String content, Set<Long> seen) {
        return seen.add(new Seed(0).branch(content).value()) ? "" : "duplicate";
    }

    /// No control characters but line ends and tabs, no blanks at line ends, no more than one empty line in a
    /// row.
    static String clean(String text) {
        return text.replace("\r\n", "\n")
                .replaceAll("[\\p{Cc}&&[^\\n\\t]]", "")
                .replaceAll("[ \\t\\u3000]+(?=\\n|$)", "")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }
}
