package dev.athanor.generate;

import dev.athanor.data.Durable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes generated texts to files with their marks, and enters them in the ledger.
///
/// @param ledger where each text gets its line
/// @param origin what the texts go back to
/// @param producer who answers for them: the `ContentProducer` of the hidden mark
public record TextOutputs(Ledger ledger, Origin origin, String producer) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// The kinds of file.
    public enum Kind {
        /// The text, the visible mark as its last line, and the hidden mark in `FILE.aigc.json` beside it.
        TXT,
        /// The same, with the hidden mark in front as YAML.
        MD,
        /// One JSON object a line: `text`, `notice`, `AIGC`, `athanor`.
        JSONL;

        String suffix() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is published together.
    ///
    /// @param time when
    /// @param sources what a vae made them from
    public record Batch(TextRequest request, List<WrittenText> texts, Instant time, Content.Sources sources) {
        public Batch {
            texts = List.copyOf(texts);
        }

        /// Texts from a prompt.
        public Batch(TextRequest request, List<WrittenText> texts, Instant time) {
            this(request, texts, time, Content.Sources.NONE);
        }

        /// A text with the words it goes on from.
        String whole(int index) {
            return request.prompt() + texts.get(index).text();
        }
    }

    /// Enters texts that are only shown.
    public List<Content> enter(Batch batch) {
        List<Content> contents = contents(batch, _ -> "");
        contents.forEach(ledger::append);
        return contents;
    }

    /// Writes texts into a folder, one file each (JSONL: one file for all), and enters them. A file is named
    /// after the id of its text, or its first text.
    ///
    /// @throws dev.athanor.data.DataException where the folder cannot be written
    public List<Content> write(Batch batch, Path folder, Kind kind) {
        String first = id(batch, 0);
        List<Content> contents = contents(
                batch,
                index -> folder.resolve((kind == Kind.JSONL ? first : id(batch, index)) + kind.suffix())
                        .toString());
        for (int i = 0; i < contents.size(); i++) {
            switch (kind) {
                case TXT -> txt(batch.whole(i), contents.get(i));
                case MD -> md(batch.whole(i), contents.get(i));
                case JSONL -> {} // one file for all
            }
        }
        if (kind == Kind.JSONL) {
            Durable.file(
                    folder.resolve(first + kind.suffix()),
                    IntStream.range(0, contents.size())
                            .mapToObj(index -> line(batch.whole(index), contents.get(index)))
                            .collect(Collectors.joining("\n", "", "\n")));
        }
        contents.forEach(ledger::append);
        return contents;
    }

    private void txt(String text, Content content) {
        Durable.file(
                Path.of(content.file() + ".aigc.json"), imprint().marks(content).toPrettyString() + "\n");
        Durable.file(Path.of(content.file()), text + "\n\n" + AiMark.notice(content.id()) + "\n");
    }

    private void md(String text, Content content) {
        ObjectNode marks = imprint().marks(content);
        Durable.file(
                Path.of(content.file()),
                "---\nAIGC: %s\nathanor: %s\n---\n\n%s\n\n%s\n"
                        .formatted(marks.path("AIGC"), marks.path("athanor"), text, AiMark.notice(content.id())));
    }

    private String line(String text, Content content) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("text", text);
        line.put("notice", AiMark.notice(content.id()));
        line.setAll(imprint().marks(content));
        return JSON.writeValueAsString(line);
    }

    private interface Place {
        String of(int index);
    }

    private List<Content> contents(Batch batch, Place place) {
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < batch.texts().size(); i++) {
            contents.add(new Content(
                    id(batch, i),
                    batch.time(),
                    producer,
                    origin,
                    Making.Text.of(batch.request(), i, batch.sources()),
                    Content.hash(batch.whole(i)),
                    place.of(i)));
        }
        return contents;
    }

    private String id(Batch batch, int index) {
        return Imprint.id(
                origin.weights(), batch.request().toString(), batch.time().toString(), index + "", batch.whole(index));
    }

    private Imprint imprint() {
        return new Imprint(ledger, origin, producer);
    }
}
