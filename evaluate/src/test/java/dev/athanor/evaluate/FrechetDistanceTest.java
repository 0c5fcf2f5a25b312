package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FrechetDistanceTest {
    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    @Test
    void it_is_what_scipy_and_torchmetrics_say() throws IOException {
        for (JsonNode golden : GoldenFeatures.cases()) {
            double expected = golden.path("frechet").asDouble();
            FrechetDistance distance =
                    FrechetDistance.of(GoldenFeatures.real(golden), GoldenFeatures.generated(golden));
            assertThat(distance.value())
                    .as(golden.toString())
                    .isCloseTo(expected, within(GoldenFeatures.tolerance() * expected));
        }
    }

    @Test
    void equal_sets_are_at_0_even_with_fewer_samples_than_features() {
        Features many = GoldenFeatures.of(200, 8, 0, 7);
        Features few = GoldenFeatures.of(5, 40, 0, 7);
        assertThat(FrechetDistance.of(many, many).value()).isCloseTo(0, within(1e-12));
        assertThat(FrechetDistance.of(few, few).value()).isCloseTo(0, within(1e-12));
    }

    @Test
    void a_set_that_is_only_shifted_is_as_far_as_the_square_of_the_shift() {
        Features here = GoldenFeatures.of(50, 4, 0, 3);
        Features there = GoldenFeatures.of(50, 4, 2, 3);
        assertThat(FrechetDistance.of(here, there).value()).isCloseTo(4 * 2 * 2, within(1e-9));
    }

    @Test
    void a_set_that_is_only_wider_is_as_far_as_the_difference_of_its_deviations_squared() {
        Features narrow = GoldenFeatures.points(new float[] {-1}, new float[] {1}); // variance 2
        Features wide = GoldenFeatures.points(new float[] {-3}, new float[] {3}); // variance 18
        double apart = Math.sqrt(18) - Math.sqrt(2);
        assertThat(FrechetDistance.of(narrow, wide).value()).isCloseTo(apart * apart, within(1e-12));
    }

    @Test
    void sets_without_any_spread_are_as_far_as_their_one_point() {
        float[][] ones = new float[4][3];
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        assertThat(FrechetDistance.of(new Features("test", new float[4][3]), new Features("test", ones))
                        .value())
                .isCloseTo(3, within(1e-12));
    }

    @Test
    void few_samples_are_said() {
        FrechetDistance hopeless = new FrechetDistance(1, 100, 64, 64);
        assertThat(hopeless.caution())
                .hasValue("64 samples cannot show how 64 features vary together, so the Fréchet distance is much too"
                        + " high: hold it only against the floor, which has as many");
        FrechetDistance biased = new FrechetDistance(1, 1500, 2000, 64);
        assertThat(biased.caution())
                .hasValue("the Fréchet distance is biased, too high for few samples (here 1,500): hold it only against"
                        + " values of as many");
        assertThat(new FrechetDistance(1, 10_000, 10_000, 64).caution()).isEmpty();
    }

    @Test
    void one_sample_is_refused() {
        Features one = GoldenFeatures.of(1, 2, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.of(one, one))
                .withMessage("1 sample, but a covariance needs at least 2: generate or hold out more");
    }
}
