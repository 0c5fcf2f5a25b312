package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.data.text.CharacterTokenizer;
import dev.athanor.data.text.Special;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.model.SampleFormat.Arrangement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class EndingsTest {
    private final Tokenizer tokenizer = CharacterTokenizer.train(List.of("tea").iterator());

    @TempDir
    private Path folder;

    private static Endings read(String json) {
        return Endings.fromJson(JsonMapper.shared().readTree(json));
    }

    private ModelFolder made(String... files) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                Transformer.Config.of(65, 64, 2, 4, 64)
                        .toJson()
                        .put("eos_token_id", 7)
                        .toString());
        for (String file : files) {
            Files.writeString(folder.resolve(file), "{\"eos_token_id\": [4, 3], \"suppress_tokens\": null}");
        }
        return ModelFolder.read(folder);
    }

    @Test
    void a_document_ends_with_end_and_running_text_does_not_end() {
        Endings documents = Endings.of(tokenizer, new SampleFormat(Arrangement.DOCUMENTS, List.of()));
        assertThat(documents.ends()).containsExactly(Special.END.id());
        assertThat(documents.hidden()).hasSize(5).doesNotContain(Special.END.id());
        Endings stream = Endings.of(tokenizer, new SampleFormat(Arrangement.STREAM, List.of()));
        assertThat(stream.ends()).isEmpty();
        assertThat(stream.hidden()).hasSize(6);
    }

    @Test
    void one_end_several_and_none_can_be_read() {
        assertThat(read("{\"eos_token_id\": 2}").ends()).containsExactly(2);
        assertThat(read("{\"eos_token_id\": [9, 8]}").ends()).containsExactly(8, 9);
        assertThat(read("{\"eos_token_id\": -1}").ends()).isEmpty();
        assertThat(read("{\"eos_token_id\": null, \"suppress_tokens\": [1]}"))
                .isEqualTo(new Endings(new java.util.TreeSet<>(), new java.util.TreeSet<>(List.of(1))));
        assertThatThrownBy(() -> read("{\"eos_token_id\": \"</s>\"}"))
                .isInstanceOf(ModelException.class)
                .hasMessage("eos_token_id is \"</s>\": expected a token's id or a list of them");
    }

    @Test
    void a_folder_made_elsewhere_ends_as_its_generation_config_says_and_else_as_its_config() throws IOException {
        assertThat(made().endings(tokenizer).ends()).containsExactly(7);
        assertThat(made("generation_config.json").endings(tokenizer).ends()).containsExactly(3, 4);
    }

    @Test
    void weights_in_a_pickle_are_refused_with_the_way_to_save_them_anew() throws IOException {
        assertThatThrownBy(() -> made().weights()).hasMessageEndingWith("the weights are missing");
        assertThatThrownBy(() -> made("pytorch_model.bin").weights())
                .hasMessageContainingAll("pytorch_model.bin, which may run code", "save it again with save_pretrained");
    }
}
