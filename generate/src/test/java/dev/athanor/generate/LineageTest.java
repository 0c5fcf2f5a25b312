package dev.athanor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.data.DataException;
import dev.athanor.data.Seed;
import dev.athanor.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LineageTest {
    @TempDir
    Path folder;

    private final Origin origin =
            new Origin("shop", "ab12", "run-7", "teas@2", "f00d", List.of("teas.csv", "more/news.txt"));

    private static TextOutputs.Batch batch(String... texts) {
        return new TextOutputs.Batch(
                TextRequest.of("Tea ", new Seed(9)).withCount(texts.length),
                List.of(texts).stream()
                        .map(text -> new WrittenText(text, WrittenText.Ending.END, 4, 10))
                        .toList(),
                Instant.parse("2026-03-01T10:00:00Z"));
    }

    private TextOutputs outputs() {
        return new TextOutputs(Ledger.in(folder), origin, "Tea Shop Ltd");
    }

    private Tracer tracer() {
        return new Tracer(Ledger.in(folder));
    }

    @Test
    void every_kind_of_file_leads_back_to_model_run_dataset_and_sources() {
        for (TextOutputs.Kind kind : TextOutputs.Kind.values()) {
            List<Content> contents = outputs().write(batch("is 茶.\n\nIt is green.", "is warm\n"), folder, kind);
            for (Content content : contents) {
                List<Tracer.Trace> traces = tracer().file(Path.of(content.file()));
                assertThat(traces).anySatisfy(trace -> {
                    assertThat(trace.content()).isEqualTo(content);
                    assertThat(trace.state()).isEqualTo(Tracer.State.INTACT);
                    assertThat(trace.missing()).isEmpty();
                    assertThat(trace.explain())
                            .contains("text unchanged since", "shop", "run-7", "teas@2", "f00d", "source   teas.csv");
                });
                assertThat(tracer().id(content.id()).content()).isEqualTo(content);
            }
            assertThat(contents.get(0).id()).isNotEqualTo(contents.get(1).id());
        }
    }

    @Test
    void a_file_alone_leads_back_and_says_that_the_ledger_is_missing() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (TextOutputs.Kind kind : TextOutputs.Kind.values()) {
            Content content = outputs().write(batch("is green."), folder, kind).getFirst();
            Tracer.Trace trace = new Tracer(Ledger.in(elsewhere))
                    .file(Path.of(content.file()))
                    .getFirst();
            assertThat(trace.content()).isEqualTo(content);
            assertThat(trace.state()).isEqualTo(Tracer.State.INTACT);
            assertThat(trace.missing()).hasSize(1).first().asString().contains("no line in");
        }
    }

    @Test
    void a_changed_text_is_noticed() throws IOException {
        for (TextOutputs.Kind kind : TextOutputs.Kind.values()) {
            Path file = Path.of(
                    outputs().write(batch("is green."), folder, kind).getFirst().file());
            Files.writeString(file, Files.readString(file).replace("green", "black"));
            Tracer.Trace trace = tracer().file(file).getFirst();
            assertThat(trace.state()).isEqualTo(Tracer.State.CHANGED);
            assertThat(trace.explain()).contains("TEXT CHANGED SINCE");
        }
    }

    @Test
    void other_line_endings_do_not_count_as_a_change() throws IOException {
        for (TextOutputs.Kind kind : List.of(TextOutputs.Kind.TXT, TextOutputs.Kind.MD)) {
            Path file = Path.of(outputs()
                    .write(batch("is\ngreen."), folder, kind)
                    .getFirst()
                    .file());
            Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
            assertThat(tracer().file(file).getFirst().state()).isEqualTo(Tracer.State.INTACT);
        }
    }

    @Test
    void a_pasted_text_is_found_by_its_hash_and_by_its_visible_mark() {
        Content content = outputs().enter(batch("is green.")).getFirst();
        assertThat(tracer().text("Tea is green.").content()).isEqualTo(content);
        assertThat(tracer().text("Tea is black.\n\n" + AiMark.notice(content.id()))
                        .state())
                .isEqualTo(Tracer.State.CHANGED);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().text("Coffee."))
                .withMessageContaining("this text carries no mark and its text stands in no line of");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().id("c-0000000000000000"))
                .withMessageContaining("knows no content c-0000000000000000");
    }

    @Test
    void the_hidden_mark_has_the_seven_fields_of_the_standard() throws IOException {
        Content content = outputs()
                .write(batch("is green."), folder, TextOutputs.Kind.TXT)
                .getFirst();
        JsonNode mark = JsonMapper.shared()
                .readTree(Files.readString(Path.of(content.file() + ".aigc.json")))
                .path("AIGC");
        assertThat(mark.propertyNames())
                .containsExactly(
                        "Label",
                        "ContentProducer",
                        "ProduceID",
                        "ReservedCode1",
                        "ContentPropagator",
                        "PropagateID",
                        "ReservedCode2");
        assertThat(mark.path("Label").asString()).isEqualTo("1");
        assertThat(mark.path("ContentProducer").asString()).isEqualTo("Tea Shop Ltd");
        assertThat(mark.path("ProduceID").asString()).isEqualTo(content.id());
        assertThat(Files.readString(Path.of(content.file())))
                .isEqualTo("Tea is green.\n\nAI生成 / AI-generated · " + content.id() + "\n");
    }

    @Test
    void a_line_that_a_crash_cut_off_hides_no_other_line() throws IOException {
        Content first = outputs().enter(batch("is green.")).getFirst();
        Path ledger = Ledger.in(folder).file();
        Files.writeString(ledger, Files.readString(ledger).substring(0, 80), StandardOpenOption.APPEND);
        Content second = outputs().enter(batch("is black.")).getFirst();
        assertThat(tracer().id(first.id()).content()).isEqualTo(first);
        assertThat(tracer().id(second.id()).content()).isEqualTo(second);
    }

    @Test
    void a_broken_line_is_named_by_its_place() throws IOException {
        Content content = outputs().enter(batch("is green.")).getFirst();
        Path ledger = Ledger.in(folder).file();
        Files.writeString(ledger, Files.readString(ledger).replace("2026-03-01T10:00:00Z", "yesterday"));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().id(content.id()))
                .withMessageContaining("ledger.jsonl:1 is not a record of content")
                .withMessageContaining("the record's time is \"yesterday\"");
    }

    @Test
    void what_the_card_does_not_say_is_said_to_be_missing() {
        Origin bare = new Origin("shop", "ab12", "", "", "", List.of());
        Content content = new TextOutputs(Ledger.in(folder), bare, "Tea Shop Ltd")
                .enter(batch("x"))
                .getFirst();
        assertThat(tracer().id(content.id()).missing())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("the model's card names none"));
    }

    @Test
    void a_model_s_card_says_what_its_content_goes_back_to() throws Exception {
        ModelFolder plain =
                ModelFolder.read(Path.of(getClass().getResource("llama").toURI()));
        JsonNode card = JsonMapper.shared().readTree("""
                {"run": "run-7", "dataset": {"reference": "teas@2", "fingerprint": "f00d",
                 "sources": [{"path": "teas.csv", "sha256": "1"}, {"path": "more/news.txt", "sha256": "2"}]}}""");
        Origin read = Origin.of(plain.withCard((ObjectNode) card));
        assertThat(read).isEqualTo(new Origin("llama", read.weights(), "run-7", "teas@2", "f00d", origin.sources()));
        assertThat(read.weights()).hasSize(64);
        ((ObjectNode) card)
                .putObject("parent")
                .put("name", "elder")
                .putObject("dataset")
                .put("reference", "songs@1")
                .putArray("sources")
                .addObject()
                .put("path", "songs.json");
        Origin younger = Origin.of(plain.withCard((ObjectNode) card));
        assertThat(younger.sources()).endsWith("songs.json (by elder, trained on songs@1)");
        assertThat(Origin.of(plain).run()).isEmpty();
    }

    @Test
    void a_file_that_is_not_text_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("x.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tracer().file(file))
                .withMessageContaining("is not UTF-8 text");
    }
}
