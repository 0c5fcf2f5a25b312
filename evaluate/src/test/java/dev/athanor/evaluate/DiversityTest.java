package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DiversityTest {

    @Test
    void distinct_counts_different_runs_among_all() {
        // words: a b a b | a c      1-grams 6, different a b c; 2-grams ab ba ab ac: 4, different 3; 3-grams aba bab: 2
        Diversity diversity = Diversity.of(List.of("a b a b", "a c"));
        assertThat(diversity.distinct1()).isCloseTo(3 / 6.0, within(1e-12));
        assertThat(diversity.distinct2()).isCloseTo(3 / 4.0, within(1e-12));
        assertThat(diversity.distinct3()).isCloseTo(2 / 2.0, within(1e-12));
    }

    @Test
    void repetition_is_the_share_of_runs_of_four_that_came_before() {
        // "a a a a a a" has three runs of four, one different: 2/3 repeated. "a b c d" has one: 0. Mean 1/3.
        assertThat(Diversity.of(List.of("a a a a a a", "a b c d")).repetition()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void equal_texts_are_wholly_alike_and_strangers_hardly() {
        assertThat(Diversity.of(List.of("we pour green tea now", "we pour green tea now")).selfBleu())
                .isCloseTo(100, within(1e-9));
        assertThat(Diversity.of(List.of("we pour green tea now", "one two three four five")).selfBleu()).isZero();
    }

    @Test
    void chinese_characters_count_one_by_one() {
        assertThat(Words.of("喝茶，喝水 tea-time don't")).containsExactly("喝", "茶", "，", "喝", "水", "tea", "-", "time", "don't");
        assertThat(Diversity.of(List.of("喝茶，喝水")).distinct1()).isCloseTo(4 / 5.0, within(1e-12));
    }

    @Test
    void what_cannot_be_counted_is_not_a_number() {
        assertThat(Diversity.of(List.of()).distinct1()).isNaN();
        assertThat(Diversity.of(List.of("a")).selfBleu()).isNaN();
        assertThat(Diversity.of(List.of("a")).repetition()).isNaN();
    }
}
