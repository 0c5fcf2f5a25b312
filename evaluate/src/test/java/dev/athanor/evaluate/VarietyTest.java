package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import org.junit.jupiter.api.Test;

class VarietyTest {
    private static final Seed SEED = new Seed(1);

    @Test
    void distances_are_those_known_by_hand() {
        Features real = GoldenFeatures.points(new float[] {0}, new float[] {2}, new float[] {6}); // 2, 4, 6
        Features generated = GoldenFeatures.points(new float[] {0}, new float[] {1}, new float[] {3}); // 1, 2, 3
        Variety variety = Variety.of(real, generated, SEED);
        assertThat(variety.spread()).isCloseTo(0.5, within(1e-12));
        assertThat(variety.gap()).isCloseTo(0.5, within(1e-12));
        assertThat(variety.different()).isEqualTo(3);
        assertThat(variety.count()).isEqualTo(3);
    }

    @Test
    void samples_from_the_same_source_are_as_varied_as_real_ones() {
        Variety variety = Variety.of(GoldenFeatures.of(200, 5, 0, 1), GoldenFeatures.of(300, 5, 0, 2), SEED);
        assertThat(variety.count()).isEqualTo(200);
        assertThat(variety.verdict()).isEqualTo(Variety.Verdict.VARIED);
        assertThat(variety.words())
                .matches("as varied as real ones: two samples differ \\d+ % as much as two real ones, the nearest"
                        + " ones \\d+ %; 200 of 200 are different");
    }

    @Test
    void one_sample_again_and_again_is_a_collapse() {
        Variety variety = Variety.of(GoldenFeatures.of(50, 5, 0, 1), new Features("test", new float[50][5]), SEED);
        assertThat(variety.verdict()).isEqualTo(Variety.Verdict.COLLAPSED);
        assertThat(variety.words())
                .isEqualTo("mode collapse, the model makes nearly the same again and again: two samples differ 0 % as"
                        + " much as two real ones, the nearest ones 0 %; 1 of 50 are different; train with other"
                        + " settings, or take an earlier checkpoint");
    }

    @Test
    void a_few_samples_that_come_again_are_a_collapse_although_they_are_far_apart() {
        Features real = GoldenFeatures.of(60, 5, 0, 1);
        float[][] rows = new float[60][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = real.rows()[i % 10];
        }
        Variety variety = Variety.of(real, new Features("test", rows), SEED);
        assertThat(variety.spread()).isGreaterThan(0.8);
        assertThat(variety.gap()).isZero();
        assertThat(variety.different()).isEqualTo(10);
        assertThat(variety.verdict()).isEqualTo(Variety.Verdict.COLLAPSED);
    }

    @Test
    void samples_that_keep_to_the_middle_are_narrow() {
        Features real = GoldenFeatures.of(60, 5, 0, 1);
        float[][] rows = new float[60][5];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 5; j++) {
                rows[i][j] = real.rows()[i][j] * 0.7f;
            }
        }
        Variety variety = Variety.of(real, new Features("test", rows), SEED);
        assertThat(variety.verdict()).isEqualTo(Variety.Verdict.NARROW);
        assertThat(variety.words()).startsWith("less varied than real ones: two samples differ 70 %");
    }

    @Test
    void training_data_that_are_all_the_same_are_said_as_such() {
        Features same = new Features("test", new float[9][5]);
        assertThat(Variety.of(same, same, SEED).words())
                .isEqualTo("all 9 real samples are the same, so a model can only learn that one: look at what was"
                        + " imported");
        assertThat(Variety.of(same, GoldenFeatures.of(9, 5, 0, 1), SEED).verdict())
                .isEqualTo(Variety.Verdict.SAME_DATA);
    }

    @Test
    void one_sample_is_refused() {
        Features two = GoldenFeatures.of(2, 2, 0, 1);
        Features one = GoldenFeatures.of(1, 2, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Variety.of(two, one, SEED))
                .withMessage("1 sample, but variety needs at least 2: generate or hold out more");
    }
}
