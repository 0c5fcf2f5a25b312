package dev.athanor.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.Blas.View;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlasTest {

    @BeforeAll
    static void start() {
        Engine.start(Device.CPU);
        Blas.onOneThread();
    }

    /// Sizes on both sides of what small kernels take, and ones that are taken in parts.
    @ParameterizedTest(name = "{0} x {1}, {2} within")
    @CsvSource({
        "1, 1, 1",
        "3, 5, 2",
        "64, 64, 64",
        "100, 100, 100",
        "101, 100, 100",
        "130, 128, 64",
        "7, 400, 500",
        "300, 17, 33"
    })
    void products_of_every_arrangement_are_sums_of_products(int rows, int columns, int inner) {
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                View a = view(rows, inner, left, 1);
                View b = view(inner, columns, right, 2);
                View c = view(rows, columns, false, 3);
                double[] expected = product(a, b);
                Blas.set(c, a, b);
                compare(c, expected, 1);
                Blas.add(c, a, b);
                compare(c, expected, 2);
            }
        }
    }

    private static View view(int rows, int columns, boolean transposed, int seed) {
        Random random = new Random(seed);
        int stored = transposed ? columns : rows;
        int stride = (transposed ? rows : columns) + 3;
        float[] values = new float[5 + stored * stride];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return new View(values, 5, rows, columns, stride, transposed);
    }

    private static float at(View view, int row, int column) {
        return view.values()[
                view.at() + (view.transposed() ? column * view.stride() + row : row * view.stride() + column)];
    }

    private static double[] product(View a, View b) {
        double[] product = new double[a.rows() * b.columns()];
        for (int row = 0; row < a.rows(); row++) {
            for (int k = 0; k < a.columns(); k++) {
                for (int column = 0; column < b.columns(); column++) {
                    product[row * b.columns() + column] += (double) at(a, row, k) * at(b, k, column);
                }
            }
        }
        return product;
    }

    private static void compare(View c, double[] expected, int times) {
        for (int row = 0; row < c.rows(); row++) {
            for (int column = 0; column < c.columns(); column++) {
                assertThat((double) at(c, row, column))
                        .isCloseTo(times * expected[row * c.columns() + column], within(2e-4));
            }
        }
        Random random = new Random(3);
        for (int i = 0; i < 5; i++) {
            assertThat(c.values()[i]).isEqualTo(random.nextFloat() * 2 - 1); // nothing is written before it
        }
    }

    /// The garbage collector moves arrays.
    @Test
    void the_same_product_gives_the_same_bits_wherever_its_arrays_stand() {
        float[] first = shifted(0);
        for (int at = 1; at < 17; at++) {
            assertThat(shifted(at)).isEqualTo(first);
        }
    }

    private static float[] shifted(int at) {
        float[] a = new float[at + 33 * 65];
        float[] b = new float[2 * at + 65 * 47];
        float[] c = new float[3 * at + 33 * 47];
        for (int i = 0; i < 33 * 65; i++) {
            a[at + i] = (float) Math.sin(i);
        }
        for (int i = 0; i < 65 * 47; i++) {
            b[2 * at + i] = (float) Math.cos(i);
        }
        Blas.set(View.of(c, 3 * at, 33, 47), View.of(a, at, 33, 65), View.of(b, 2 * at, 65, 47));
        return Arrays.copyOfRange(c, 3 * at, c.length);
    }

    @Test
    void sizes_that_do_not_fit_together_are_refused() {
        View a = View.of(new float[6], 0, 2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blas.set(View.of(new float[4], 0, 2, 2), a, a))
                .withMessageContaining("the inner sizes must be equal");
    }

    @Test
    void the_other_library_is_for_small_products_on_amd_with_avx_512() {
        assertThat(SmallProducts.suits("vendor_id : AuthenticAMD\nflags : fma avx2 avx512f"))
                .isTrue();
        assertThat(SmallProducts.suits("vendor_id : AuthenticAMD\nflags : fma avx2"))
                .isFalse();
        assertThat(SmallProducts.suits("vendor_id : GenuineIntel\nflags : fma avx2 avx512f"))
                .isFalse();
        assertThat(SmallProducts.rows(64, 64, 64)).isEqualTo(Optional.of(64));
        assertThat(SmallProducts.rows(100, 128, 128)).isEqualTo(Optional.of(50)); // 61 at most, in equal parts
        assertThat(SmallProducts.rows(64, 256, 256)).isEqualTo(Optional.of(13));
        assertThat(SmallProducts.rows(64, 512, 512)).isEmpty();
        assertThat(SmallProducts.rows(3, 256, 256)).isEqualTo(Optional.of(3));
    }
}
