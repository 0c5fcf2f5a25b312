package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import dev.athanor.data.image.Image;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    @Test
    void no_sample_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Features("classifier shop", new float[0][]))
                .withMessage("no sample with features of classifier shop: give at least one");
    }

    @Test
    void rows_of_different_lengths_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Features("classifier shop", new float[][] {{1, 2}, {1}}))
                .withMessage("sample 1 has 1 features of classifier shop and sample 0 has 2: all must have the same"
                        + " number, at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Features("classifier shop", new float[1][0]))
                .withMessageContaining("at least 1");
    }

    @Test
    void what_is_no_finite_number_is_refused_with_its_place() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Features("classifier shop", new float[][] {{1, 2}, {1, Float.NaN}}))
                .withMessage("feature 1 of sample 1 is NaN: expected finite numbers; look at the sample and at the"
                        + " weights of classifier shop, one of them is broken");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Features("classifier shop", new float[][] {{Float.NEGATIVE_INFINITY}}))
                .withMessageContaining("feature 0 of sample 0 is -Infinity");
    }

    @Test
    void sets_of_two_models_are_not_compared() {
        Features ours = new Features("classifier shop", new float[2][3]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.of(ours, new Features("pixels", new float[2][3])))
                .withMessage("features of classifier shop against features of pixels: a distance needs both from one"
                        + " model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.of(ours, new Features("classifier shop", new float[2][4])))
                .withMessage("3 features against 4, both said to be of classifier shop: give both sets to the same"
                        + " model at the same size");
    }

    @Test
    void pixels_are_from_0_to_1() {
        Image picture = new Image(3, 1, 1, new byte[] {0, 51, (byte) 255});
        assertThat(Features.pixels(List.of(picture)).rows()[0]).containsExactly(0, 0.2f, 1);
    }

    @Test
    void a_draw_takes_each_sample_at_most_once_and_leaves_the_set_as_it_is() {
        Features all = new Features("test", new float[][] {{0}, {1}, {2}, {3}, {4}});
        Features drawn = all.draw(5, new Seed(1));
        assertThat(Arrays.stream(drawn.rows()).map(row -> row[0])).containsExactlyInAnyOrder(0f, 1f, 2f, 3f, 4f);
        assertThat(all.rows()[0]).containsExactly(0);
        assertThat(all.draw(2, new Seed(1)).rows())
                .isEqualTo(all.draw(2, new Seed(1)).rows());
    }

    @Test
    void large_pictures_are_shrunk_until_all_pairs_of_their_numbers_fit() {
        byte[] half = new byte[64 * 48 * 3];
        Arrays.fill(half, half.length / 2, half.length, (byte) 255);
        Features few = Features.fewPixels(List.of(new Image(64, 48, 3, half)));
        assertThat(few.source()).isEqualTo("pixels of pictures shrunk to 16 x 12"); // a third would be 1,056 numbers
        assertThat(few.rows()[0]).hasSize(16 * 12 * 3).startsWith(0f, 0f, 0f).endsWith(1f, 1f, 1f);
        List<Image> little = List.of(new Image(32, 32, 1, new byte[1024]));
        assertThat(Features.fewPixels(little).source()).isEqualTo("pixels");
        assertThat(Features.fewPixels(little).width()).isEqualTo(1024);
    }
}
