package dev.athanor.data.text;

import java.nio.file.Path;
import java.util.OptionalInt;

/// Turns text into token ids and back. `decode(encode(text))` is `text` for every well-formed Unicode string.
public sealed interface Tokenizer permits CharacterTokenizer, BytePairTokenizer {

    /// How many ids there are, special ones included: ids run from 0 to `size() - 1`.
    int size();

    /// The ids of a text. Text that spells a special token, such as `<|end|>`, is taken as plain characters, so
    /// that a user's words can never end or steer a sample.
    ///
    /// @throws IllegalArgumentException for an unpaired surrogate, naming its index
    int[] encode(String text);

    /// The text of some ids; special tokens give no text. Bytes that are not UTF-8 become U+FFFD.
    String decode(int... ids);

    /// The UTF-8 bytes of one id, empty for a special token: what a stream of tokens is put together from.
    byte[] bytes(int id);

    /// The id of a special token, empty where this tokenizer has none.
    OptionalInt id(Special special);

    /// Writes `tokenizer.json`, whole or not at all, which Hugging Face's `tokenizers` reads to the same ids.
    /// There, too, text that spells a special token stays text only where `encode_special_tokens` is set to
    /// true.
    ///
    /// @throws dev.athanor.data.DataException where the file cannot be written
    void write(Path file);
}
