package dev.athanor.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Sample;
import dev.athanor.data.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateSearchTest {
    private static final TextLikeness USUAL = new TextLikeness(TextLikeness.Settings.USUAL);

    @TempDir
    private Path folder;

    private record Found(List<String> equal, List<Pair> similar, long compared) {}

    private Found find(List<String> texts) throws IOException {
        return find(texts, (_, _) -> true);
    }

    private Found find(List<String> texts, Search.Wanted wanted) throws IOException {
        List<String> equal = new ArrayList<>();
        List<Pair> similar = new ArrayList<>();
        Path place = Files.createTempDirectory(folder, "search");
        try (DuplicateSearch search = new DuplicateSearch(USUAL, place, texts.size(), 3)) {
            search.look(
                    taker -> {
                        for (int i = 0; i < texts.size(); i++) {
                            taker.take(i, new Sample("s" + i, texts.get(i), new LinkedHashMap<>(), "list:" + i));
                        }
                    },
                    Optional.empty());
            search.equal((first, second) -> equal.add(first + "=" + second));
            search.similar(wanted, similar::add);
            for (Pair pair : similar) {
                assertThat(search.named(pair.second()).id()).isEqualTo("s" + pair.second());
            }
            return new Found(equal, similar, search.compared());
        }
    }

    /// Words by number, many common and some rare.
    private static String text(RandomGenerator random, int words) {
        return random.ints(words, 0, 2000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    @Test
    void nothing_one_and_what_has_no_words_have_no_duplicates() throws IOException {
        assertThat(find(List.of())).isEqualTo(new Found(List.of(), List.of(), 0));
        assertThat(find(List.of("alone"))).isEqualTo(new Found(List.of(), List.of(), 0));
        assertThat(find(List.of("...", "!!!", "???"))).isEqualTo(new Found(List.of(), List.of(), 0));
    }

    @Test
    void equal_is_equal_to_the_letter_and_similar_is_the_rest() throws IOException {
        Found found = find(List.of("Good tea.", "good tea", "Bad tea.", "Good tea.", "Good tea.", "..", ".."));
        assertThat(found.equal()).containsExactlyInAnyOrder("0=3", "0=4", "5=6");
        assertThat(found.similar()).containsExactly(new Pair(0, 1, 1));
    }

    @Test
    void every_pair_far_above_the_threshold_is_found_as_if_all_were_compared() throws IOException {
        RandomGenerator random = new Seed(11).random();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1500; i++) { // more than two batches
            texts.add(i % 3 == 2 ? texts.get(random.nextInt(i)) + " end" + i : text(random, 80));
        }
        List<Pair> expected = new ArrayList<>();
        List<int[]> sets = texts.stream()
                .map(text -> Shingles.distinct(Shingles.USUAL.of(text)))
                .toList();
        for (int i = 0; i < sets.size(); i++) {
            for (int j = i + 1; j < sets.size(); j++) {
                double similarity = Shingles.similarity(sets.get(i), sets.get(j));
                if (similarity >= 0.95) { // where one in 400,000 is missed
                    expected.add(new Pair(i, j, similarity));
                }
            }
        }
        Found found = find(texts);
        assertThat(found.similar().stream()
                        .filter(pair -> pair.similarity() >= 0.95)
                        .toList())
                .isEqualTo(expected)
                .hasSizeGreaterThan(500);
        assertThat(found.similar()).allMatch(pair -> pair.similarity() >= 0.7);
        assertThat(find(texts)).isEqualTo(found);
    }

    @Test
    void thousands_of_one_form_are_bound_together_by_few_comparisons() throws IOException {
        String form = text(new Seed(12).random(), 100);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            texts.add(form + " number" + i);
        }
        Found found = find(texts);
        Groups groups = new Groups(texts.size());
        found.similar().forEach(pair -> groups.unite(pair.first(), pair.second()));
        for (int i = 0; i < texts.size(); i++) {
            assertThat(groups.first(i)).isZero();
        }
        assertThat(found.compared()).isLessThan(3000 * 70); // of 4,498,500
    }

    @Test
    void only_wanted_pairs_are_compared() throws IOException {
        List<String> texts =
                List.of("one two three four five six", "One two three four five six", "ONE two three four five six");
        Found found = find(texts, (first, second) -> first == 0 && second == 2);
        assertThat(found.similar()).containsExactly(new Pair(0, 2, 1));
        assertThat(found.compared()).isEqualTo(1);
    }

    @Test
    void a_text_of_millions_of_letters_is_compared_like_any_other() throws IOException {
        String text = text(new Seed(13).random(), 400_000);
        assertThat(find(List.of(text, "short", text + " end", text)).similar())
                .singleElement()
                .satisfies(pair -> assertThat(pair.similarity()).isBetween(0.99999, 0.9999999));
    }
}
