package dev.athanor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// All answers about a dataset, in `labels.jsonl` beside its versions: lines are only ever added, each is
/// on disk before the next question is asked, and several people may add at the same time.
public final class LabelJournal {
    static final String FILE = "labels.jsonl";
    private static final String CHOICES = "choices";

    /// What stands in a line for bytes that are no UTF-8.
    private static final String UNREADABLE = "\uFFFD";

    private final Path file;
    private final InstantSource clock;

    /// What the journal holds.
    ///
    /// @param answers in the order they were given
    /// @param choices of each field, in the order they were named
    /// @param cut numbers of lines that were cut off, as by a crash while they were written, or damaged since
    record Content(List<Answer> answers, Set<Choice> choices, List<Integer> cut) {}

    /// A label that may be chosen.
    record Choice(String field, String label) {}

    LabelJournal(Datasets datasets, String name, InstantSource clock) {
        file = datasets.workspace()
                .datasets()
                .resolve(Datasets.checkedName(name))
                .resolve(FILE);
        this.clock = clock;
    }

    Content read() {
        Content content = new Content(new ArrayList<>(), new LinkedHashSet<>(), new ArrayList<>());
        if (Files.notExists(file)) {
            return content;
        }
        int[] number = new int[1];
        // This reader, unlike that of Files.lines, goes on behind bytes that are no UTF-8.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                number[0]++;
                if (line.contains(UNREADABLE)) {
                    content.cut().add(number[0]);
                } else if (!line.isBlank()) {
                    read(line, number[0], content);
                }
            });
        } catch (IOException | UncheckedIOException unreadable) {
            throw Reason.unreadable(file, unreadable);
        }
        return content;
    }

    private static void read(String line, int number, Content content) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(line);
        } catch (JacksonException _) {
            content.cut().add(number);
            return;
        }
        if (json.path("act").asString().equals(CHOICES)) {
            json.path("labels")
                    .forEach(label ->
                            content.choices().add(new Choice(json.path("field").asString(), label.asString())));
            return;
        }
        Answer.parse(json)
                .ifPresentOrElse(content.answers()::add, () -> content.cut().add(number));
    }

    /// On disk when this returns.
    void add(Answer answer) {
        Durable.append(file, answer.toJson());
    }

    /// Keeps labels that may be chosen for a field.
    void choices(String field, List<String> labels) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("time", time()).put("field", field).put("act", CHOICES);
        labels.forEach(line.putArray("labels")::add);
        Durable.append(file, line.toString());
    }

    /// Now, in whole seconds.
    String time() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    Path file() {
        return file;
    }
}
