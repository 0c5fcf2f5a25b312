package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BleuTest {

    @ParameterizedTest
    @ValueSource(strings = {"english", "chinese"})
    void it_is_what_sacrebleu_says(String language) throws IOException {
        JsonNode golden = golden();
        JsonNode values = golden.path(language);
        double tolerance = golden.path("tolerance").asDouble();
        List<String> texts = words(values.path("texts"));
        List<List<String>> references =
                values.path("references").valueStream().map(BleuTest::words).toList();
        Bleu bleu = Bleu.corpus(texts, references);
        assertThat(bleu.score()).isCloseTo(values.path("score").asDouble(), within(tolerance));
        assertThat(bleu.brevity()).isCloseTo(values.path("brevity").asDouble(), within(tolerance));
        for (int n = 0; n < 4; n++) {
            assertThat(bleu.precisions().get(n))
                    .isCloseTo(values.path("precisions").path(n).asDouble(), within(tolerance));
        }
        for (int i = 0; i < texts.size(); i++) {
            assertThat(Bleu.words(texts.get(i)))
                    .isEqualTo(words(values.path("words").path(i)));
            assertThat(Bleu.sentence(texts.get(i), references.get(i)).score())
                    .as(texts.get(i))
                    .isCloseTo(values.path("sentences").path(i).asDouble(), within(tolerance));
        }
    }

    @Test
    void a_text_that_is_its_reference_scores_100() {
        assertThat(Bleu.corpus(List.of("a b c d e"), List.of(List.of("a b c d e")))
                        .score())
                .isEqualTo(100);
    }

    @Test
    void no_text_at_all_scores_0() {
        assertThat(Bleu.corpus(List.of(), List.of()).score()).isZero();
        assertThat(Bleu.corpus(List.of(""), List.of(List.of("a"))).score()).isZero();
    }

    @Test
    void texts_and_references_must_belong_together() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bleu.corpus(List.of("a", "b"), List.of(List.of("a"))))
                .withMessage("2 texts but references of 1: give the references of each text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bleu.corpus(List.of("a"), List.of(List.of())))
                .withMessage("text 0 has no reference: give at least one");
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = BleuTest.class.getResourceAsStream("bleu.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static List<String> words(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
