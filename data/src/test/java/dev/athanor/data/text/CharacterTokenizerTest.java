package dev.athanor.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CharacterTokenizerTest {

    @Test
    void characters_follow_the_special_tokens_in_the_order_of_unicode() {
        CharacterTokenizer tokenizer =
                CharacterTokenizer.train(List.of("b水a", "\ud83d\ude80a").iterator());
        assertThat(tokenizer.size()).isEqualTo(6 + 4 + 256);
        assertThat(tokenizer.encode("ab水\ud83d\ude80")).containsExactly(6, 7, 8, 9);
    }

    @Test
    void a_character_never_seen_is_written_as_its_bytes() {
        CharacterTokenizer tokenizer = CharacterTokenizer.train(List.of("ab").iterator());
        assertThat(tokenizer.encode("a\u00e9")).containsExactly(6, 8 + 0xc3, 8 + 0xa9);
        assertThat(tokenizer.bytes(8 + 0xc3)).containsExactly(0xc3);
    }

    @Test
    void the_null_character_is_a_character() {
        CharacterTokenizer tokenizer = CharacterTokenizer.train(List.of("\0a").iterator());
        assertThat(tokenizer.encode("\0a\0")).containsExactly(6, 7, 6);
    }

    @Test
    void a_run_of_bytes_that_is_not_utf8_becomes_one_replacement_character_each() {
        CharacterTokenizer tokenizer = CharacterTokenizer.train(List.of("a").iterator());
        assertThat(tokenizer.decode(7 + 0xe6, 7 + 0xb0, 6, 7 + 0xe6, 7 + 0xb0, 7 + 0xb4))
                .isEqualTo("\ufffd\ufffda水");
    }

    @Test
    void training_on_an_unpaired_surrogate_is_refused_with_its_index() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CharacterTokenizer.train(List.of("ab\udc00").iterator()))
                .withMessageContaining("unpaired surrogate U+DC00 at index 2");
    }
}
