package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {
    private static List<Long> taken(long total, long wanted) {
        Spread spread = new Spread(total, wanted);
        return LongStream.range(0, total).filter(spread::takes).boxed().toList();
    }

    @Test
    void those_taken_come_from_all_over() {
        assertThat(taken(10, 5)).containsExactly(1L, 3L, 5L, 7L, 9L);
        assertThat(taken(10, 3)).containsExactly(3L, 6L, 9L);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 1, 1", "7, 6, 6", "7, 7, 7", "7, 99, 7", "300, 100, 100", "60000, 9999, 9999"})
    void there_are_as_many_as_wanted_as_far_as_there_are(long total, long wanted, int taken) {
        assertThat(taken(total, wanted)).hasSize(taken);
    }
}
