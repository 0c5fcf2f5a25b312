package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private final List<List<Long>> given = new ArrayList<>();
    private final List<Long> weights = new ArrayList<>();

    private Batches<Long> batches() {
        return new Batches<>(number -> number, (batch, weight) -> {
            given.add(batch);
            weights.add(weight);
        });
    }

    @Test
    void all_come_in_order_however_many_and_nothing_makes_no_batch() throws IOException {
        for (int count : new int[] {0, 1, 511, 512, 513, 1024, 2000}) {
            given.clear();
            List<Long> numbers = Collections.nCopies(count, 1L);
            batches().addAll(numbers.iterator());
            assertThat(given.stream().mapToInt(List::size).sum()).isEqualTo(count);
            assertThat(given).hasSize((count + 511) / 512).allMatch(batch -> batch.size() <= 512);
        }
    }

    @Test
    void a_heavy_one_ends_its_batch_and_the_weight_is_told() throws IOException {
        batches().addAll(List.of(7L, 1L << 18, 1L, 1L << 30, 2L).iterator());
        assertThat(given).containsExactly(List.of(7L, 1L << 18), List.of(1L, 1L << 30), List.of(2L));
        assertThat(weights).containsExactly((1L << 18) + 7, (1L << 30) + 1, 2L);
    }

    @Test
    void what_is_in_fields_and_files_weighs_too() {
        Sample row = new Sample("1", "", new LinkedHashMap<>(Map.of("a", "12345", "b", "1")), "f");
        assertThat(row.weight()).isEqualTo(6);
        Sample picture = new Sample("1", "tea", new Media(new byte[100], "p.png"), new LinkedHashMap<>(), "f");
        assertThat(picture.weight()).isEqualTo(103);
    }
}
