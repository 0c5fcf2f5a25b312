package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static List<Map<String, String>> told(String... kinds) {
        return Stream.of(kinds).map(kind -> Map.of("kind", kind)).toList();
    }

    @Test
    void right_ones_are_counted_over_all_and_for_each_label() {
        Recognition found = Recognition.of(
                "judge",
                "kind",
                told("茶", "tea", "tea", "cup", "cup", "cup"),
                List.of("tea", "tea", "tea", "tea", "cup", "tea"));
        assertThat(found.right()).isEqualTo(3);
        assertThat(found.share()).isEqualTo(0.5);
        assertThat(found.byField().get("kind").keySet()).containsExactly("cup", "tea", "茶");
        assertThat(found.byField().get("kind").get("cup")).isEqualTo(new Recognition.Count(1, 3));
        assertThat(found.byField().get("kind").get("tea").share()).isEqualTo(1);
    }

    @Test
    void fields_that_the_judge_does_not_know_are_counted_by_what_it_recognises_of_its_own() {
        Recognition found = Recognition.of(
                "judge",
                "kind",
                List.of(
                        Map.of("shade", "dark", "kind", "cup"),
                        Map.of("kind", "pot", "shade", "dark"),
                        Map.of("kind", "cup")),
                List.of("cup", "cup", "cup"));
        assertThat(found.byField().keySet()).containsExactly("kind", "shade");
        assertThat(found.byField().get("shade")).isEqualTo(Map.of("dark", new Recognition.Count(1, 2)));
        assertThat(found.byField().get("kind"))
                .isEqualTo(Map.of("cup", new Recognition.Count(2, 2), "pot", new Recognition.Count(0, 1)));
    }

    @Test
    void errors_come_most_frequent_first_and_labels_never_seen_are_named() {
        Recognition found = Recognition.of("judge", "kind", told("a", "b", "c", "c"), List.of("b", "a", "b", "b"));
        assertThat(found.confusions())
                .containsExactly(
                        new Recognition.Confusion("c", "b", 2),
                        new Recognition.Confusion("a", "b", 1),
                        new Recognition.Confusion("b", "a", 1));
        assertThat(found.missing()).containsExactly("c");
    }

    @Test
    void all_right_has_no_errors() {
        Recognition found = Recognition.of("judge", "kind", told("a"), List.of("a"));
        assertThat(found.share()).isEqualTo(1);
        assertThat(found.confusions()).isEmpty();
        assertThat(found.missing()).isEmpty();
    }

    @Test
    void labels_that_do_not_belong_together_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recognition.of("judge", "kind", told("a", "b"), List.of("a")))
                .withMessage("2 samples asked for but 1 recognised by judge: give one of each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recognition.of("judge", "kind", List.of(), List.of()))
                .withMessage("no sample for judge to recognise: give at least one");
    }
}
