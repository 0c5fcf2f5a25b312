package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    @Test
    void right_ones_are_counted_over_all_and_for_each_label() {
        Recognition found = Recognition.of(
                "judge",
                List.of("茶", "tea", "tea", "cup", "cup", "cup"),
                List.of("tea", "tea", "tea", "tea", "cup", "tea"));
        assertThat(found.right()).isEqualTo(3);
        assertThat(found.share()).isEqualTo(0.5);
        assertThat(found.byLabel().keySet()).containsExactly("cup", "tea", "茶");
        assertThat(found.byLabel().get("cup")).isEqualTo(new Recognition.Count(1, 3));
        assertThat(found.byLabel().get("tea").share()).isEqualTo(1);
    }

    @Test
    void errors_come_most_frequent_first_and_labels_never_seen_are_named() {
        Recognition found = Recognition.of("judge", List.of("a", "b", "c", "c"), List.of("b", "a", "b", "b"));
        assertThat(found.confusions())
                .containsExactly(
                        new Recognition.Confusion("c", "b", 2),
                        new Recognition.Confusion("a", "b", 1),
                        new Recognition.Confusion("b", "a", 1));
        assertThat(found.missing()).containsExactly("c");
    }

    @Test
    void all_right_has_no_errors() {
        Recognition found = Recognition.of("judge", List.of("a"), List.of("a"));
        assertThat(found.share()).isEqualTo(1);
        assertThat(found.confusions()).isEmpty();
        assertThat(found.missing()).isEmpty();
    }

    @Test
    void labels_that_do_not_belong_together_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recognition.of("judge", List.of("a", "b"), List.of("a")))
                .withMessage("2 labels asked for but 1 recognised by judge: give one of each for every sample");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recognition.of("judge", List.of(), List.of()))
                .withMessage("no sample for judge to recognise: give at least one");
    }
}
