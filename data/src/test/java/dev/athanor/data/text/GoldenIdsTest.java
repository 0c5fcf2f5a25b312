package dev.athanor.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Ids and texts as Hugging Face's `tokenizers` gives them for the same files; golden.py beside golden.json
/// made them.
class GoldenIdsTest {

    static final JsonNode GOLDEN = golden();

    private static JsonNode golden() {
        try (InputStream file = GoldenIdsTest.class.getResourceAsStream("golden.json")) {
            return TokenizerFile.JSON.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources/dev/athanor/data/text").resolve(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "byte-pairs.json",
                "characters.json",
                "hugging-face-gpt2.json",
                "hugging-face-gpt2-space.json",
                "hugging-face-llama3.json",
                "hugging-face-qwen2.json"
            })
    void ids_and_texts_are_those_of_hugging_face(String name) {
        Tokenizer tokenizer = Tokenizers.read(resource(name));
        JsonNode expected = GOLDEN.path("files").path(name);
        for (int i = 0; i < GOLDEN.path("texts").size(); i++) {
            String text = GOLDEN.path("texts").path(i).stringValue();
            assertThat(tokenizer.encode(text))
                    .as("%s, text %d: %s", name, i, text)
                    .isEqualTo(ids(expected.path("ids").path(i)));
        }
        for (JsonNode loose : expected.path("loose")) {
            assertThat(tokenizer.decode(ids(loose.path("ids"))))
                    .as("%s, ids %s", name, loose.path("ids"))
                    .isEqualTo(loose.path("text").stringValue());
        }
    }

    @Test
    void training_writes_the_files_that_the_golden_ids_were_made_with() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/golden"));
        BytePairTokenizer.train(List.of(Texts.TRAINING).iterator(), 360).write(folder.resolve("byte-pairs.json"));
        CharacterTokenizer.train(List.of(Texts.TRAINING).iterator()).write(folder.resolve("characters.json"));
        for (String name : List.of("byte-pairs.json", "characters.json")) {
            assertThat(folder.resolve(name)).hasSameTextualContentAs(resource(name));
        }
    }

    private static int[] ids(JsonNode array) {
        return IntStream.range(0, array.size())
                .map(i -> array.path(i).intValue())
                .toArray();
    }
}
