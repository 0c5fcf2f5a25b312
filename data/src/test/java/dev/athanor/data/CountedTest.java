package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void one_is_no_plural_and_large_numbers_can_be_read() {
        assertThat(Counted.of(0, "row")).isEqualTo("0 rows");
        assertThat(Counted.of(1, "row")).isEqualTo("1 row");
        assertThat(Counted.of(12_000, "row")).isEqualTo("12,000 rows");
        assertThat(Counted.of(1, "sample waits", "samples wait")).isEqualTo("1 sample waits");
        assertThat(Counted.of(2, "sample waits", "samples wait")).isEqualTo("2 samples wait");
        assertThat(Counted.were(1)).isEqualTo("was");
        assertThat(Counted.were(0)).isEqualTo("were");
    }
}
