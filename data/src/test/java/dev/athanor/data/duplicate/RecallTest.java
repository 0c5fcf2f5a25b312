package dev.athanor.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pairs of a known similarity, planted.
class RecallTest {
    private static final int PAIRS = 1000;
    private static final int WORDS = 60; // of both texts together

    @TempDir
    private Path folder;

    /// Two texts that share some of all their words; no other text has any of these.
    private static List<Sample> pair(int number, int common) {
        List<String> a = new ArrayList<>();
        List<String> b = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            String word = "w%dx%d".formatted(number, i);
            boolean both = i < common;
            if (both || i % 2 == 0) {
                a.add(word);
            }
            if (both || i % 2 == 1) {
                b.add(word);
            }
        }
        java.util.Collections.shuffle(b, new java.util.Random(number));
        return List.of(sample(2 * number, String.join(" ", a)), sample(2 * number + 1, String.join(" ", b)));
    }

    private static Sample sample(int number, String text) {
        return new Sample("s" + number, text, new LinkedHashMap<>(), "planted:" + number);
    }

    private static TextLikeness likeness(double threshold) {
        return new TextLikeness(new TextLikeness.Settings(new Shingles(Shingles.Unit.WORDS, 1), 128, threshold));
    }

    private static boolean share(long[] a, long[] b) {
        Set<Long> keys = LongStream.of(a).boxed().collect(Collectors.toSet());
        return LongStream.of(b).anyMatch(keys::contains);
    }

    @Test
    void as_many_pairs_are_found_at_each_similarity_as_the_curve_says_within_two_sigma() {
        TextLikeness likeness = likeness(0.7);
        for (int common = 24; common <= 57; common += 3) {
            double similarity = common / (double) WORDS;
            int found = 0;
            for (int i = 0; i < PAIRS; i++) {
                List<Sample> pair = pair(common * PAIRS + i, common);
                Likeness.Print a = likeness.print(pair.getFirst());
                Likeness.Print b = likeness.print(pair.getLast());
                assertThat(likeness.similarity(a.features(), b.features())).isEqualTo(similarity, within(1e-12));
                found += share(a.keys(), b.keys()) ? 1 : 0;
            }
            double expected = likeness.banding().found(similarity);
            double sigma = Math.sqrt(expected * (1 - expected) / PAIRS);
            assertThat(found / (double) PAIRS)
                    .as("similarity %s", similarity)
                    .isEqualTo(expected, within(2 * sigma + 0.5 / PAIRS)); // half a pair: counts are whole
        }
    }

    @Test
    void what_is_reported_is_what_shares_a_key_and_is_similar_and_nothing_else() throws IOException {
        TextLikeness likeness = likeness(0.7);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            samples.addAll(pair(i, 36 + i % 24));
        }
        List<Pair> expected = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += 2) {
            Likeness.Print a = likeness.print(samples.get(i));
            Likeness.Print b = likeness.print(samples.get(i + 1));
            double similarity = likeness.similarity(a.features(), b.features());
            if (similarity >= 0.7 && share(a.keys(), b.keys())) {
                expected.add(new Pair(i, i + 1, similarity));
            }
        }
        List<Pair> found = new ArrayList<>();
        try (DuplicateSearch search =
                new DuplicateSearch(likeness, Files.createDirectory(folder.resolve("s")), 2 * PAIRS, 2)) {
            search.look(
                    taker -> {
                        for (int i = 0; i < samples.size(); i++) {
                            taker.take(i, samples.get(i));
                        }
                    },
                    Optional.empty());
            search.equal((first, second) ->
                    assertThat(first).as("equal to %d", second).isNegative());
            search.similar((_, _) -> true, found::add);
        }
        assertThat(found).isEqualTo(expected).hasSizeBetween(600, 700);
    }
}
