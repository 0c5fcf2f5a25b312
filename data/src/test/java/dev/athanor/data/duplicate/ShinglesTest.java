package dev.athanor.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShinglesTest {

    static JsonNode golden() throws IOException {
        try (InputStream in = ShinglesTest.class.getResourceAsStream("golden.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static double similarity(Shingles shingles, String a, String b) {
        return Shingles.similarity(Shingles.distinct(shingles.of(a)), Shingles.distinct(shingles.of(b)));
    }

    @Test
    void similarities_are_those_of_sets_of_words_in_python() throws IOException {
        JsonNode texts = golden().path("texts");
        assertThat(texts.size()).isEqualTo(36);
        for (JsonNode pair : texts) {
            Shingles shingles = new Shingles(
                    Shingles.Unit.valueOf(pair.path("unit").asString()),
                    pair.path("size").asInt());
            String a = pair.path("a").asString();
            assertThat(Shingles.distinct(shingles.of(a)))
                    .as(pair.toString())
                    .hasSize(pair.path("shingles").asInt());
            assertThat(similarity(shingles, a, pair.path("b").asString()))
                    .as(pair.toString())
                    .isEqualTo(pair.path("similarity").asDouble());
        }
    }

    @Test
    void case_punctuation_blanks_and_width_do_not_count() {
        assertThat(Shingles.USUAL.of("Ｏｎｅ two, THREE... four\tfive\n\nsix!"))
                .isEqualTo(Shingles.USUAL.of("one two three four five six"))
                .hasSize(2);
    }

    @Test
    void a_short_text_is_one_shingle_and_one_without_letters_has_none() {
        assertThat(Shingles.USUAL.of("好")).hasSize(1);
        assertThat(Shingles.USUAL.of("yes")).hasSize(1).isNotEqualTo(Shingles.USUAL.of("no"));
        for (String empty : new String[] {"", " ", "...!?", "😀", "\ud83d"}) {
            assertThat(Shingles.USUAL.of(empty)).as(empty).isEmpty();
        }
    }

    @Test
    void rare_characters_beyond_sixteen_bits_are_words_too() {
        assertThat(new Shingles(Shingles.Unit.WORDS, 1).of("𠀀𠀁 a")).hasSize(3);
    }

    @Test
    void a_size_out_of_range_is_refused() {
        for (int size : new int[] {0, -1, 51}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Shingles(Shingles.Unit.WORDS, size))
                    .withMessage("shingles of %d words: expected 1 to 50, 5 for example. Give it with --shingle", size);
        }
    }
}
