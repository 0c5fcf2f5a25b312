package dev.athanor.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BandingTest {

    @Test
    void the_curve_is_that_of_the_book() {
        Banding banding = new Banding(20, 5); // Leskovec, Rajaraman and Ullman, figure 3.8
        double[] found = {0.006, 0.047, 0.186, 0.470, 0.802, 0.975, 0.9996};
        for (int i = 0; i < found.length; i++) {
            assertThat(banding.found(0.2 + 0.1 * i)).isEqualTo(found[i], within(0.0006));
        }
    }

    @Test
    void the_middle_is_at_the_threshold_and_the_curve_as_steep_as_can_be() {
        assertThat(Banding.of(128, 0.7)).isEqualTo(new Banding(12, 8));
        assertThat(Banding.of(128, 0.8)).isEqualTo(new Banding(10, 12));
        assertThat(Banding.of(128, 1)).isEqualTo(new Banding(1, 128));
        for (int percent = 20; percent <= 95; percent += 5) {
            double threshold = percent / 100.0;
            for (int permutations : new int[] {64, 128, 256, 512}) {
                Banding banding = Banding.of(permutations, threshold);
                assertThat(banding.permutations()).isLessThanOrEqualTo(permutations);
                assertThat(banding.middle()).as("%s", threshold).isEqualTo(threshold, within(0.03));
                assertThat(banding.found(banding.middle())).isEqualTo(0.5, within(1e-9));
            }
        }
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Banding.of(16, 0.01))
                .withMessage(
                        "a threshold of 0.01 takes 69 permutations or more, and there are 16: raise --permutations or the threshold");
        for (double threshold : new double[] {0, -1, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Banding.of(128, threshold))
                    .withMessage(
                            "a threshold of %s: expected a similarity above 0 and at most 1, 0.7 for example",
                            threshold);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Banding.of(0, 0.5))
                .withMessage("0 permutations: expected 1 to 4096, 128 for example");
    }

    @Test
    void places_of_signatures_agree_as_often_as_sets_are_similar() {
        int permutations = 4000;
        MinHash hash = new MinHash(permutations, new Seed(3));
        RandomGenerator random = new Seed(4).random();
        for (int common : new int[] {0, 1, 25, 50, 75, 99, 100}) {
            int[] a = random.ints(100).toArray();
            int[] b = Arrays.copyOf(a, 100);
            for (int i = common; i < 100; i++) {
                b[i] = random.nextInt();
            }
            double similarity = common / (200.0 - common);
            int[] x = hash.signature(a);
            int[] y = hash.signature(b);
            int same = 0;
            for (int i = 0; i < permutations; i++) {
                same += x[i] == y[i] ? 1 : 0;
            }
            double sigma = Math.sqrt(similarity * (1 - similarity) / permutations);
            assertThat(same / (double) permutations).isEqualTo(similarity, within(3 * sigma + 1e-9));
        }
    }

    @Test
    void order_and_repetition_do_not_change_a_signature() {
        MinHash hash = new MinHash(64, new Seed(5));
        assertThat(hash.signature(new int[] {3, 1, 2, 2, 3})).isEqualTo(hash.signature(new int[] {1, 2, 3}));
        assertThat(hash.signature(new int[] {7})).isNotEqualTo(hash.signature(new int[] {8}));
    }
}
