package dev.athanor.data.text;

import java.nio.file.Path;
import java.util.OptionalInt;

/// Opens a `tokenizer.json` of either kind.
public final class Tokenizers {

    private Tokenizers() {}

    /// Reads a file written here, or a byte-level one written by Hugging Face's `tokenizers` (as for GPT-2,
    /// Llama 3 and Qwen). What follows the model in such a file, `post_processor`, `truncation` and `padding`,
    /// is not applied: who builds a sample puts its special tokens where they belong. The token that a
    /// `post_processor` puts before a text is known as BEGIN.
    ///
    /// @throws dev.athanor.data.DataException for a file that is broken, that contradicts itself, or that asks for
    ///     something not supported here, which the message names
    public static Tokenizer read(Path file) {
        return read(file, OptionalInt.empty());
    }

    /// The same for a model from elsewhere.
    ///
    /// @param end the id that ends a text, which the folder of a model names and the tokenizer's own file does not
    public static Tokenizer read(Path file, OptionalInt end) {
        TokenizerFile read = TokenizerFile.read(file);
        boolean characters = read.model().path("byte_fallback").asBoolean(false)
                && read.model().path("merges").isEmpty();
        return characters ? new CharacterTokenizer(read) : new BytePairTokenizer(read, end);
    }
}
