package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.clean.CleaningReport;
import dev.athanor.data.clean.Rounds;
import dev.athanor.data.clean.Scorer;
import dev.athanor.data.clean.StepFile;
import dev.athanor.data.clean.Steps;
import dev.athanor.data.duplicate.Likeness;
import dev.athanor.data.duplicate.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CleanerTest {
    private final Desk desk;

    CleanerTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Dataset imported(String... texts) throws IOException {
        StringBuilder rows = new StringBuilder("text,label,answer\n");
        for (String text : texts) {
            rows.append('"').append(text).append("\",tea,a@b.co\n");
        }
        Path file = desk.file("d.csv", rows);
        return desk.imported(ImportOptions.of("d"), file);
    }

    @Test
    void a_cleaner_version_is_a_child_and_says_what_was_done() throws IOException {
        Dataset dataset = imported("good tea ", "good tea", "fine", "x\u0001y", "  ");
        Dataset clean = Cleaner.run(desk.datasets(), dataset);
        assertThat(clean.reference()).isEqualTo("d@2");
        assertThat(clean.manifest().parents()).containsExactly("d@1");
        assertThat(samples(clean)).extracting(Sample::text).containsExactlyInAnyOrder("good tea", "fine", "xy");
        JsonNode steps = clean.report().path("steps");
        assertThat(steps.valueStream().map(step -> step.path("name").asString()))
                .containsExactly("control", "whitespace", "length", "duplicates");
        assertThat(clean.report().path("dropped").path("duplicate").asInt()).isEqualTo(1);
    }

    @Test
    void placeholders_are_the_same_in_every_version_and_the_secret_is_in_none() throws IOException {
        Dataset dataset = imported("write to li@qq.com", "call 13812345678");
        Dataset first = Cleaner.run(desk.datasets(), dataset, StepFile.read("private"));
        Dataset second = Cleaner.run(desk.datasets(), dataset, StepFile.read("private"));
        assertThat(samples(first)).extracting(Sample::text).allMatch(text -> text.matches(".*<(EMAIL|PHONE)_\\w{8}>"));
        assertThat(samples(first))
                .extracting(Sample::text)
                .isEqualTo(samples(second).stream().map(Sample::text).toList());
        assertThat(samples(first)).allSatisfy(sample -> {
            assertThat(sample.fields().get("answer")).startsWith("<EMAIL_");
            assertThat(sample.fields().get("label")).isEqualTo("tea");
        });
        String secret = Files.readString(desk.folder().resolve("workspace/datasets/d/.salt"));
        assertThat(secret).hasSize(64);
        try (Stream<Path> files = Files.walk(first.folder())) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(
                                    new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                            .doesNotContain(secret, "li@qq.com", "a@b.co"));
        }
        desk.datasets().delete("d");
        assertThat(desk.folder().resolve("workspace/datasets/d")).doesNotExist();
    }

    @Test
    void the_version_and_its_report_are_the_same_with_one_thread_and_with_several() throws IOException {
        String[] texts = new String[3000];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = " cup %d of 13812345678 ".formatted(i * 7919 % 2200);
        }
        Dataset dataset = imported(texts);
        Dataset one = Cleaner.run(desk.datasets(), dataset, StepFile.read("private"), new Processors(1));
        Dataset several = Cleaner.run(desk.datasets(), dataset, StepFile.read("private"), new Processors(4));
        assertThat(samples(several)).hasSizeLessThan(3000).isEqualTo(samples(one));
        assertThat(several.manifest().files()).isEqualTo(one.manifest().files());
        assertThat(withoutTimes(several)).isEqualTo(withoutTimes(one));
    }

    private static String withoutTimes(Dataset dataset) {
        return dataset.report().toString().replaceAll("\"milliseconds\":\\d+", "");
    }

    @Test
    void models_are_asked_where_the_engine_has_them_and_refused_before_the_work_where_not() throws IOException {
        Dataset dataset = imported("tea", "teapot", "cup", "pot", "jar", "tin", "box");
        Path file = desk.file("s.yaml", "steps: [perplexity: {model: m, highest: 50}]");
        Cleaner.Plan plan = new Cleaner.Plan(
                StepFile.read(file.toString()),
                _ -> sample -> new Scorer.Score(sample.text().length(), 1)); // e^3 and e^6
        assertThat(samples(Cleaner.run(desk.datasets(), dataset, plan, new Processors(2))))
                .extracting(Sample::text)
                .containsExactlyInAnyOrder("tea", "cup", "pot", "jar", "tin", "box");
        Engine elsewhere = new Engine() {
            @Override
            public CleaningReport clean(Dataset asked, Rounds rounds, Kept kept) {
                throw new IllegalStateException("work begins");
            }

            @Override
            public Search search(Likeness likeness, List<Section> sections, Path place) {
                throw new IllegalStateException("another work begins");
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cleaner.run(desk.datasets(), dataset, plan, elsewhere))
                .withMessageStartingWith(
                        "d@1 cannot be cleaned so: the model m cannot be asked here: nothing that runs models is at hand");
    }

    @Test
    void nothing_left_is_refused_with_what_went_and_leaves_nothing_behind() throws IOException {
        Dataset dataset = imported("tea", "cup");
        assertThatThrownBy(() -> Cleaner.run(desk.datasets(), dataset, Steps.usual(10, 20)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "nothing is left of d@1: all samples were dropped (too short 2). Loosen the step that drops them, or leave it out");
        assertThat(desk.datasets().versions("d")).hasSize(1);
    }

    @Test
    void a_damaged_secret_is_refused_and_not_replaced() throws IOException {
        Dataset dataset = imported("tea", "cup");
        Path salt = Files.writeString(desk.folder().resolve("workspace/datasets/d/.salt"), "broken");
        assertThatThrownBy(() -> Cleaner.run(desk.datasets(), dataset))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(salt + " is damaged: a salt of 6 characters")
                .hasMessageContaining("delete it to begin anew");
        assertThat(salt).hasContent("broken");
    }
}
