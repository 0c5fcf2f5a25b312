package dev.athanor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private static float[] random(int count, long seed) {
        RandomGenerator random = new Seed(seed).random();
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @Test
    void products_of_any_shape_are_the_plain_sums() {
        int[][] shapes = {
            {1, 1}, {3, 5}, {4, 16}, {7, 513}, {130, 65}, {128, 1000}, {768, 768}, {5, 60_000}, {601, 1025}
        };
        for (int[] shape : shapes) {
            int inputs = shape[0];
            int outputs = shape[1];
            float[] weights = random(inputs * outputs, 1);
            Matrix matrix = Matrix.of(inputs, weights);
            float[][] x = {random(inputs, 2), random(inputs, 3), random(inputs, 4)};
            for (int count = 1; count <= 3; count++) {
                float[][] y = new float[3][outputs];
                matrix.multiply(x, y, count, new Hands(3));
                for (int t = 0; t < count; t++) {
                    assertThat(y[t]).containsExactly(plain(weights, x[t], outputs), within(1e-3f));
                }
            }
        }
    }

    private static float[] plain(float[] weights, float[] x, int outputs) {
        float[] y = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += (double) weights[o * x.length + i] * x[i];
            }
            y[o] = (float) sum;
        }
        return y;
    }

    @Test
    void a_row_comes_back_as_it_was_given() {
        float[] first = random(600 * 20, 5);
        float[] second = random(700 * 20, 6);
        Matrix matrix = Matrix.of(20, first, second);
        float[] row = new float[20];
        matrix.row(599, row);
        assertThat(row).isEqualTo(Arrays.copyOfRange(first, 599 * 20, 600 * 20));
        matrix.row(600 + 321, row);
        assertThat(row).isEqualTo(Arrays.copyOfRange(second, 321 * 20, 322 * 20));
    }

    @Test
    void a_crew_does_every_piece_once_with_and_without_a_helper() {
        for (int processors : new int[] {1, 2}) {
            Crew crew = new Crew(processors);
            for (int round = 0; round < 3000; round++) {
                int pieces = 1 + round % 9;
                AtomicIntegerArray times = new AtomicIntegerArray(pieces);
                crew.run(pieces, (piece, _) -> times.incrementAndGet(piece));
                for (int i = 0; i < pieces; i++) {
                    assertThat(times.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void the_exponential_is_within_a_few_units_of_the_last_place_everywhere() {
        for (float x = -90; x < 88.7f; x += 0.00713f) {
            double exact = Math.exp(x);
            assertThat((double) Curves.exp(x)).as("exp(%s)", x).isCloseTo(exact, within(exact * 4e-7 + 2e-38));
            assertThat((double) Curves.tanh(x)).as("tanh(%s)", x).isCloseTo(Math.tanh(x), within(3e-7));
        }
        assertThat(Curves.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(Curves.exp(Float.NaN)).isNaN();
        assertThat(Curves.exp(Float.POSITIVE_INFINITY)).isInfinite();
        assertThat(Curves.sigmoid(-200)).isZero();
        assertThat(Curves.sigmoid(200)).isEqualTo(1);
    }
}
