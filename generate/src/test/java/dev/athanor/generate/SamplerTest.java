package dev.athanor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SamplerTest {
    private static Sampler sampler(Sampling sampling) {
        return new Sampler(sampling, new Seed(42).random());
    }

    private static float[] scores(int count, long seed) {
        RandomGenerator random = new Seed(seed).random();
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = (float) (3 * random.nextGaussian());
        }
        return scores;
    }

    private static int kept(double[] shares) {
        return (int) Arrays.stream(shares).filter(share -> share > 0).count();
    }

    @Test
    void the_filters_leave_what_transformers_leaves() {
        for (JsonNode golden : DecodersTest.golden("sampling.json").path("cases")) {
            Sampling sampling = new Sampling(
                    golden.path("repetitionPenalty").asDouble(),
                    golden.path("temperature").asDouble(),
                    golden.path("topK").asInt(),
                    golden.path("topP").asDouble(),
                    golden.path("minP").asDouble());
            Sampler sampler = sampler(sampling);
            sampler.saw(DecodersTest.ints(golden.path("seen")));
            double[] shares = sampler.shares(DecodersTest.floats(golden.path("scores")));
            double sum = Arrays.stream(shares).sum();
            JsonNode expected = golden.path("probabilities");
            for (int token = 0; token < shares.length; token++) {
                double probability = expected.get(token).asDouble();
                assertThat(shares[token] / sum)
                        .as("%s, token %d", sampling, token)
                        .isCloseTo(probability, within(1e-5));
                assertThat(shares[token] > 0)
                        .as("%s, token %d is kept", sampling, token)
                        .isEqualTo(probability > 0);
            }
        }
    }

    @Test
    void greedy_takes_the_best_token_and_the_first_of_equals() {
        assertThat(sampler(Sampling.greedy()).next(new float[] {1, 5, 5, -2})).isEqualTo(1);
    }

    @Test
    void top_k_never_draws_a_dropped_token() {
        for (int k : new int[] {1, 2, 7, 49, 50, 51, 1000}) {
            float[] scores = scores(50, k);
            double[] shares = sampler(Sampling.plain().withTopK(k)).shares(scores.clone());
            assertThat(kept(shares)).isEqualTo(Math.min(k, 50));
            Sampler sampler = sampler(Sampling.plain().withTopK(k));
            for (int i = 0; i < 500; i++) {
                assertThat(shares[sampler.next(scores.clone())]).isPositive();
            }
        }
    }

    @Test
    void top_k_keeps_those_equal_to_the_last_it_keeps() {
        double[] shares = sampler(Sampling.plain().withTopK(2)).shares(new float[] {3, 1, 2, 2, 2, 0});
        assertThat(kept(shares)).isEqualTo(4);
        assertThat(kept(sampler(Sampling.plain().withTopK(1)).shares(new float[8])))
                .isEqualTo(8);
    }

    @Test
    void top_p_keeps_the_smallest_set_with_that_much_probability() {
        float[] scores = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.15), (float) Math.log(0.05)};
        double[] ps = {0, 0.4, 0.6, 0.79, 0.81, 0.94, 0.96, 1};
        int[] kept = {1, 1, 2, 2, 3, 3, 4, 4};
        for (int i = 0; i < ps.length; i++) {
            assertThat(kept(sampler(Sampling.plain().withTopP(ps[i])).shares(scores.clone())))
                    .as("top-p %s", ps[i])
                    .isEqualTo(kept[i]);
        }
    }

    @Test
    void min_p_of_one_keeps_the_best_and_of_zero_keeps_all() {
        float[] scores = scores(30, 9);
        assertThat(kept(sampler(Sampling.plain().withMinP(1)).shares(scores.clone())))
                .isEqualTo(1);
        assertThat(kept(sampler(Sampling.plain()).shares(scores.clone()))).isEqualTo(30);
    }

    @Test
    void draws_come_as_often_as_their_probability_says() {
        float[] scores = {(float) Math.log(0.6), (float) Math.log(0.3), (float) Math.log(0.1)};
        Sampler sampler = sampler(Sampling.plain());
        int[] times = new int[3];
        for (int i = 0; i < 20_000; i++) {
            times[sampler.next(scores.clone())]++;
        }
        assertThat(times[0] / 20_000.0).isCloseTo(0.6, within(0.015));
        assertThat(times[2] / 20_000.0).isCloseTo(0.1, within(0.01));
    }

    @Test
    void a_token_without_chance_is_never_drawn() {
        Sampler sampler = sampler(Sampling.plain());
        for (int i = 0; i < 100; i++) {
            assertThat(sampler.next(new float[] {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY}))
                    .isEqualTo(1);
        }
    }

    @Test
    void scores_that_are_no_numbers_are_refused() {
        for (Sampling sampling : new Sampling[] {
            Sampling.greedy(), Sampling.plain(), Sampling.plain().withTopK(3)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sampler(sampling).next(new float[] {0, Float.NaN, 1}))
                    .withMessage(
                            "the score of token 1 is NaN: the model's weights are broken; train it again or load another checkpoint");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sampler(Sampling.plain()).next(new float[] {Float.NEGATIVE_INFINITY}))
                .withMessageContaining("every token has score -Infinity");
    }

    @Test
    void settings_outside_their_range_are_refused_with_the_range() {
        Sampling plain = Sampling.plain();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withTemperature(-1))
                .withMessage(
                        "temperature -1.0: expected a number from 0 to 100; 0 takes the best token every time, 0.7 to 1 is usual");
        assertThatIllegalArgumentException().isThrownBy(() -> plain.withTemperature(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withTopK(-1))
                .withMessage("top-k -1: expected 0 (all tokens) or how many to keep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withTopP(1.1))
                .withMessage("top-p 1.1: expected a number from 0 to 1; 1 keeps all tokens, 0.9 is usual");
        assertThatIllegalArgumentException().isThrownBy(() -> plain.withMinP(2)).withMessageContaining("min-p 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withRepetitionPenalty(0))
                .withMessageContaining("repetition penalty 0.0: expected a number from 0.01 to 100");
    }
}
