package dev.athanor.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassageSearchTest {
    private static final PassageSearch.Means ONE = new PassageSearch.Means(1, 1 << 12, -1);

    @TempDir
    private Path folder;

    private int searches;

    /// What a search says: the texts that are left, and by row what was found.
    private record Answer(List<String> rests, Map<Integer, PassageSearch.Repeating> found, long missed) {}

    private Answer search(int length, PassageSearch.Means means, List<String> texts) throws IOException {
        Path files = Files.createDirectory(folder.resolve("search" + searches++));
        Map<Integer, PassageSearch.Repeating> found = new TreeMap<>();
        List<String> rests = new ArrayList<>();
        try (PassageSearch search = new PassageSearch(length, files, texts.size(), means)) {
            for (String text : texts) {
                search.take(new Sample("s", text, new LinkedHashMap<>(), "here"));
            }
            search.find((_, _) -> true, repeating -> found.put(repeating.row(), repeating));
            for (int row = 0; row < texts.size(); row++) {
                rests.add(search.rest(row, texts.get(row)));
            }
            return new Answer(rests, found, search.missed());
        }
    }

    private Answer search(int length, String... texts) throws IOException {
        return search(length, ONE, List.of(texts));
    }

    /// Each word that lies in a run of so many words which stand earlier, too, and not over each other, by
    /// comparing each run with all before it.
    private static List<BitSet> byForce(int length, List<String[]> texts) {
        List<BitSet> gone = new ArrayList<>();
        for (int row = 0; row < texts.size(); row++) {
            BitSet words = new BitSet();
            for (int at = 0; at + length <= texts.get(row).length; at++) {
                if (isEarlier(length, texts, row, at)) {
                    words.set(at, at + length);
                }
            }
            gone.add(words);
        }
        return gone;
    }

    private static boolean isEarlier(int length, List<String[]> texts, int row, int at) {
        for (int earlier = 0; earlier <= row; earlier++) {
            String[] words = texts.get(earlier);
            int last = earlier == row ? at - length : words.length - length;
            for (int from = 0; from <= last; from++) {
                if (java.util.Arrays.equals(words, from, from + length, texts.get(row), at, at + length)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Texts of few words, so that many runs come again, some of them all of one word.
    private static List<String[]> randomTexts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String[]> texts = new ArrayList<>();
        for (int row = 0; row < 60; row++) {
            int variety = 1 + random.nextInt(4);
            String[] words = new String[random.nextInt(40)];
            for (int i = 0; i < words.length; i++) {
                words[i] = List.of("tea", "pot", "海", "😀").get(random.nextInt(variety));
            }
            texts.add(words);
        }
        return texts;
    }

    @Test
    void what_goes_is_what_comparing_all_with_all_finds_whatever_the_processors_and_the_memory() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            List<String[]> words = randomTexts(seed);
            List<String> texts =
                    words.stream().map(row -> String.join(" ", row)).toList();
            int length = 3 + (int) (seed % 6);
            List<BitSet> gone = byForce(length, words);
            List<String> expected = new ArrayList<>();
            for (int row = 0; row < texts.size(); row++) {
                List<String> left = new ArrayList<>();
                for (int i = 0; i < words.get(row).length; i++) {
                    if (!gone.get(row).get(i)) {
                        left.add(words.get(row)[i]);
                    }
                }
                expected.add(String.join(" ", left));
            }
            Answer answer = search(length, ONE, texts);
            assertThat(answer.rests()).as("seed %d", seed).isEqualTo(expected);
            assertThat(answer.missed()).isZero();
            Answer sliced = search(length, new PassageSearch.Means(3, 16, -1), texts);
            assertThat(sliced).as("seed %d", seed).isEqualTo(answer);
        }
    }

    @Test
    void each_passage_says_where_it_stands_first_in_characters() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            List<String> texts = randomTexts(seed).stream()
                    .map(words -> String.join(" ", words))
                    .toList();
            Answer answer = search(4, ONE, texts);
            assertThat(answer.found()).isNotEmpty();
            answer.found().values().stream()
                    .flatMap(repeating -> repeating.passages().stream())
                    .forEach(passage -> {
                        String second = characters(texts.get(passage.second()), passage.from(), passage.to());
                        assertThat(second.split(" ")).hasSize(passage.words()).hasSizeGreaterThanOrEqualTo(4);
                        assertThat(characters(texts.get(passage.first()), passage.firstFrom(), passage.firstTo()))
                                .isEqualTo(second);
                        assertThat(second).startsWith(passage.text().replace(" ...", ""));
                    });
        }
    }

    @Test
    void what_only_looks_the_same_stays() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < 50; row++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                text.append("word").append(random.nextInt(1000)).append(' ');
            }
            texts.add(text.toString().strip());
        }
        texts.add("end " + texts.getFirst());
        Answer answer = search(8, new PassageSearch.Means(2, 1 << 12, 0x7), texts);
        assertThat(answer.missed()).isPositive();
        assertThat(answer.rests().subList(0, 50)).isEqualTo(texts.subList(0, 50));
        assertThat(answer.found().keySet()).isSubsetOf(50);
    }

    private static String characters(String text, int from, int to) {
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }

    @Test
    void blanks_between_words_do_not_matter_and_letters_and_marks_do() throws IOException {
        Answer answer = search(
                4,
                "we wish you a good day",
                "Tea is here.\nwe wish\n\n you a good day\nCall us.",
                "we wish you, a good day",
                "We Wish You A Good Day");
        assertThat(answer.rests())
                .containsExactly(
                        "we wish you a good day",
                        "Tea is here.\nCall us.",
                        "we wish you, a good day",
                        "We Wish You A Good Day");
        assertThat(answer.found().get(1).characters()).isEqualTo("we wish\n\n you a good day".length());
    }

    @Test
    void words_at_the_seam_stay_apart_and_line_ends_stay_where_there_were_some() throws IOException {
        String passage = "甲乙丙丁戊";
        assertThat(without(passage, "tea" + passage + "pot")).isEqualTo("tea pot");
        assertThat(without(passage, "tea " + passage + "pot")).isEqualTo("tea pot");
        assertThat(without(passage, "tea" + passage + " pot")).isEqualTo("tea pot");
        assertThat(without(passage, "tea" + passage + "。")).isEqualTo("tea。");
        assertThat(without(passage, "one\n" + passage + " two")).isEqualTo("one\ntwo");
        assertThat(without(passage, "one " + passage + "\ntwo")).isEqualTo("one\ntwo");
        assertThat(without(passage, "one\n\n" + passage + "\ntwo")).isEqualTo("one\n\ntwo");
        assertThat(without(passage, passage + "\ntwo")).isEqualTo("two");
        assertThat(without(passage, "one\n" + passage + "\n")).isEqualTo("one");
        assertThat(without(passage, " " + passage + " " + passage)).isEmpty();
    }

    /// What is left of a text behind one that is the passage.
    private String without(String passage, String text) throws IOException {
        Answer answer = search(5, passage, text);
        String rest = answer.rests().getLast();
        assertThat(answer.found().get(1).rest())
                .isEqualTo(rest.isEmpty() ? PassageSearch.Rest.NOTHING : PassageSearch.Rest.SOME);
        return rest;
    }

    @Test
    void of_a_text_that_says_one_thing_on_and_on_the_first_passage_stays() throws IOException {
        assertThat(search(3, "ha ha ha ha ha ha ha ha").rests()).containsExactly("ha ha ha");
        assertThat(search(3, "ha ha ha ha ha", "x ha ha ha ha").rests()).containsExactly("ha ha ha ha ha", "x");
    }

    @Test
    void each_chinese_character_and_mark_is_a_word_and_so_is_what_stands_between_blanks() {
        Wording words = Wording.of("我用 iPhone-15 拍照，OK?\u00a0𠮷野家。ชา");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < words.count(); i++) {
            said.add(words.text().substring(words.begin(i), words.end(i)));
        }
        assertThat(said).containsExactly("我", "用", "iPhone-15", "拍", "照", "，", "OK?", "𠮷", "野", "家", "。", "ช", "า");
        assertThat(words.characters(words.text().indexOf("野")))
                .isEqualTo(words.text().indexOf("野") - 1);
        assertThat(Wording.of(" \n").count()).isZero();
    }
}
