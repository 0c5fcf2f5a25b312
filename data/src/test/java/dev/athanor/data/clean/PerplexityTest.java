package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.DataException;
import dev.athanor.data.Kind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PerplexityTest {
    /// A model for which a text of digits has two tokens and that perplexity, and others have none.
    private static final Scorer DIGITS = sample -> sample.text().matches("[0-9.]+")
            ? new Scorer.Score(2 * Math.log(Double.parseDouble(sample.text())), 2)
            : new Scorer.Score(0, 0);

    private static Surroundings around(LanguageModels models) {
        return new Surroundings(Kind.TEXT, List.of(), "", Treated.TEXTS.salt(), models);
    }

    private static Surroundings digits() {
        return around(name -> {
            assertThat(name).isEqualTo("m");
            return DIGITS;
        });
    }

    private static JsonNode report(Step step, int processors, List<String> texts) {
        try (Pipeline pipeline = new Pipeline(new Rounds(List.of(step), digits(), () -> 0), processors)) {
            pipeline.treat(texts.stream().map(Treated::sample).iterator(), _ -> {});
            return pipeline.report().toJson().path("steps").path(0);
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void texts_outside_the_limits_are_dropped_and_those_too_short_to_tell_stay() {
        Treatment treatment = new Perplexity("m", 500, 3).open(digits());
        assertThat(Treated.with(treatment, "499.9")).isEqualTo("499.9");
        assertThat(Treated.with(treatment, "500.1")).isEqualTo("dropped: perplexity too high");
        assertThat(Treated.with(treatment, "3.001")).isEqualTo("3.001");
        assertThat(Treated.with(treatment, "2.9")).isEqualTo("dropped: perplexity too low");
        assertThat(Treated.with(treatment, "a")).isEqualTo("a");
    }

    @Test
    void the_report_tells_the_spread_whatever_the_number_of_threads() {
        List<String> texts = IntStream.rangeClosed(1, 2000)
                .mapToObj(i -> Integer.toString(i * 7919 % 2000 + 1))
                .toList();
        JsonNode found = report(new Perplexity("m", 1500, 0), 1, texts).path("found");
        assertThat(found.propertyNames())
                .containsExactly("lowest", "a quarter up to", "half up to", "three quarters up to", "highest");
        assertThat(found.path("lowest").asDouble()).isCloseTo(1, within(0.005));
        assertThat(found.path("a quarter up to").asDouble()).isCloseTo(500, within(1.5));
        assertThat(found.path("half up to").asDouble()).isCloseTo(1000, within(3.0));
        assertThat(found.path("three quarters up to").asDouble()).isCloseTo(1500, within(4.5));
        assertThat(found.path("highest").asDouble()).isCloseTo(2000, within(6.0));
        assertThat(report(new Perplexity("m", 1500, 0), 3, texts).path("found")).isEqualTo(found);
    }

    @Test
    void without_limits_nothing_goes_and_without_numbers_there_is_no_spread() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> texts =
                random.doubles(100, 1, 1e6).mapToObj("%.3f"::formatted).toList();
        Step step = StepFile.parse("f", "steps: [perplexity: {model: m}]").getFirst();
        JsonNode report = report(step, 1, texts);
        assertThat(report.path("dropped").asInt()).isZero();
        assertThat(report.path("options").toString())
                .isEqualTo("{\"model\":\"m\",\"highest\":\"no limit\",\"lowest\":0.0}");
        assertThat(report(step, 1, List.of("a", "b")).path("found").toString()).isEqualTo("{\"too short to tell\":2}");
        assertThat(report(step, 1, List.of("20", "a")).path("found").toString())
                .isEqualTo(
                        "{\"lowest\":20.04,\"a quarter up to\":20.04,\"half up to\":20.04,\"three quarters up to\":20.04,\"highest\":20.04,\"too short to tell\":1}");
    }

    @Test
    void numbers_that_nobody_can_write_have_a_place_too() {
        assertThat(Spread.bucket(0.5)).isEqualTo(Spread.bucket(1)).isEqualTo("000000");
        assertThat(Spread.bucket(Double.POSITIVE_INFINITY)).isEqualTo(Spread.bucket(1e308));
    }

    @Test
    void a_step_without_model_and_models_that_cannot_answer_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Perplexity.USUAL.open(digits()))
                .withMessage(
                        "the step perplexity needs a model, for example  - perplexity: {model: my-model, highest: 500}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Treated.open(new Perplexity("m", 500, 0)))
                .withMessage(
                        "the model m cannot be asked here: nothing that runs models is at hand. Clean with athanor data clean on one machine, or leave the step perplexity out");
        Treatment broken = new Perplexity("m", 500, 0).open(around(_ -> _ -> new Scorer.Score(Double.NaN, 3)));
        assertThatThrownBy(() -> broken.of(Treated.sample("tea")))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "the model m has no number for file:1: its weights are none. Train it again, or take another");
    }
}
