package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Layouts of other programs: what they read in them is asserted here as their documentation has it.
class ExporterTest {
    private final Desk desk;

    ExporterTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Path exported(Exporter.Format format, String name, String label, String content) throws IOException {
        Path source = desk.file(name, content);
        ImportOptions options = ImportOptions.of("shop").withPlan(new SplitPlan.Given());
        Dataset dataset = desk.imported(options.withColumns("", label, List.of()), source);
        Path out = desk.folder().resolve("out");
        Exporter.run(dataset, format, out);
        return out;
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    @Test
    void texts_are_for_llama_factory_to_go_on_training_with() throws IOException {
        Path out = exported(Exporter.Format.LLAMA_FACTORY, "a.csv", "", "text,kind\ngreen tea,tea\n红茶,tea\n");
        JsonNode entry = json(out.resolve("dataset_info.json")).path("shop_train");
        assertThat(entry.path("file_name").asString()).isEqualTo("shop_train.jsonl");
        assertThat(entry.path("columns").path("prompt").asString()).isEqualTo("text");
        assertThat(out.resolve("shop_train.jsonl"))
                .content()
                .isEqualTo("{\"text\":\"green tea\"}\n{\"text\":\"红茶\"}\n");
    }

    @Test
    void instructions_keep_their_columns() throws IOException {
        Path out = exported(
                Exporter.Format.LLAMA_FACTORY, "a.csv", "", "text,instruction,output\nHello? Hi.,Hello?,Hi.\n");
        JsonNode columns =
                json(out.resolve("dataset_info.json")).path("shop_train").path("columns");
        assertThat(columns.path("response").asString()).isEqualTo("output");
        assertThat(json(out.resolve("shop_train.jsonl")))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"instruction\": \"Hello?\", \"input\": \"\", \"output\": \"Hi.\"}"));
    }

    @Test
    void turns_become_conversations_with_their_roles() throws IOException {
        Path out = exported(
                Exporter.Format.LLAMA_FACTORY,
                "a.jsonl",
                "",
                "{\"text\": \"Hello? Hi.\", \"messages\": \"[{\\\"role\\\": \\\"user\\\", \\\"content\\\": \\\"Hello?\\\"}]\"}\n");
        JsonNode entry = json(out.resolve("dataset_info.json")).path("shop_train");
        assertThat(entry.path("formatting").asString()).isEqualTo("sharegpt");
        assertThat(entry.path("tags").path("user_tag").asString()).isEqualTo("user");
        assertThat(json(out.resolve("shop_train.jsonl"))
                        .path("messages")
                        .path(0)
                        .path("content")
                        .asString())
                .isEqualTo("Hello?");
    }

    @Test
    void turns_that_are_none_are_refused_with_their_place() {
        assertThatThrownBy(() ->
                        exported(Exporter.Format.LLAMA_FACTORY, "a.csv", "", "text,messages\nHello?,he said hello\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("a.csv:2", "\"he said hello\"", "expected a list such as [{\"role\"");
        assertThat(desk.folder().resolve("out")).doesNotExist();
    }

    @Test
    void labels_are_annotations_of_label_studios_tasks() throws IOException {
        Path out = exported(
                Exporter.Format.LABEL_STUDIO,
                "a.csv",
                "kind",
                "text,kind\ngreen tea,\"tea & \"\"more\"\"\"\nred pot,\n");
        JsonNode tasks = json(out.resolve("train.json"));
        JsonNode result =
                tasks.path(0).path("annotations").path(0).path("result").path(0);
        assertThat(tasks.path(0).path("data").path("text").asString()).isEqualTo("green tea");
        assertThat(tasks.path(0).path("data").path("_origin").asString()).endsWith("a.csv:2");
        assertThat(result.path("type").asString()).isEqualTo("choices");
        assertThat(result.path("value").path("choices").path(0).asString()).isEqualTo("tea & \"more\"");
        assertThat(result.path("from_name").asString()).isEqualTo("kind");
        assertThat(tasks.path(0).path("data").has("kind")).isFalse();
        assertThat(tasks.path(1).has("annotations")).isFalse();
        assertThat(out.resolve("label_config.xml"))
                .content()
                .contains(
                        "<Text name=\"text\" value=\"$text\"/>",
                        "<Choices name=\"kind\" toName=\"text\"",
                        "<Choice value=\"tea &amp; &quot;more&quot;\"/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text,shop,主题\ngreen tea,a,茶\nred pot,b,\n", "text,shop,主题\ngreen tea,a,\nred pot,b,\n"})
    void tasks_come_back_as_the_rows_that_they_were_labelled_or_not(String rows) throws IOException {
        Path out = exported(Exporter.Format.LABEL_STUDIO, "a.csv", "主题", rows);
        Dataset before = desk.datasets().open("shop");
        ImportOptions options = ImportOptions.of("back").withPlan(new SplitPlan.Given());
        Dataset back = desk.imported(options, out.resolve("train.json"));
        assertThat(back.quarantined()).isEmpty();
        assertThat(said(back)).isEqualTo(said(before)).hasSize(2);
        assertThat(back.manifest().fields()).doesNotContain("label", "data", "id");
    }

    /// Texts and fields but the number that a task has.
    private static List<SequencedMap<String, String>> said(Dataset dataset) {
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            return samples.map(sample -> {
                        SequencedMap<String, String> said = new TreeMap<>(sample.fields());
                        said.remove("task");
                        said.put("text", sample.text());
                        return said;
                    })
                    .toList();
        }
    }

    @Test
    void parquet_comes_with_a_card_that_names_the_files_of_each_split() throws IOException {
        Path out = exported(Exporter.Format.PARQUET, "a.csv", "", "text,kind\ngreen tea,tea\n");
        assertThat(out.resolve("README.md"))
                .content()
                .startsWith("---\nlicense: other\n")
                .contains("- split: train\n    path: data/train-*.parquet\n", "a.csv (sha-256 ");
    }

    @Test
    void an_unknown_format_is_refused_with_the_known_ones() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exporter.Format.of("label_studio"))
                .withMessage(
                        "there is no format \"label_studio\" (did you mean \"label-studio\"?); there are jsonl, csv, folder, parquet, llama-factory, label-studio, recbole");
    }
}
