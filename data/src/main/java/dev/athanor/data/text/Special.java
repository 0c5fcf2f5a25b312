package dev.athanor.data.text;

/// The tokens that are not text. Every tokenizer trained here has them first, so that a token's id is its ordinal.
///
/// A sample is written as `BEGIN (FIELD name VALUE value)* TEXT text END` when it carries fields that a model is
/// conditioned on, as `BEGIN text END` when it does not, and as `text` alone where a long text is one stream.
public enum Special {
    PAD("<|pad|>"),
    BEGIN("<|begin|>"),
    END("<|end|>"),
    FIELD("<|field|>"),
    VALUE("<|value|>"),
    TEXT("<|text|>");

    private final String content;

    Special(String content) {
        this.content = content;
    }

    /// How the token is spelled in `tokenizer.json`.
    public String content() {
        return content;
    }

    /// The id in tokenizers trained here. A tokenizer read from elsewhere may lack it, or spell it otherwise: ask
    /// [Tokenizer#id(Special)].
    public int id() {
        return ordinal();
    }
}
