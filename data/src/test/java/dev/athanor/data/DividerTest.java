package dev.athanor.data;

import static dev.athanor.data.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DividerTest {
    private static final SplitPlan.Shares SHARES = new SplitPlan.Shares(0.6, 0.2, 0.2);

    private final Desk desk;

    DividerTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    private Dataset imported(int rows, IntFunction<String> row) throws IOException {
        StringBuilder csv = new StringBuilder("text,kind,when\n");
        for (int i = 0; i < rows; i++) {
            csv.append(row.apply(i)).append('\n');
        }
        return desk.imported(ImportOptions.of("talk"), desk.file("talk.csv", csv.toString()));
    }

    private Dataset divided(Dataset dataset, SplitPlan plan) {
        return Divider.run(desk.datasets(), dataset, plan, Divider.Together.EQUAL);
    }

    private static Map<String, Long> kinds(Dataset dataset, Split split) {
        return samples(dataset, split).stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.fields().get("kind"), TreeMap::new, Collectors.counting()));
    }

    @Test
    void every_value_of_a_field_has_its_share_of_each_part() throws IOException {
        Dataset dataset =
                imported(120, i -> "sentence number %d,%s,2026".formatted(i, i % 6 == 0 ? "question" : "answer"));
        Dataset divided = divided(dataset, new SplitPlan.Stratified("kind", new Seed(1), SHARES));
        assertThat(kinds(divided, Split.TRAIN)).isEqualTo(Map.of("question", 12L, "answer", 60L));
        assertThat(kinds(divided, Split.VALIDATION)).isEqualTo(Map.of("question", 4L, "answer", 20L));
        assertThat(kinds(divided, Split.TEST)).isEqualTo(Map.of("question", 4L, "answer", 20L));
        assertThat(divided.manifest().splits()).isEqualTo("stratified by kind, seed 1, 0.6/0.2/0.2");
    }

    @Test
    void equal_texts_of_a_stratum_stay_together() throws IOException {
        Dataset dataset = imported(200, i -> "sentence number %d,answer,2026".formatted(i % 20));
        Dataset divided = divided(dataset, new SplitPlan.Stratified("kind", new Seed(1), SHARES));
        List<String> learnt =
                samples(divided, Split.TRAIN).stream().map(Sample::text).toList();
        assertThat(samples(divided, Split.TEST)).isNotEmpty().noneMatch(sample -> learnt.contains(sample.text()));
    }

    @Test
    void the_newest_are_tested_and_a_moment_stays_together() throws IOException {
        Dataset dataset = imported(
                50,
                i -> "news %d,a,%s".formatted(i, i % 2 == 0 ? "2026-01-%02d".formatted(30 - i / 2) : 1_700_000_000));
        Dataset divided = divided(dataset, new SplitPlan.Time("when", SHARES));
        assertThat(samples(divided, Split.TRAIN))
                .hasSizeGreaterThanOrEqualTo(25)
                .filteredOn(sample -> sample.fields().get("when").equals("1700000000"))
                .hasSize(25);
        assertThat(samples(divided, Split.TEST))
                .allMatch(sample -> sample.fields().get("when").compareTo("2026-01-20") > 0);
        assertThat(divided.manifest().splits()).isEqualTo("by time (when), 0.6/0.2/0.2");
    }

    @Test
    void what_is_no_time_is_refused_with_its_place() throws IOException {
        Dataset dataset = imported(4, i -> "news %d,a,%s".formatted(i, i == 2 ? "tomorrow" : "2026-01-01"));
        assertThatThrownBy(() -> divided(dataset, new SplitPlan.Time("when", SHARES)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("talk.csv:4", "\"when\" is \"tomorrow\", which is no time", "seconds since");
        assertThat(desk.datasets().versions("talk")).hasSize(1);
    }

    @Test
    void a_field_that_is_not_there_is_refused_before_anything_is_read() throws IOException {
        Dataset dataset = imported(4, i -> "news %d,a,1".formatted(i));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> divided(dataset, new SplitPlan.Group("kinds", new Seed(1), SHARES)))
                .withMessage("talk has no field \"kinds\" to divide by (did you mean \"kind\"?); it has kind, when");
    }

    /// Twenty sentences of ten words, each in five wordings that differ in the last word.
    private static String similar(int number) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            words.append("w").append(number % 20 * 40 + i).append(' ');
        }
        return words + "end" + number / 20 + "," + (number % 2 == 0 ? "a" : "b") + ",1";
    }

    private static int parted(Dataset dataset) {
        Map<String, Set<Split>> places = new TreeMap<>();
        for (Split split : Split.values()) {
            samples(dataset, split)
                    .forEach(sample -> places.computeIfAbsent(
                                    sample.text().substring(0, sample.text().lastIndexOf(' ')), _ -> new HashSet<>())
                            .add(split));
        }
        return (int)
                places.values().stream().filter(splits -> splits.size() > 1).count();
    }

    @Test
    void similar_texts_are_never_parted_by_chance() throws IOException {
        Dataset dataset = imported(100, DividerTest::similar);
        SplitPlan random = new SplitPlan.Random(new Seed(1), SHARES);
        assertThat(parted(Divider.run(desk.datasets(), dataset, random, Divider.Together.EQUAL)))
                .isGreaterThan(10);
        Dataset together = Divider.run(desk.datasets(), dataset, random, Divider.Together.SIMILAR);
        assertThat(parted(together)).isZero();
        assertThat(samples(together, Split.TEST)).hasSizeBetween(5, 50);
    }

    @Test
    void nor_are_they_by_strata() throws IOException {
        Dataset dataset = imported(100, DividerTest::similar);
        SplitPlan plan = new SplitPlan.Stratified("kind", new Seed(1), SHARES);
        assertThat(parted(Divider.run(desk.datasets(), dataset, plan, Divider.Together.SIMILAR)))
                .isZero();
    }
}
