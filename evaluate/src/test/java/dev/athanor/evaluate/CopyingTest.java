package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CopyingTest {

    @Test
    void the_share_of_copied_runs_is_that_of_eight_words_in_a_row() {
        // ten words: three runs of eight, of which the training text has the first two
        Copying copying = Copying.of(
                List.of("a b c d e f g h i j"), Stream.of("x a b c d e f g h i y", "nothing"));
        assertThat(copying.runs()).isEqualTo(3);
        assertThat(copying.copied()).isEqualTo(2);
        assertThat(copying.share()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(copying.longest()).isEqualTo("a b c d e f g h i");
    }

    @Test
    void a_sample_given_back_whole_is_counted() {
        Copying copying = Copying.of(List.of(" a whole text\n", "another"), Stream.of("a whole text", "a whole text"));
        assertThat(copying.whole()).isEqualTo(1);
        assertThat(copying.texts()).isEqualTo(2);
        assertThat(copying.share()).isNaN();
    }

    @Test
    void a_passage_may_run_over_the_border_of_two_training_samples() {
        assertThat(Copying.of(List.of("zz end\nbegin zz"), Stream.of("the end", "begin now")).longest())
                .isEqualTo("end\nbegin");
    }

    @Test
    void the_longest_passage_is_the_one_that_trying_all_finds() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> texts = List.of(word(random, 40), word(random, 40), word(random, 5));
            String training = word(random, 60);
            Passages passages = new Passages();
            texts.forEach(passages::add);
            passages.read(training);
            int longest = texts.stream().mapToInt(text -> longest(text, training)).max().orElse(0);
            assertThat(passages.longest()).as("seed %d", seed).hasSize(longest);
            assertThat(training).contains(passages.longest());
        }
    }

    private static String word(SplittableRandom random, int length) {
        StringBuilder word = new StringBuilder();
        random.ints(length, 'a', 'd').forEach(c -> word.append((char) c));
        return word.toString();
    }

    private static int longest(String text, String training) {
        int longest = 0;
        for (int from = 0; from < text.length(); from++) {
            for (int to = from + longest + 1; to <= text.length(); to++) {
                if (training.contains(text.substring(from, to))) {
                    longest = to - from;
                }
            }
        }
        return longest;
    }
}
