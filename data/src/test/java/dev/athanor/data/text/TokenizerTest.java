package dev.athanor.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What both kinds of tokenizer promise.
class TokenizerTest {

    private static final long SEED = 20261123;

    static Stream<Tokenizer> tokenizers() {
        return Stream.of(
                CharacterTokenizer.train(List.of(Texts.TRAINING).iterator()),
                CharacterTokenizer.train(List.<String>of().iterator()),
                BytePairTokenizer.train(List.of(Texts.TRAINING).iterator(), 400),
                BytePairTokenizer.train(List.of(Texts.TRAINING).iterator(), 262));
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void any_text_comes_back_as_it_was(Tokenizer tokenizer) {
        for (String text : Texts.all(new Random(SEED), 3000)) {
            assertThat(tokenizer.decode(tokenizer.encode(text)))
                    .as("seed %d", SEED)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void a_file_read_back_gives_the_same_ids(Tokenizer tokenizer, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        tokenizer.write(file);
        Tokenizer read = Tokenizers.read(file);
        assertThat(read).hasSameClassAs(tokenizer);
        assertThat(read.size()).isEqualTo(tokenizer.size());
        for (String text : Texts.all(new Random(SEED), 300)) {
            assertThat(read.encode(text)).as("seed %d", SEED).isEqualTo(tokenizer.encode(text));
        }
        for (int id = 0; id < read.size(); id++) {
            assertThat(read.bytes(id)).isEqualTo(tokenizer.bytes(id));
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void the_bytes_of_the_ids_make_up_the_text(Tokenizer tokenizer) {
        for (String text : Texts.EDGES) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Arrays.stream(tokenizer.encode(text)).forEach(id -> bytes.writeBytes(tokenizer.bytes(id)));
            assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void special_tokens_come_first_and_give_no_text(Tokenizer tokenizer) {
        for (Special special : Special.values()) {
            assertThat(tokenizer.id(special)).hasValue(special.ordinal());
            assertThat(tokenizer.bytes(special.id())).isEmpty();
        }
        assertThat(tokenizer.decode(0, 1, 2, 3, 4, 5)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void a_special_token_spelled_in_a_text_stays_plain_text(Tokenizer tokenizer) {
        for (Special special : Special.values()) {
            assertThat(Arrays.stream(tokenizer.encode("a" + special.content() + "b")))
                    .allMatch(id -> id >= Special.values().length);
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void an_unpaired_surrogate_is_refused_with_its_index(Tokenizer tokenizer) {
        for (String text : List.of("abc\ud800", "abc\udc00d", "abc\ud800\ud800\udc00")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokenizer.encode(text))
                    .withMessageContaining("unpaired surrogate U+%04X at index 3".formatted((int) text.charAt(3)));
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void an_id_that_is_not_there_is_refused(Tokenizer tokenizer) {
        for (int id : new int[] {-1, tokenizer.size()}) {
            String message = "token id %d is not in this tokenizer: its ids run from 0 to %d"
                    .formatted(id, tokenizer.size() - 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokenizer.decode(id))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokenizer.bytes(id))
                    .withMessage(message);
        }
    }
}
