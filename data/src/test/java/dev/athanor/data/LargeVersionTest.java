package dev.athanor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.duplicate.EqualOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of versions that are too large to wait as wholes, most samples go straight into their files.
class LargeVersionTest {
    /// Behind the first 64 MB there are as many again.
    private static final int SAMPLES = 2600;

    private static final String LONG = "茶 and tea, ".repeat(5_000);

    private final Desk desk;

    LargeVersionTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    @Test
    void samples_are_where_chance_puts_them_in_their_order() {
        SplitPlan.Random plan = new SplitPlan.Random(new Seed(1), SplitPlan.Shares.USUAL);
        List<Sample> samples = samples(_ -> LONG);
        Dataset dataset = write(plan, samples, _ -> Optional.empty());

        assertThat(texts(dataset))
                .isEqualTo(expected(samples, sample -> plan.shares().at(SplitChance.of(plan, samples.get(sample)))));
        dataset.verify();
        assertThat(dataset.manifest().splits()).isEqualTo("random, seed 1, 0.8/0.1/0.1");
    }

    @Test
    void splits_that_end_or_begin_on_the_way_are_whole() {
        List<Sample> samples = samples(_ -> LONG);
        IntFunction<Split> given = i -> i < 3 ? Split.TEST : i > SAMPLES - 3 ? Split.VALIDATION : Split.TRAIN;
        Dataset dataset = write(new SplitPlan.Given(), samples, i -> Optional.of(given.apply(i)));

        assertThat(texts(dataset)).isEqualTo(expected(samples, given));
        assertThat(dataset.manifest().files()).hasSize(3);
        dataset.verify();
    }

    @Test
    void a_book_among_lines_is_divided_by_position() {
        List<Sample> samples = samples(i -> i == 0 ? LONG.repeat(400) : LONG);
        Dataset dataset =
                write(new SplitPlan.Automatic(new Seed(1), SplitPlan.Shares.USUAL), samples, _ -> Optional.empty());

        assertThat(dataset.manifest().splits()).isEqualTo("by position, 0.8/0.1/0.1");
        long characters =
                samples.stream().mapToLong(sample -> sample.text().length()).sum();
        assertThat(dataset.manifest().count(Split.TRAIN).characters()).isEqualTo((long) Math.floor(0.8 * characters));
    }

    @Test
    void long_texts_fill_several_files_and_what_stays_of_them_is_whole() {
        List<Sample> samples = new ArrayList<>(samples(i -> LONG + LONG).subList(0, 260));
        Sample repeated = samples.get(7);
        samples.set(100, new Sample("s100", repeated.text(), new LinkedHashMap<>(), "many.csv:102"));
        IntFunction<Split> given = i -> i < 3 ? Split.TEST : Split.TRAIN;
        Dataset dataset = write(new SplitPlan.Given(), samples, i -> Optional.of(given.apply(i)));
        assertThat(dataset.manifest().files().sequencedKeySet())
                .containsExactly(
                        "data/train-00000-of-00002.parquet",
                        "data/train-00001-of-00002.parquet",
                        "data/test-00000-of-00001.parquet");
        assertThat(texts(dataset)).isEqualTo(expected(samples, given));

        Dataset without = Deduplicator.run(
                        desk.datasets(),
                        dataset,
                        new Deduplicator.Plan(new EqualOnly(), new Keep.First(), Optional.empty()))
                .written()
                .orElseThrow();
        Map<Split, List<String>> left = expected(samples, given);
        left.get(Split.TRAIN).remove(100 - 3);
        assertThat(texts(without)).isEqualTo(left);
        without.verify();
    }

    @Test
    void long_texts_that_come_late_fill_several_files_too() {
        List<Sample> samples = samples(i -> i < 1250 ? LONG : LONG.repeat(8)).subList(0, 1450);
        IntFunction<Split> given = i -> i % 7 == 0 ? Split.TEST : Split.TRAIN;
        Dataset dataset = write(new SplitPlan.Given(), samples, i -> Optional.of(given.apply(i)));

        assertThat(dataset.manifest().files().sequencedKeySet())
                .containsExactly(
                        "data/train-00000-of-00002.parquet",
                        "data/train-00001-of-00002.parquet",
                        "data/test-00000-of-00001.parquet");
        assertThat(texts(dataset)).isEqualTo(expected(samples, given));
        dataset.verify();
    }

    @Test
    void many_rows_are_in_their_order() {
        int rows = 450_000; // several of Parquet's groups of rows, before the first 64 MB and behind them
        String text = "x".repeat(160);
        VersionWriter.Schema schema = new VersionWriter.Schema("rows", Kind.TEXT, "", List.of());
        Dataset dataset = desk.written(schema, new SplitPlan.Given(), writer -> {
            for (int i = 0; i < rows; i++) {
                writer.add(new Sample("s" + i, text, new LinkedHashMap<>(), "rows:" + i), Optional.empty());
            }
        });

        AtomicLong next = new AtomicLong();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            samples.forEach(sample -> assertThat(sample.id()).isEqualTo("s" + next.getAndIncrement()));
        }
        assertThat(next).hasValue(rows);
    }

    @Test
    void nothing_is_left_beside_the_version() throws Exception {
        Dataset dataset = write(
                new SplitPlan.Random(new Seed(1), SplitPlan.Shares.USUAL), samples(_ -> LONG), _ -> Optional.empty());

        try (Stream<Path> files = Files.list(dataset.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("data", "manifest.json", "report.json");
        }
    }

    @Test
    void a_file_that_is_damaged_in_the_middle_does_not_just_end_there() throws Exception {
        VersionWriter.Schema schema = new VersionWriter.Schema("lines", Kind.TEXT, "", List.of());
        Dataset dataset = desk.written(schema, new SplitPlan.Given(), writer -> {
            for (int i = 0; i < 400_000; i++) { // more than one of Parquet's groups of rows
                String line = "line " + i * 7919L % 1_000_003;
                writer.add(new Sample("s" + i, line, new LinkedHashMap<>(), "lines:" + i), Optional.empty());
            }
        });
        Path file = dataset.folder().resolve("data/train-00000-of-00001.parquet");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length * 4 / 5; i < bytes.length * 5 / 6; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);

        AtomicLong read = new AtomicLong();
        try (Stream<Sample> samples = dataset.samples(Split.TRAIN)) {
            assertThatThrownBy(() -> samples.forEach(_ -> read.incrementAndGet()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("train-00000-of-00001.parquet cannot be read as Parquet")
                    .hasMessageNotContaining("LINE 1")
                    .hasMessageContaining("Restore it from a backup, or import the data again");
        }
        assertThat(read).hasPositiveValue();
    }

    private static List<Sample> samples(IntFunction<String> text) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            SequencedMap<String, String> fields = new LinkedHashMap<>();
            if (i % 2 == 0) {
                fields.put("kind", "even");
            }
            samples.add(new Sample("s" + i, i + " " + text.apply(i), fields, "many.csv:" + (i + 2)));
        }
        return samples;
    }

    private Dataset write(SplitPlan plan, List<Sample> samples, IntFunction<Optional<Split>> given) {
        VersionWriter.Schema schema = new VersionWriter.Schema("many", Kind.TEXT, "", List.of("kind"));
        return desk.written(schema, plan, writer -> {
            for (int i = 0; i < samples.size(); i++) {
                writer.add(samples.get(i), given.apply(i));
            }
        });
    }

    /// Ids, fields, origins and lengths, in their order: the texts themselves would be much to say where they differ.
    private static Map<Split, List<String>> texts(Dataset dataset) {
        Map<Split, List<String>> texts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            try (Stream<Sample> samples = dataset.samples(split)) {
                texts.put(split, samples.map(LargeVersionTest::shortly).toList());
            }
            assertThat(dataset.count(split)).isEqualTo(texts.get(split).size());
        }
        return texts;
    }

    private static Map<Split, List<String>> expected(List<Sample> samples, IntFunction<Split> where) {
        Map<Split, List<String>> expected = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            expected.put(split, new ArrayList<>());
        }
        for (int i = 0; i < samples.size(); i++) {
            expected.get(where.apply(i)).add(shortly(samples.get(i)));
        }
        return expected;
    }

    private static String shortly(Sample sample) {
        return "%s %s %s %s %d"
                .formatted(
                        sample.id(),
                        sample.text().substring(0, 20),
                        sample.fields(),
                        sample.origin(),
                        sample.text().length());
    }
}
