package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void of_words_that_are_equally_near_one_with_swapped_letters_is_meant_rather_than_one_that_lost_some() {
        assertThat(Nearest.to("--nmae", List.of("--map", "--name"))).contains("--name");
    }

    @Test
    void what_shares_less_than_half_is_not_meant() {
        assertThat(Nearest.to("perplexity", List.of("html", "length"))).isEmpty();
        assertThat(Nearest.hint("x", List.of())).isEmpty();
    }
}
