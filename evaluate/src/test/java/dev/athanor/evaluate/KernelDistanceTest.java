package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KernelDistanceTest {
    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    @Test
    void it_is_what_torchmetrics_says() throws IOException {
        for (JsonNode golden : GoldenFeatures.cases()) {
            Features real = GoldenFeatures.real(golden);
            Features generated = GoldenFeatures.generated(golden);
            int fewest = Math.min(real.count(), generated.count());
            double expected = golden.path("kernel").asDouble();
            assertThat(KernelDistance.unbiased(first(fewest, real), first(fewest, generated)))
                    .as(golden.toString())
                    .isCloseTo(expected, within(GoldenFeatures.tolerance() * expected));
        }
    }

    @Test
    void two_pairs_of_points_are_as_far_as_a_calculation_by_hand_says() {
        Features real = GoldenFeatures.points(new float[] {1}, new float[] {2});
        Features generated = GoldenFeatures.points(new float[] {0}, new float[] {-1});
        // k(1, 2) = 27; k(0, -1) = 1; k(1, 0) = k(2, 0) = 1, k(1, -1) = 0, k(2, -1) = -1
        assertThat(KernelDistance.unbiased(real, generated)).isCloseTo(27 + 1 - 2 * 0.25, within(1e-6));
    }

    @Test
    void more_rows_than_a_block_give_the_same_as_few() {
        // 600 rows that repeat 2: the mean over pairs of different rows is known from the kernel of the 2.
        float[][] rows = new float[600][];
        Arrays.setAll(rows, i -> new float[] {1 + i % 2});
        double same = (8 + 125) / 2.0; // k(1, 1) = 8, k(2, 2) = 125
        double within = (299 * same + 300 * 27) / 599; // 299 others are equal, 300 are not
        double against = 1; // k(., 0)
        Features zeros = new Features("test", new float[2][1]);
        assertThat(KernelDistance.unbiased(new Features("test", rows), zeros))
                .isCloseTo(within + 1 - 2 * against, within(1e-9));
    }

    @Test
    void the_mean_over_subsets_is_near_the_whole_and_the_same_for_the_same_seed() {
        Features real = GoldenFeatures.of(300, 5, 0, 1);
        Features generated = GoldenFeatures.of(300, 5, 1, 2);
        KernelDistance distance = KernelDistance.of(real, generated, new Seed(4));
        double whole = KernelDistance.unbiased(real, generated);
        assertThat(distance.size()).isEqualTo(150);
        assertThat(distance.value()).isCloseTo(whole, within(distance.deviation()));
        assertThat(distance.deviation()).isBetween(0.001 * whole, 0.3 * whole);
        assertThat(KernelDistance.of(real, generated, new Seed(4))).isEqualTo(distance);
    }

    @Test
    void two_sets_from_one_source_are_at_about_0() {
        KernelDistance distance =
                KernelDistance.of(GoldenFeatures.of(400, 5, 0, 1), GoldenFeatures.of(400, 5, 0, 2), new Seed(1));
        assertThat(Math.abs(distance.value())).isLessThan(2 * distance.deviation() + 0.02);
    }

    @Test
    void sets_without_any_spread_have_no_deviation() {
        Features zeros = new Features("test", new float[6][2]);
        assertThat(KernelDistance.of(zeros, zeros, new Seed(1))).isEqualTo(new KernelDistance(0, 0, 3));
    }

    @Test
    void one_sample_is_refused() {
        Features one = GoldenFeatures.of(1, 2, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDistance.of(one, one, new Seed(1)))
                .withMessage("1 sample, but a kernel distance needs at least 2: generate or hold out more");
    }

    private static Features first(int count, Features features) {
        return new Features(features.source(), Arrays.copyOf(features.rows(), count));
    }
}
