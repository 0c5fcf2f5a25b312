package dev.athanor.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextClassifierTest {
    private static final List<String> TEXTS = List.of(
            "I want a refund of my money",
            "please refund me",
            "give my money back",
            "我要退款",
            "请把钱退给我",
            "my card was stolen",
            "I lost my card yesterday",
            "where is the new card",
            "我的银行卡丢了",
            "新卡什么时候到");
    private static final int[] LABELS = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

    private static TextClassifier.Examples examples() {
        return new TextClassifier.Examples(TEXTS.stream().map(TextFeatures::of).toList(), LABELS, 2);
    }

    @Test
    void words_never_seen_together_are_told_apart_in_both_languages() {
        TextClassifier classifier = TextClassifier.train(examples(), new Seed(1));
        Stream.of("is a refund possible", "可以退款吗", "refunding")
                .forEach(text -> assertThat(classifier.chances(TextFeatures.of(text))[0])
                        .as(text)
                        .isGreaterThan(0.6f));
        Stream.of("the card is gone", "银行卡被偷了")
                .forEach(text -> assertThat(classifier.chances(TextFeatures.of(text))[1])
                        .as(text)
                        .isGreaterThan(0.6f));
    }

    @Test
    void the_same_examples_and_seed_give_the_same_chances() {
        float[] once = TextClassifier.train(examples(), new Seed(1)).chances(TextFeatures.of("my money"));
        float[] again = TextClassifier.train(examples(), new Seed(1)).chances(TextFeatures.of("my money"));
        assertThat(again).containsExactly(once);
        assertThat(TextClassifier.train(examples(), new Seed(2)).chances(TextFeatures.of("my money")))
                .isNotEqualTo(once);
        assertThat(once[0] + once[1]).isCloseTo(1, within(1e-5f));
    }

    @Test
    void a_text_without_anything_known_is_left_in_doubt() {
        TextClassifier classifier = TextClassifier.train(examples(), new Seed(1));
        assertThat(TextClassifier.margin(classifier.chances(TextFeatures.of(""))))
                .isLessThan(0.3f);
        assertThat(TextClassifier.margin(classifier.chances(TextFeatures.of("ξψ"))))
                .isLessThan(0.3f);
    }

    @Test
    void margin_is_the_distance_of_the_two_likeliest() {
        assertThat(TextClassifier.margin(new float[] {0.2f, 0.5f, 0.3f})).isCloseTo(0.2f, within(1e-6f));
        assertThat(TextClassifier.margin(new float[] {0.5f, 0.5f})).isZero();
        assertThat(TextClassifier.likeliest(new float[] {0.2f, 0.5f, 0.3f})).isEqualTo(1);
    }

    @Test
    void features_are_words_pairs_and_pieces_or_runs_of_characters() {
        assertThat(TextFeatures.of("").buckets()).isEmpty();
        // one character; two, their pair; three, two pairs, the three
        assertThat(Stream.of("茶", "茶壶", "绿茶壶").map(text -> TextFeatures.of(text).buckets().length))
                .containsExactly(1, 3, 6);
        // "tea" with its borders: the word, that it begins, " te", "tea", "ea ", " tea", "tea ", " tea "
        assertThat(TextFeatures.of("TEA").buckets())
                .hasSize(8)
                .isEqualTo(TextFeatures.of(" tea ").buckets());
        TextFeatures twice = TextFeatures.of("茶 茶");
        assertThat(twice.counts()).containsExactly(2);
        int[] sorted = TextFeatures.of("any old text of words").buckets();
        assertThat(IntStream.range(1, sorted.length)).allMatch(i -> sorted[i - 1] < sorted[i]);
        assertThat(TextFeatures.of("long ".repeat(1_000_000)).buckets().length).isLessThan(50);
    }

    @Test
    void examples_without_texts_or_with_a_label_missing_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextClassifier.Examples(List.of(), new int[0], 2))
                .withMessage("0 texts with 0 labels: give at least one text, and each a label");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextClassifier.Examples(examples().texts(), Arrays.copyOf(LABELS, 9), 2))
                .withMessage("10 texts with 9 labels: give at least one text, and each a label");
    }
}
