package dev.athanor.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BytePairTokenizerTest {

    private static final long SEED = 20261123;

    @Test
    void a_vocabulary_without_room_for_the_bytes_is_refused() {
        for (int vocabulary : new int[] {261, 0, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BytePairTokenizer.train(List.of("text").iterator(), vocabulary))
                    .withMessage(
                            "a vocabulary of %d is too small: 6 special tokens and 256 bytes come first, so ask for at"
                                    + " least 262",
                            vocabulary);
        }
    }

    @Test
    void the_smallest_vocabulary_is_special_tokens_and_bytes() {
        BytePairTokenizer bytes = BytePairTokenizer.train(List.of("text text").iterator(), 262);
        assertThat(bytes.size()).isEqualTo(262);
        assertThat(bytes.encode("A\u00e9")).containsExactly(6 + 'A', 6 + 0xc3, 6 + 0xa9);
    }

    @Test
    void a_text_that_offers_few_pairs_gives_a_smaller_vocabulary() {
        assertThat(BytePairTokenizer.train(List.of("abc").iterator(), 4096).size())
                .isEqualTo(262);
        assertThat(BytePairTokenizer.train(List.of("ab ab").iterator(), 4096).size())
                .isEqualTo(263);
        assertThat(BytePairTokenizer.train(List.<String>of().iterator(), 4096).size())
                .isEqualTo(262);
    }

    @Test
    void the_most_frequent_pair_is_learnt_first_and_the_smaller_ids_among_equals() {
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(List.of("xy\nxy\nxy\nba\nba\nab\nab").iterator(), 265);
        assertThat(text(tokenizer, 262)).isEqualTo("xy");
        assertThat(text(tokenizer, 263)).isEqualTo("ab");
        assertThat(text(tokenizer, 264)).isEqualTo("ba");
    }

    @Test
    void a_word_of_one_letter_repeated_is_learnt_in_powers_of_two() {
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(List.of("a".repeat(64)).iterator(), 300);
        assertThat(text(tokenizer, 262)).isEqualTo("aa");
        assertThat(text(tokenizer, 263)).isEqualTo("aaaa");
        assertThat(tokenizer.encode("a".repeat(7))).hasSize(3);
    }

    @Test
    void learning_agrees_with_counting_everything_anew_after_each_merge() {
        Random random = new Random(SEED);
        for (int round = 0; round < 30; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                text.append("abcab 水火水".charAt(random.nextInt(9)));
            }
            List<String> texts = List.of(text.toString(), Texts.TRAINING);
            BytePairTokenizer tokenizer = BytePairTokenizer.train(texts.iterator(), 330);
            List<String> learnt = IntStream.range(262, tokenizer.size())
                    .mapToObj(id -> new String(tokenizer.bytes(id), StandardCharsets.ISO_8859_1))
                    .toList();
            assertThat(learnt).as("seed %d, round %d", SEED, round).isEqualTo(learntBySimplestMeans(texts, 330));
        }
    }

    @Test
    void encoding_agrees_with_merging_pair_by_pair(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(List.of(Texts.TRAINING).iterator(), 400);
        tokenizer.write(file);
        JsonNode merges = TokenizerFile.read(file).model().path("merges");
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            // Up to 300 letters: short words are merged by looking at every pair, long ones with a heap.
            StringBuilder word = new StringBuilder();
            for (int length = 1 + random.nextInt(1 + random.nextInt(300)); length > 0; length--) {
                word.append("theodrsn".charAt(random.nextInt(8)));
            }
            List<String> parts = new ArrayList<>(List.of(word.toString().split("")));
            for (JsonNode merge : merges) {
                for (int i = 0; i + 1 < parts.size(); i++) {
                    if (parts.get(i).equals(merge.path(0).stringValue())
                            && parts.get(i + 1).equals(merge.path(1).stringValue())) {
                        parts.set(i, parts.get(i) + parts.remove(i + 1));
                    }
                }
            }
            List<String> encoded = Arrays.stream(tokenizer.encode(word.toString()))
                    .mapToObj(tokenizer::decode)
                    .toList();
            assertThat(encoded).as("seed %d, round %d", SEED, round).isEqualTo(parts);
        }
    }

    @Test
    void training_on_the_spelling_of_special_tokens_teaches_no_way_to_write_them() {
        String text = "<|end|><|end|> x<|begin|>y <|text|>".repeat(200);
        BytePairTokenizer tokenizer = BytePairTokenizer.train(List.of(text).iterator(), 600);
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        assertThat(Arrays.stream(tokenizer.encode(text))).allMatch(id -> id >= Special.values().length);
    }

    @Test
    void chinese_tokens_hold_nothing_but_chinese() {
        String text = "，春眠不觉晓，处处闻啼鸟。春眠 abc春眠,春眠".repeat(50);
        BytePairTokenizer tokenizer = BytePairTokenizer.train(List.of(text).iterator(), 400);
        for (int id = 262; id < tokenizer.size(); id++) {
            String token = text(tokenizer, id);
            if (token.codePoints().anyMatch(c -> c >= 0x4e00 && c < 0xa000)) {
                assertThat(token.codePoints().filter(c -> c < 0x4e00)).as(token).isEmpty();
            }
        }
        assertThat(tokenizer.encode("春眠不觉晓")).hasSize(1);
    }

    @Test
    void bytes_that_are_not_utf8_become_replacement_characters() {
        BytePairTokenizer tokenizer = BytePairTokenizer.train(List.<String>of().iterator(), 262);
        assertThat(tokenizer.decode(6 + 0xe6, 6 + 0xb0, 6 + 'a', 6 + 0xff)).isEqualTo("\ufffda\ufffd");
    }

    @Test
    void threads_that_share_a_tokenizer_get_the_same_ids() {
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(List.of(Texts.TRAINING).iterator(), 400);
        List<String> texts = Texts.all(new Random(SEED), 500);
        List<int[]> alone = texts.stream().map(tokenizer::encode).toList();
        List<int[]> together = texts.parallelStream().map(tokenizer::encode).toList();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i)).isEqualTo(alone.get(i));
        }
    }

    @Test
    void more_different_words_than_the_cache_holds_change_nothing() {
        BytePairTokenizer tokenizer =
                BytePairTokenizer.train(List.of(Texts.TRAINING).iterator(), 300);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(' ').append(Integer.toString(i, 36).replaceAll("[0-9]", "the"));
        }
        assertThat(tokenizer.decode(tokenizer.encode(text.toString()))).isEqualTo(text.toString());
        assertThat(tokenizer.encode(text.toString())).isEqualTo(tokenizer.encode(text.toString()));
    }

    private static String text(BytePairTokenizer tokenizer, int id) {
        return new String(tokenizer.bytes(id), StandardCharsets.UTF_8);
    }

    /// The algorithm as published: count all pairs, merge the most frequent everywhere, start again.
    private static List<String> learntBySimplestMeans(List<String> texts, int vocabulary) {
        List<List<Integer>> words = new ArrayList<>();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int start = 0; start < bytes.length; ) {
                int end = PreTokens.ATHANOR.next(bytes, start, bytes.length);
                List<Integer> word = new ArrayList<>();
                for (int i = start; i < end; i++) {
                    word.add(6 + (bytes[i] & 0xff));
                }
                words.add(word);
                start = end;
            }
        }
        List<String> tokens = new ArrayList<>();
        for (int id = 0; id < 262; id++) {
            tokens.add(id < 6 ? "special" + id : String.valueOf((char) (id - 6)));
        }
        while (tokens.size() < vocabulary) {
            Map<Long, Integer> counts = new HashMap<>();
            for (List<Integer> word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    counts.merge(PairTable.key(word.get(i), word.get(i + 1)), 1, Integer::sum);
                }
            }
            var best = counts.entrySet().stream()
                    .max(Map.Entry.<Long, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.<Long>reverseOrder())))
                    .filter(entry -> entry.getValue() >= 2);
            if (best.isEmpty()) {
                break;
            }
            int left = (int) (best.get().getKey() >>> 32);
            int right = best.get().getKey().intValue();
            String token = tokens.get(left) + tokens.get(right);
            if (!tokens.contains(token)) {
                tokens.add(token);
            }
            for (List<Integer> word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    if (word.get(i) == left && word.get(i + 1) == right) {
                        word.set(i, tokens.indexOf(token));
                        word.remove(i + 1);
                    }
                }
            }
        }
        return tokens.subList(262, tokens.size());
    }
}
