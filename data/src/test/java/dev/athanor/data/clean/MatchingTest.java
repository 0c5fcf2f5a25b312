package dev.athanor.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MatchingTest {
    private static Matching of(String regex, Matching.Action action) {
        return new Matching(regex, action, "", "", 2);
    }

    @Test
    void what_matches_is_dropped_kept_or_replaced() {
        assertThat(Treated.by(of("(?i)sold out", Matching.Action.DROP), "Tea, Sold Out"))
                .isEqualTo("dropped: pattern found");
        assertThat(Treated.by(of("茶", Matching.Action.KEEP), "咖啡")).isEqualTo("dropped: pattern not found");
        assertThat(Treated.by(of("茶", Matching.Action.KEEP), "绿茶")).isEqualTo("绿茶");
        assertThat(Treated.by(new Matching("(\\d+) g", Matching.Action.REPLACE, "$1 grams", "", 2), "50 g or 100 g"))
                .isEqualTo("50 grams or 100 grams");
    }

    @Test
    void an_expression_that_explodes_drops_the_text_and_not_the_run() {
        String evil = "a".repeat(60) + "!";
        for (String regex : new String[] {"(.*a){25}$", "(a*)*\\1c"}) {
            assertThat(Treated.by(of(regex, Matching.Action.DROP), evil + "b".repeat(10)))
                    .as(regex)
                    .isEqualTo("dropped: the regular expression takes too long");
        }
    }

    @Test
    void an_expression_that_goes_too_deep_drops_the_text_and_not_the_run() {
        assertThat(Treated.by(of("(?:a|b)*c", Matching.Action.DROP), "ab".repeat(1_000_000)))
                .startsWith("dropped: the regular expression ");
    }

    @Test
    void a_long_text_may_be_looked_at_as_often_as_it_needs() {
        assertThat(Treated.by(of("z$", Matching.Action.DROP), "a".repeat(5_000_000) + "z"))
                .isEqualTo("dropped: pattern found");
    }

    @Test
    void a_replacement_that_does_not_fit_is_refused_before_it_is_needed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Matching("a", Matching.Action.REPLACE, "$1", "", 2))
                .withMessage(
                        "with is \"$1\", which does not fit the regular expression: No group 1. Write \\$ for a dollar sign");
    }
}
