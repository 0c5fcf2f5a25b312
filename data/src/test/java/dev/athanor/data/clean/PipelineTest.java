package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import dev.athanor.data.personal.PersonalKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PipelineTest {
    /// A clock that goes on by two milliseconds each time that it is looked at.
    private static Pipeline pipeline(Step... steps) {
        AtomicLong now = new AtomicLong();
        return new Pipeline(new Rounds(List.of(steps), Treated.TEXTS, () -> now.addAndGet(2_000_000)), 1);
    }

    private static List<Sample> treated(Pipeline pipeline, List<Sample> samples) {
        List<Sample> left = new ArrayList<>();
        try (pipeline) {
            pipeline.treat(samples.iterator(), left::add);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return left;
    }

    private static JsonNode report(Pipeline pipeline, String... texts) {
        treated(pipeline, Stream.of(texts).map(Treated::sample).toList());
        return pipeline.report().toJson();
    }

    @Test
    void each_step_reports_what_it_saw_changed_and_dropped() {
        Pipeline pipeline = pipeline(Control.USUAL, new Length(3, 9), Duplicates.USUAL);
        JsonNode report = report(pipeline, "tea\u0000", "tea", "te", "green tea", "");
        assertThat(pipeline.report().kept()).isEqualTo(2);
        assertThat(report.path("changed").asInt()).isEqualTo(1);
        assertThat(report.path("dropped").toString()).isEqualTo("{\"empty\":1,\"too short\":1,\"duplicate\":1}");
        JsonNode control = report.path("steps").path(0);
        assertThat(control.path("seen").asInt()).isEqualTo(5);
        assertThat(control.path("changed").asInt()).isEqualTo(1);
        assertThat(control.path("milliseconds").asInt()).isEqualTo(10);
        assertThat(control.path("options").toString()).isEqualTo("{\"invisible\":\"remove\"}");
        assertThat(control.path("examples").path("changed").toString())
                .isEqualTo("[{\"origin\":\"file:1\",\"before\":\"tea\\u0000\",\"after\":\"tea\"}]");
        JsonNode length = report.path("steps").path(1);
        assertThat(length.path("dropped").asInt()).isEqualTo(2);
        assertThat(length.path("reasons").toString()).isEqualTo("{\"empty\":1,\"too short\":1}");
        assertThat(length.path("examples").path("dropped").path(0).path("text").asString())
                .isEqualTo("te");
        assertThat(report.path("steps").path(2).path("seen").asInt()).isEqualTo(3);
    }

    @Test
    void of_many_examples_a_few_are_kept_and_of_long_ones_the_place_that_changed() {
        String text = "x".repeat(500) + "\u0000" + "y".repeat(500);
        JsonNode report =
                report(pipeline(Control.USUAL), Collections.nCopies(9, text).toArray(String[]::new));
        JsonNode changed = report.path("steps").path(0).path("examples").path("changed");
        assertThat(changed).hasSize(5);
        assertThat(changed.path(0).path("after").asString()).isEqualTo("…" + "x".repeat(40) + "y".repeat(160) + "…");
    }

    @Test
    void personal_data_is_in_no_example_not_even_of_earlier_steps() {
        JsonNode report =
                report(pipeline(Control.USUAL, Personal.USUAL, new Length(1, 5)), "\u0000li@qq.com, 13812345678");
        assertThat(report.toString()).doesNotContain("li@qq.com", "13812345678").contains("<EMAIL_", "<PHONE_");
        assertThat(report.path("steps").path(1).path("found").toString()).isEqualTo("{\"email\":1,\"phone\":1}");
    }

    @Test
    void full_width_personal_data_is_in_no_example_either() {
        JsonNode steps = report(pipeline(Unicode.USUAL, Personal.USUAL), "手机１３８１２３４５６７８，ＯＫ")
                .path("steps");
        JsonNode changed = steps.path(0).path("examples").path("changed").path(0);
        String phone = Treated.by(Personal.USUAL, "13812345678");
        assertThat(changed.path("before").asString()).isEqualTo("手机" + phone + "，ＯＫ");
        assertThat(changed.path("after").asString()).isEqualTo("手机" + phone + "，OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"电话 138\u200B1234\u200B5678", "电话 138&#49;2345678", "电话 <b>138</b>12345678", "电话 ①③⑧①②③④⑤⑥⑦⑧"})
    void data_that_a_later_step_makes_plain_is_in_no_example_before_it(String text) {
        Step nfkc = new Unicode(Unicode.Form.NFKC, Unicode.Width.LETTERS);
        JsonNode steps = report(pipeline(Control.USUAL, Html.USUAL, nfkc, Personal.USUAL, new Length(90, 99)), text)
                .path("steps");
        String hidden = "电话 " + Treated.by(Personal.USUAL, "13812345678");
        assertThat(steps.findValuesAsString("before")).isNotEmpty().containsOnly(hidden);
        assertThat(steps.findValuesAsString("after")).isNotEmpty().containsOnly(hidden);
        JsonNode dropped =
                report(pipeline(new Length(90, 99), Personal.USUAL), text).path("steps");
        assertThat(dropped.findValuesAsString("text")).containsExactly(hidden);
    }

    @Test
    void examples_hide_what_any_step_replaces() {
        Step mails = new Personal(List.of(PersonalKind.EMAIL), Personal.Mark.PLAIN, Personal.Where.EVERYWHERE);
        Step phones = new Personal(List.of(PersonalKind.PHONE), Personal.Mark.PLAIN, Personal.Where.EVERYWHERE);
        JsonNode report = report(pipeline(Control.USUAL, mails, phones), "\u0000li@qq.com, 13812345678");
        JsonNode changed = report.path("steps").path(0).path("examples").path("changed");
        assertThat(changed.path(0).path("after").asString()).isEqualTo("<EMAIL>, <PHONE>");
    }

    @Test
    void a_value_has_one_placeholder_however_it_is_written_and_only_under_one_salt() {
        Treatment personal = Treated.open(Personal.USUAL);
        String first = Treated.with(personal, "138-1234-5678");
        assertThat(first).matches("<PHONE_[0-9A-HJKMNP-TV-Z]{8}>");
        assertThat(Treated.with(personal, "+86 13812345678")).isEqualTo(first);
        assertThat(Treated.with(personal, "１３８１２３４５６７８")).isEqualTo(first);
        assertThat(Treated.with(personal, "13812345679")).isNotEqualTo(first);
        assertThat(Treated.with(personal, first)).isEqualTo(first);
        Surroundings other = new Surroundings(Treated.TEXTS.kind(), "", new Salt("ff".repeat(32)));
        assertThat(Treated.with(Personal.USUAL.open(other), "13812345678")).isNotEqualTo(first);
    }

    @Test
    void personal_data_goes_from_all_fields_but_the_label() {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("label", "a@b.co", "answer", "a@b.co"));
        Sample sample = new Sample("1", "none", new LinkedHashMap<>(fields), "f");
        Step plain = new Personal(Personal.USUAL.kinds(), Personal.Mark.PLAIN, Personal.Where.EVERYWHERE);
        assertThat(treated(pipeline(plain), List.of(sample)).getFirst().fields())
                .containsEntry("label", "a@b.co")
                .containsEntry("answer", "<EMAIL>");
        Step text = new Personal(Personal.USUAL.kinds(), Personal.Mark.PLAIN, Personal.Where.TEXT);
        assertThat(treated(pipeline(text), List.of(sample))).containsExactly(sample);
    }

    /// Texts of which each step changes or drops some, more than a few batches of them.
    private static List<Sample> many() {
        List<Sample> many = new ArrayList<>();
        RandomGenerator random = new Seed(7).random();
        for (int i = 0; i < 4000; i++) {
            String text = " cup %d ".formatted(random.nextInt(900)) + "x".repeat(random.nextInt(8));
            text += random.nextInt(5) == 0 ? "\u0000" : random.nextInt(5) == 0 ? " li%d@qq.com".formatted(i % 7) : "";
            many.add(new Sample("s" + i, text, new LinkedHashMap<>(), "file:" + i));
        }
        return many;
    }

    @Test
    void what_comes_out_and_the_report_do_not_depend_on_the_number_of_threads() {
        List<Step> steps = List.of(
                Control.USUAL, Duplicates.USUAL, Whitespace.USUAL, new Length(6, 14), Personal.USUAL, Duplicates.USUAL);
        List<List<Sample>> left = new ArrayList<>();
        List<JsonNode> reports = new ArrayList<>();
        for (int processors : List.of(1, 2, 5)) {
            Pipeline pipeline = new Pipeline(new Rounds(steps, Treated.TEXTS, () -> 0), processors);
            left.add(treated(pipeline, many()));
            reports.add(pipeline.report().toJson());
        }
        assertThat(left.get(0)).hasSizeGreaterThan(1000).isEqualTo(left.get(1)).isEqualTo(left.get(2));
        assertThat(reports.get(0)).isEqualTo(reports.get(1)).isEqualTo(reports.get(2));
    }

    @Test
    void what_comes_out_is_what_one_step_after_the_other_makes_of_one_sample_after_the_other() {
        List<Step> steps = List.of(Duplicates.USUAL, Whitespace.USUAL, new Length(6, 14), Duplicates.USUAL);
        List<Sample> expected = many();
        for (Step step : steps) {
            Treatment treatment = Treated.open(step);
            expected = expected.stream()
                    .map(treatment::of)
                    .filter(Outcome.Kept.class::isInstance)
                    .map(outcome -> ((Outcome.Kept) outcome).sample())
                    .toList();
        }
        Pipeline pipeline = new Pipeline(new Rounds(steps, Treated.TEXTS, () -> 0), 3);
        assertThat(treated(pipeline, many())).isEqualTo(expected);
        JsonNode dropped = pipeline.report().toJson().path("dropped");
        assertThat(dropped.path("duplicate").asLong()
                        + dropped.path("too long").asLong()
                        + dropped.path("too short").asLong())
                .isEqualTo(4000 - expected.size());
    }

    @Test
    void examples_are_the_first_ones_whatever_batch_they_are_in() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            boolean bad = i == 3 || i > 1990 && i % 100 == 0;
            samples.add(new Sample("s" + i, bad ? "" : "cup " + i, new LinkedHashMap<>(), "file:" + i));
        }
        Pipeline pipeline = new Pipeline(new Rounds(List.of(new Length(1, 99)), Treated.TEXTS, () -> 0), 4);
        treated(pipeline, samples);
        JsonNode dropped = pipeline.report()
                .toJson()
                .path("steps")
                .path(0)
                .path("examples")
                .path("dropped");
        assertThat(dropped.valueStream().map(drop -> drop.path("origin").asString()))
                .containsExactly("file:3", "file:2000", "file:2100", "file:2200", "file:2300");
    }

    @Test
    void a_step_for_other_samples_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline(Pictures.USUAL))
                .withMessage("the step pictures is not for samples of the kind text: leave it out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline(Matching.USUAL))
                .withMessageContaining("the step pattern needs a regex");
    }

    @Test
    void a_salt_stays_out_of_messages_and_must_be_one() {
        assertThat(Treated.TEXTS.toString()).contains("Salt[hidden]").doesNotContain("0123456789abcdef");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Salt("abc"))
                .withMessage("a salt of 3 characters: expected at least 32, each 0 to 9 or a to f");
    }
}
