package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestSampleTest {
    @Test
    void the_nearest_training_sample_is_found_and_held_against_held_out_ones() {
        Features generated = GoldenFeatures.points(new float[] {0, 1}, new float[] {10, 4}, new float[] {5, 5});
        Features heldOut = GoldenFeatures.points(new float[] {0, 4}, new float[] {10, 2}, new float[] {5, 11});
        NearestSample.Search search = new NearestSample.Search(generated, heldOut);
        search.add(new float[] {0, 0});
        search.add(new float[] {10, 0});
        search.add(new float[] {5, 5});
        NearestSample found = search.result(); // held-out distances: 4, 2, 6
        assertThat(found.typical()).isEqualTo(4);
        assertThat(found.matches())
                .containsExactly(
                        new NearestSample.Match(0, 0, 1, 0.25),
                        new NearestSample.Match(1, 1, 4, 1),
                        new NearestSample.Match(2, 2, 0, 0));
        assertThat(found.share()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(found.realShare()).isZero();
        assertThat(found.nearest(2)).extracting(NearestSample.Match::sample).containsExactly(2, 0);
    }

    @Test
    void copies_are_found_among_many() {
        Features training = GoldenFeatures.of(700, 6, 0, 1);
        float[][] copies = {training.rows()[650], training.rows()[3]};
        NearestSample.Search search =
                new NearestSample.Search(new Features("test", copies), GoldenFeatures.of(300, 6, 0, 2));
        List.of(training.rows()).forEach(search::add);
        NearestSample found = search.result();
        assertThat(found.matches()).extracting(NearestSample.Match::training).containsExactly(650, 3);
        assertThat(found.matches()).extracting(NearestSample.Match::distance).containsExactly(0.0, 0.0);
        assertThat(found.share()).isEqualTo(1);
        assertThat(found.realShare()).isLessThan(0.2);
    }

    @Test
    void data_that_repeat_themselves_are_seen_in_the_share_of_real_ones() {
        Features same = new Features("test", new float[3][2]);
        NearestSample.Search search = new NearestSample.Search(GoldenFeatures.of(2, 2, 5, 1), same);
        search.add(new float[2]);
        NearestSample found = search.result();
        assertThat(found.typical()).isZero();
        assertThat(found.matches().getFirst().relative()).isInfinite();
        assertThat(found.share()).isZero();

        NearestSample.Search copied = new NearestSample.Search(same, same);
        copied.add(new float[2]);
        assertThat(copied.result().matches().getFirst().relative()).isEqualTo(1); // no nearer than real ones
    }

    @Test
    void a_search_without_training_data_is_refused() {
        Features some = GoldenFeatures.of(2, 2, 0, 1);
        NearestSample.Search search = new NearestSample.Search(some, some);
        assertThatIllegalArgumentException()
                .isThrownBy(search::result)
                .withMessage("no training sample to look for copies among: add the data that the model was trained on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.add(new float[3]))
                .withMessage("training sample 0 has 3 features of test and the generated ones have 2: take both from"
                        + " one model at one size");
    }
}
