package dev.athanor.generate;

import dev.athanor.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Leads from content back to where it came from: by the marks it carries, and by the ledger where there is
/// one.
public record Tracer(Ledger ledger) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// More than any file that is generated here has, and less than an array holds.
    private static final long MOST_BYTES = 1 << 30;

    /// Whether the text, picture or sound is still the one that was generated.
    public enum State {
        INTACT,
        CHANGED,
        /// There was nothing to compare: only an id was given, or the file breaks off.
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
            json.put("state", state.name().toLowerCase(Locale.ROOT));
            missing.forEach(json.putArray("missing")::add);
            return json;
        }

        /// The way back as lines for people.
        public String explain() {
            Origin origin = content.origin();
            String what = content.making().substance();
            List<String> lines = new ArrayList<>();
            lines.add("content  " + content.id() + ", made " + content.time()
                    + switch (state) {
                        case INTACT -> ", " + what + " unchanged since";
                        case CHANGED ->
                            ", " + what.toUpperCase(Locale.ROOT) + " CHANGED SINCE: the hash is not the one recorded";
                        case UNCHECKED -> "";
                    });
            add(lines, "file     ", content.file());
            add(lines, "producer ", content.producer());
            lines.addAll(content.making().explain());
            add(lines, "model    ", origin.model());
            add(lines, "weights  ", origin.weights());
            add(lines, "run      ", origin.run());
            add(lines, "dataset  ", origin.dataset());
            add(lines, "content# ", origin.fingerprint());
            origin.sources().forEach(source -> lines.add("source   " + source));
            missing.forEach(gap -> lines.add("missing  " + gap));
            return String.join("\n", lines);
        }

        private static void add(List<String> lines, String name, String value) {
            if (!value.isEmpty()) {
                lines.add(name + value);
            }
        }
    }

    /// Traces a file: what was generated into it, one text, picture or sound or, in JSON lines, several texts.
    ///
    /// @throws DataException where the file cannot be read, or neither it nor the ledger knows of what it holds
    public List<Trace> file(Path file) {
        byte[] bytes = bytes(file);
        if (MediaTracer.isMedia(bytes)) {
            return List.of(new MediaTracer(ledger).trace(bytes, file.toString()));
        }
        String whole = text(bytes, file);
        if (file.toString().endsWith(".jsonl")) {
            return lines(file, whole);
        }
        Marked marked = Marked.parse(whole);
        Optional<Content> carried = record(marked.record(), file).or(() -> beside(file));
        return List.of(trace(marked.text(), marked.id(), carried, file.toString()));
    }

    private static byte[] bytes(Path file) {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new DataException(
                        "%s has %d bytes, and at most %d are read: expected a file that was generated here"
                                .formatted(file, size, MOST_BYTES));
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new DataException("%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static String text(byte[] bytes, Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new DataException(
                    "%s is not UTF-8 text, nor a picture or sound that is known: expected a file that was generated here"
                            .formatted(file),
                    notText);
        }
    }

    /// Traces an id.
    public Trace id(String id) {
        Content content = ledger.byId(id)
                .orElseThrow(() -> new DataException(
                        "%s knows no content %s: expected an id that stands in the ledger, or the file itself"
                                .formatted(ledger.file(), id)));
        return new Trace(content, State.UNCHECKED, missing(content));
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
        List<String> missing = new ArrayList<>();
        if (!inLedger) {
            missing.add("no line in " + ledger.file() + ": what follows is what the file itself says");
        }
        missing.addAll(missing(content));
        return new Trace(content, same ? State.INTACT : State.CHANGED, missing);
    }

    /// What the model's card did not say when the content was made.
    static List<String> missing(Content content) {
        List<String> missing = new ArrayList<>();
        missingFromCard(missing, content.origin());
        name(
                missing,
                content.origin().sources().isEmpty() ? "" : "some",
                "the source files of the dataset: the model's card names none");
        return missing;
    }

    static void missingFromCard(List<String> missing, Origin origin) {
        name(missing, origin.run(), "the run that trained the model: the model's card names none");
        name(missing, origin.dataset(), "the dataset that the model learnt from: the model's card names none");
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
