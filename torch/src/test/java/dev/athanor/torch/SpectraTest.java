package dev.athanor.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpectraTest {
    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
    }

    @Test
    void the_root_times_itself_is_the_matrix() {
        double[] root = Spectra.root(new double[] {5, 4, 4, 5}, 2); // eigenvalues 9 and 1
        assertThat(root).containsExactly(new double[] {2, 1, 1, 2}, within(1e-12));
    }

    @Test
    void a_matrix_of_low_rank_has_a_root() {
        double[] root = Spectra.root(new double[] {4, 4, 4, 4}, 2);
        double half = Math.sqrt(2);
        assertThat(root).containsExactly(new double[] {half, half, half, half}, within(1e-7));
        assertThat(Spectra.root(new double[] {0, 0, 0, 0}, 2)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void the_nuclear_norm_is_the_sum_of_the_singular_values() {
        double[] a = {0, 3, -4, 0};
        double[] unit = {1, 0, 0, 1};
        assertThat(Spectra.nuclearNorm(a, unit, 2)).isCloseTo(7, within(1e-12));
    }

    @Test
    void a_matrix_that_is_not_square_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spectra.root(new double[3], 2))
                .withMessage("a square matrix of size 2 has 4 numbers, but 3 were given");
    }
}
