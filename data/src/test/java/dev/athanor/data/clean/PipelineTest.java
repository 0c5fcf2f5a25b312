package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PipelineTest {
    /// A clock that goes on by two milliseconds each time that it is looked at.
    private static Pipeline pipeline(Step... steps) {
        AtomicLong now = new AtomicLong();
        return Pipeline.open(List.of(steps), Treated.TEXTS, () -> now.addAndGet(2_000_000));
    }

    @Test
    void each_step_reports_what_it_saw_changed_and_dropped() {
        Pipeline pipeline = pipeline(Control.USUAL, new Length(3, 9), Duplicates.USUAL);
        for (String text : List.of("tea\u0000", "tea", "te", "green tea", "")) {
            pipeline.treat(Treated.sample(text));
        }
        JsonNode report = pipeline.report();
        assertThat(pipeline.kept()).isEqualTo(2);
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
        Pipeline pipeline = pipeline(Control.USUAL);
        for (int i = 0; i < 9; i++) {
            pipeline.treat(Treated.sample("x".repeat(500) + "\u0000" + "y".repeat(500)));
        }
        JsonNode changed =
                pipeline.report().path("steps").path(0).path("examples").path("changed");
        assertThat(changed).hasSize(5);
        assertThat(changed.path(0).path("after").asString()).isEqualTo("…" + "x".repeat(40) + "y".repeat(160) + "…");
    }

    @Test
    void personal_data_is_in_no_example_not_even_of_earlier_steps() {
        Pipeline pipeline = pipeline(Control.USUAL, Personal.USUAL, new Length(1, 5));
        pipeline.treat(Treated.sample("\u0000li@qq.com, 13812345678"));
        String report = pipeline.report().toString();
        assertThat(report).doesNotContain("li@qq.com", "13812345678").contains("<EMAIL_", "<PHONE_");
        assertThat(pipeline.report().path("steps").path(1).path("found").toString())
                .isEqualTo("{\"email\":1,\"phone\":1}");
    }

    @Test
    void a_value_has_one_placeholder_however_it_is_written_and_only_under_one_salt() {
        Treatment personal = Treated.open(Personal.USUAL);
        String first = Treated.with(personal, "138-1234-5678");
        assertThat(first).matches("<PHONE_[0-9A-HJKMNP-TV-Z]{8}>");
        assertThat(Treated.with(personal, "+86 13812345678")).isEqualTo(first);
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
        assertThat(pipeline(plain).treat(sample).orElseThrow().fields())
                .containsEntry("label", "a@b.co")
                .containsEntry("answer", "<EMAIL>");
        Step text = new Personal(Personal.USUAL.kinds(), Personal.Mark.PLAIN, Personal.Where.TEXT);
        assertThat(pipeline(text).treat(sample)).hasValue(sample);
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
