package dev.athanor.generate;

import dev.athanor.data.DataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Leads from content back to where it came from: by the marks it carries, and by the ledger where there is one.
public record Tracer(Ledger ledger) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Whether the text is still the one that was generated.
    public enum State {
        INTACT,
        CHANGED,
        /// Only an id was given, so there is no text to compare.
        UNCHECKED
    }

    /// Where content comes from.
    ///
    /// @param missing what could not be found, in words; empty where the way back is whole
    public record Trace(Content content, State state, List<String> missing) {
        public Trace {
            missing = List.copyOf(missing);
        }

        /// The way back for programs.
        public ObjectNode toJson() {
            ObjectNode json = content.toJson();
            json.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
            missing.forEach(json.putArray("missing")::add);
            return json;
        }

        /// The way back as lines for people.
        public String explain() {
            Origin origin = content.origin();
            List<String> lines = new ArrayList<>();
            lines.add("content  " + content.id() + ", made " + content.time()
                    + switch (state) {
                        case INTACT -> ", text unchanged since";
                        case CHANGED -> ", TEXT CHANGED SINCE: its hash is not the one recorded";
                        case UNCHECKED -> "";
                    });
            add(lines, "file     ", content.file());
            add(lines, "prompt   ", content.making().prompt());
            content.making().sources().texts().forEach(text -> lines.add("from     " + text));
            content.making().fields().forEach((field, value) -> lines.add("field    " + field + ": " + value));
            lines.add("seed     " + content.making().seed() + ", text "
                    + content.making().index());
            add(lines, "model    ", origin.model());
            add(lines, "weights  ", origin.weights());
            add(lines, "run      ", origin.run());
            add(lines, "dataset  ", origin.dataset());
            add(lines, "content# ", origin.fingerprint());
            origin.sources().forEach(source -> lines.add("source   " + source));
            missing.forEach(what -> lines.add("missing  " + what));
            return String.join("\n", lines);
        }

        private static void add(List<String> lines, String name, String value) {
            if (!value.isEmpty()) {
                lines.add(name + value);
            }
        }
    }

    /// Traces a file: what was generated into it, one text or, in JSON lines, several.
    ///
    /// @throws DataException where the file cannot be read, or neither it nor the ledger knows of its text
    public List<Trace> file(Path file) {
        String whole;
        try {
            whole = Files.readString(file);
        } catch (CharacterCodingException notText) {
            throw new DataException(
                    "%s is not UTF-8 text: expected a file that was generated here".formatted(file), notText);
        } catch (IOException unreadable) {
            throw new DataException("%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
        if (file.toString().endsWith(".jsonl")) {
            return lines(file, whole);
        }
        Marked marked = Marked.parse(whole);
        Optional<Content> carried = record(marked.record(), file).or(() -> beside(file));
        return List.of(trace(marked.text(), marked.id(), carried, file.toString()));
    }

    /// Traces an id.
    public Trace id(String id) {
        Content content = ledger.byId(id)
                .orElseThrow(() -> new DataException(
                        "%s knows no content %s: expected an id that stands in the ledger, or the file itself"
                                .formatted(ledger.file(), id)));
        return new Trace(content, State.UNCHECKED, missing(content, false));
    }

    /// Traces a text that was copied from somewhere, with or without its visible mark.
    public Trace text(String text) {
        Marked marked = Marked.parse(text);
        return trace(marked.text(), marked.id(), Optional.empty(), "this text");
    }

    private List<Trace> lines(Path file, String whole) {
        List<Trace> traces = new ArrayList<>();
        int number = 0;
        for (String line : whole.split("\n")) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String place = file + ":" + number;
            try {
                JsonNode json = JSON.readTree(line);
                String id = json.path(AiMark.KEY).path("ProduceID").asString("");
                traces.add(trace(json.path("text").asString(""), id, record(json.path("athanor"), file), place));
            } catch (JacksonException broken) {
                throw new DataException("%s is not JSON: %s".formatted(place, broken.getOriginalMessage()), broken);
            }
        }
        return traces;
    }

    private Trace trace(String text, String id, Optional<Content> carried, String place) {
        Optional<Content> entered = id.isEmpty() ? Optional.empty() : ledger.byId(id);
        if (entered.isEmpty()) {
            entered = ledger.bySha256(Content.hash(text));
        }
        boolean inLedger = entered.isPresent();
        Content content = entered.or(() -> carried)
                .orElseThrow(() -> new DataException(
                        id.isEmpty()
                                ? "%s carries no mark and its text stands in no line of %s: it was not generated here, or was changed"
                                        .formatted(place, ledger.file())
                                : "%s carries the id %s but %s does not know it and the lineage beside the text is gone: trace it in the workspace that made it"
                                        .formatted(place, id, ledger.file())));
        boolean same = content.sha256().equals(Content.hash(text));
        return new Trace(content, same ? State.INTACT : State.CHANGED, missing(content, !inLedger));
    }

    private List<String> missing(Content content, boolean outsideLedger) {
        List<String> missing = new ArrayList<>();
        if (outsideLedger) {
            missing.add("no line in " + ledger.file() + ": what follows is what the file itself says");
        }
        Origin origin = content.origin();
        name(missing, origin.run(), "the run that trained the model: the model's card names none");
        name(missing, origin.dataset(), "the dataset that the model learnt from: the model's card names none");
        name(
                missing,
                origin.sources().isEmpty() ? "" : "some",
                "the source files of the dataset: the model's card names none");
        return missing;
    }

    private static void name(List<String> missing, String value, String words) {
        if (value.isEmpty()) {
            missing.add(words);
        }
    }

    private static Optional<Content> record(JsonNode json, Path file) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Content.read(json));
        } catch (IllegalArgumentException broken) {
            throw new DataException("%s holds a broken lineage: %s".formatted(file, broken.getMessage()), broken);
        }
    }

    private static Optional<Content> beside(Path file) {
        Path sidecar = file.resolveSibling(file.getFileName() + ".aigc.json");
        if (!Files.exists(sidecar)) {
            return Optional.empty();
        }
        try {
            return record(JSON.readTree(Files.readString(sidecar)).path("athanor"), sidecar);
        } catch (IOException | JacksonException broken) {
            throw new DataException("%s cannot be read: %s".formatted(sidecar, broken.getMessage()), broken);
        }
    }

    /// A text taken apart from its marks.
    private record Marked(String text, String id, JsonNode record) {

        static Marked parse(String whole) {
            String text = whole.replace("\r\n", "\n");
            JsonNode record = JsonNodeFactory.instance.missingNode();
            String id = "";
            if (text.startsWith("---\n" + AiMark.KEY + ": ")) {
                int end = text.indexOf("\n---\n\n", 4);
                if (end > 0) {
                    for (String line : text.substring(4, end).split("\n")) {
                        JsonNode value = json(line.substring(line.indexOf(": ") + 2));
                        if (line.startsWith("athanor: ")) {
                            record = value;
                        } else if (line.startsWith(AiMark.KEY)) {
                            id = AiMark.read(value).produceId();
                        }
                    }
                    text = text.substring(end + 6);
                }
            }
            String stripped = text.stripTrailing();
            int last = stripped.lastIndexOf('\n');
            String line = stripped.substring(last + 1);
            if (AiMark.isNotice(line)) {
                id = AiMark.idOf(line);
                text = last < 1 ? "" : stripped.substring(0, last - (stripped.charAt(last - 1) == '\n' ? 1 : 0));
            }
            return new Marked(text, id, record);
        }

        private static JsonNode json(String text) {
            try {
                return JSON.readTree(text);
            } catch (JacksonException _) {
                return JsonNodeFactory.instance.missingNode(); // a broken mark leads nowhere; the ledger still may
            }
        }
    }
}
