package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PrecisionRecallTest {
    @Test
    void it_is_what_the_definitions_give_with_scipy() throws IOException {
        for (JsonNode golden : GoldenFeatures.cases()) {
            Features real = GoldenFeatures.real(golden);
            Features generated = GoldenFeatures.generated(golden);
            for (JsonNode expected : golden.path("neighbours")) {
                PrecisionRecall found =
                        PrecisionRecall.of(real, generated, expected.path("k").asInt());
                assertThat(found.precision())
                        .isCloseTo(expected.path("precision").asDouble(), within(1e-12));
                assertThat(found.recall()).isCloseTo(expected.path("recall").asDouble(), within(1e-12));
                assertThat(found.density()).isCloseTo(expected.path("density").asDouble(), within(1e-12));
                assertThat(found.coverage()).isCloseTo(expected.path("coverage").asDouble(), within(1e-12));
            }
        }
    }

    @Test
    void equal_sets_are_precise_and_recalled() {
        Features set = GoldenFeatures.of(600, 4, 0, 1); // more than two tiles of distances
        PrecisionRecall found = PrecisionRecall.of(set, set);
        assertThat(found.precision()).isEqualTo(1);
        assertThat(found.recall()).isEqualTo(1);
        assertThat(found.coverage()).isEqualTo(1);
        assertThat(found.density()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void sets_far_apart_are_neither() {
        PrecisionRecall found = PrecisionRecall.of(GoldenFeatures.of(50, 4, 0, 1), GoldenFeatures.of(50, 4, 100, 1));
        assertThat(found).isEqualTo(new PrecisionRecall(0, 0, 0, 0, 5));
    }

    @Test
    void samples_that_are_all_one_real_sample_are_precise_but_recall_little() {
        Features real = GoldenFeatures.of(50, 4, 0, 1);
        float[][] copies = new float[50][];
        Arrays.fill(copies, real.rows()[7]);
        PrecisionRecall found = PrecisionRecall.of(real, new Features("test", copies));
        assertThat(found.precision()).isEqualTo(1);
        assertThat(found.recall()).isEqualTo(1 / 50.0); // balls of no size: only the copied sample is in one
    }

    @Test
    void sets_without_any_spread_are_precise_where_they_are_the_same_point() {
        Features zeros = new Features("test", new float[8][2]);
        assertThat(PrecisionRecall.of(zeros, zeros, 3).precision()).isEqualTo(1);
        assertThat(PrecisionRecall.of(zeros, zeros, 3).recall()).isEqualTo(1);
    }

    @Test
    void fewer_samples_than_neighbours_are_refused() {
        Features five = GoldenFeatures.of(5, 2, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(five, five, 5))
                .withMessage("5 samples, but precision with 5 neighbours needs at least 6: generate or hold out more");
    }
}
