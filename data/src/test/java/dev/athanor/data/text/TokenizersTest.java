package dev.athanor.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.data.DataException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `Tokenizers.read` refuses, and in which words.
class TokenizersTest {

    private static final long SEED = 20261123;

    @TempDir
    Path folder;

    private byte[] whole() {
        try {
            Path file = folder.resolve("whole.json");
            BytePairTokenizer.train(List.of(Texts.TRAINING).iterator(), 270).write(file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refused(byte[] content, String... words) {
        Path file = folder.resolve("tokenizer.json");
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Tokenizers.read(file))
                .withMessageContaining(file.toString())
                .withMessageContainingAll(words);
    }

    private void refused(Consumer<ObjectNode> change, String... words) {
        ObjectNode root = (ObjectNode) TokenizerFile.JSON.readTree(whole());
        change.accept(root);
        refused(TokenizerFile.JSON.writeValueAsBytes(root), words);
    }

    private static ObjectNode vocabulary(ObjectNode root) {
        return (ObjectNode) root.path("model").path("vocab");
    }

    private static ArrayNode merges(ObjectNode root) {
        return (ArrayNode) root.path("model").path("merges");
    }

    private static JsonNode json(String text) {
        return TokenizerFile.JSON.readTree(text);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Tokenizers.read(folder.resolve("none.json")))
                .withMessageContaining("none.json does not exist");
    }

    @Test
    void a_folder_is_refused() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Tokenizers.read(folder))
                .withMessageContaining("cannot be read");
    }

    @Test
    void a_file_cut_short_is_refused_wherever_it_was_cut() {
        byte[] whole = whole();
        for (int length = 0; length < whole.length; length += 1 + length / 20) {
            refused(Arrays.copyOf(whole, length), length == 0 ? "has no \"model\"" : "is not valid JSON");
        }
        refused(Arrays.copyOf(whole, whole.length - 1), "is not valid JSON", "cut short");
    }

    @Test
    void flipped_bits_are_refused_as_broken_data_or_do_no_harm() throws IOException {
        byte[] whole = whole();
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            byte[] broken = whole.clone();
            int at = random.nextInt(broken.length);
            broken[at] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(folder.resolve("broken.json"), broken);
            try {
                Tokenizer read = Tokenizers.read(file);
                assertThat(read.decode(read.encode("harmless"))).isEqualTo("harmless");
            } catch (DataException refusal) {
                assertThat(refusal).as("seed %d, byte %d", SEED, at).hasMessageContaining("broken.json");
            }
        }
    }

    @Test
    void a_file_of_absurd_size_is_refused_unread() throws IOException {
        Path file = folder.resolve("huge.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(300L << 20);
        }
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Tokenizers.read(file))
                .withMessageContaining("has 314572800 bytes but a tokenizer has at most 268435456");
    }

    @Test
    void other_files_are_refused() {
        refused("[]".getBytes(), "has no \"model\" object");
        refused("{\"model\": {}}".getBytes(), "has no \"vocab\" object in its model");
        refused("{} {}".getBytes(), "is not valid JSON");
        refused("[".repeat(100_000).getBytes(), "is not valid JSON");
    }

    @Test
    void other_kinds_of_model_are_named() {
        for (String type : List.of("WordPiece", "Unigram", "WordLevel")) {
            refused(
                    root -> ((ObjectNode) root.path("model")).put("type", type),
                    "has a " + type + " model",
                    "only BPE tokenizers are supported");
        }
    }

    @Test
    void a_sentence_piece_file_with_merges_is_refused() {
        refused(
                root -> {
                    root.set("pre_tokenizer", json("{\"type\":\"Metaspace\",\"replacement\":\"\u2581\"}"));
                    ((ObjectNode) root.path("model")).put("byte_fallback", true);
                },
                "pre_tokenizer",
                "Metaspace",
                "not supported");
    }

    @Test
    void parts_that_are_not_supported_are_named() {
        refused(root -> root.set("normalizer", json("{\"type\":\"Lowercase\"}")), "normalizer", "Lowercase");
        refused(root -> root.set("pre_tokenizer", json("{\"type\":\"Whitespace\"}")), "pre_tokenizer", "Whitespace");
        refused(root -> root.putNull("pre_tokenizer"), "pre_tokenizer");
        refused(root -> root.set("decoder", json("{\"type\":\"WordPiece\"}")), "decoder", "WordPiece");
        refused(root -> ((ObjectNode) root.path("model")).put("dropout", 0.1), "dropout 0.1");
        refused(
                root -> ((ObjectNode) root.path("model")).put("end_of_word_suffix", "</w>"),
                "end_of_word_suffix \"</w>\"");
        refused(
                root -> ((ObjectNode) root.path("pre_tokenizer")
                                .path("pretokenizers")
                                .path(0)
                                .path("pattern"))
                        .put("Regex", "\\w+"),
                "cuts text by",
                "\\\\w+",
                "Llama 3");
        refused(
                root -> ((ArrayNode) root.path("added_tokens"))
                        .add(json("{\"id\":270,\"content\":\"x y\",\"special\":false,\"lstrip\":true}")),
                "plain added token \"x y\"",
                "lstrip");
    }

    @Test
    void ids_with_a_hole_are_refused() {
        refused(
                root -> vocabulary(root).put("A", 270),
                "gives token \"A\" the id 270 although it has 270 tokens",
                "from 0 to 269 without holes");
        refused(root -> vocabulary(root).put("A", -1), "the id -1");
    }

    @Test
    void an_id_given_twice_is_refused_with_both_tokens() {
        refused(root -> vocabulary(root).put("B", 6 + 'A'), "\"A\"", "\"B\"", "the id " + (6 + 'A'));
    }

    @Test
    void an_id_that_is_no_whole_number_is_refused() {
        refused(root -> vocabulary(root).put("A", 1L << 40), "the id 1099511627776", "whole numbers");
        refused(root -> vocabulary(root).put("A", 1.5), "the id 1.5");
        refused(root -> vocabulary(root).put("A", "7"), "the id \"7\"");
    }

    @Test
    void a_token_named_twice_is_refused() {
        refused(
                new String(whole()).replace("\"A\":71,", "\"A\":71,\"A\":71,").getBytes(),
                "is not valid JSON",
                "Duplicate");
    }

    @Test
    void an_added_token_at_odds_with_the_vocabulary_is_refused() {
        refused(
                root -> ((ObjectNode) root.path("added_tokens").path(2)).put("id", 5),
                "gives \"<|end|>\" the id 5 among added_tokens but 2 in its vocabulary");
        refused(root -> ((ObjectNode) root.path("added_tokens").path(2)).remove("id"), "added token without id");
    }

    @Test
    void a_missing_byte_is_named() {
        refused(
                root -> {
                    vocabulary(root).remove("A");
                    vocabulary(root).put("AAA", 6 + 'A');
                },
                "has no token for the byte 0x41");
    }

    @Test
    void a_merge_of_unknown_tokens_is_refused_with_its_place() {
        refused(root -> merges(root).add("ZZ Q"), "names \"ZZ\" at merge 8 but has no such token");
        refused(root -> merges(root).add("Z Q"), "names \"ZQ\" at merge 8 but has no such token");
        refused(root -> merges(root).add("Z"), "has at merge 8 \"Z\"", "expected \"a b\" or [\"a\", \"b\"]");
        refused(root -> merges(root).add(7), "has at merge 8 7");
        refused(root -> merges(root).add(merges(root).path(3)), "twice, at 3 and 8");
        refused(root -> ((ObjectNode) root.path("model")).put("merges", "none"), "has no \"merges\" array");
    }

    @Test
    void text_that_could_spell_a_special_token_is_refused() {
        refused(
                root -> ((ArrayNode) root.path("added_tokens"))
                        .add(json("{\"id\":71,\"content\":\"A\",\"special\":true}")),
                "marks the token with id 71 as special");
    }

    @Test
    void a_token_that_is_no_unicode_is_refused() {
        refused(new String(whole()).replace("\"A\":71", "\"\\ud800\":71").getBytes(), "is not valid JSON", "surrogate");
        refused(
                new String(whole())
                        .replace("\"content\":\"<|end|>\"", "\"content\":\"\\udc00\"")
                        .getBytes(),
                "has the added token 2 with an unpaired surrogate");
    }

    @Test
    void a_character_file_in_another_order_is_refused() throws IOException {
        Path file = folder.resolve("characters.json");
        CharacterTokenizer.train(List.of("abc").iterator()).write(file);
        String content = Files.readString(file);
        refused(
                content.replace("\"a\":6,\"b\":7", "\"a\":7,\"b\":6").getBytes(),
                "has \"a\" at id 7",
                "characters in ascending order");
        refused(content.replace("\"<0x00>\"", "\"zz\"").getBytes(), "has \"zz\" at id 9");
    }

    @Test
    void what_a_file_from_elsewhere_puts_before_every_text_is_its_begin() throws IOException {
        ObjectNode root = (ObjectNode) TokenizerFile.JSON.readTree(whole());
        String text = root.toString().replace("<|begin|>", "<s>").replace("<|end|>", "</s>");
        Path plain = Files.writeString(folder.resolve("plain.json"), text);
        assertThat(Tokenizers.read(plain).id(Special.BEGIN)).isEmpty();
        assertThat(Tokenizers.read(plain).id(Special.END)).isEmpty();
        assertThat(Tokenizers.read(plain, OptionalInt.of(2)).id(Special.END)).hasValue(2);
        // As Llama 3's file has it: a template inside a sequence.
        String template = """
                {"type": "Sequence", "processors": [{"type": "ByteLevel"}, {"type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}}]}""";
        Path begun = Files.writeString(
                folder.resolve("begun.json"),
                text.replace("\"post_processor\":null", "\"post_processor\":" + template));
        assertThat(Tokenizers.read(begun).id(Special.BEGIN)).hasValue(1);
    }

    @Test
    void a_file_of_ours_keeps_its_own_end() throws IOException {
        Path file = Files.write(folder.resolve("ours.json"), whole());
        assertThat(Tokenizers.read(file, OptionalInt.of(9)).id(Special.END)).hasValue(Special.END.id());
    }
}
