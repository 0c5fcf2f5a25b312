package dev.athanor.evaluate;

/// The loss over a whole held-out split, in the forms that people compare.
///
/// @param nats −ln p, summed over all tokens
/// @param tokens asked for
/// @param characters code points of the split
/// @param bytes of the split in UTF-8
public record HeldOut(double nats, long tokens, long characters, long bytes) {

    /// Nats for each token: what training prints.
    public double loss() {
        return nats / tokens;
    }

    /// e to the loss: among how many equally likely tokens the model chooses, so to speak.
    public double perplexity() {
        return Math.exp(loss());
    }

    /// Independent of the tokenizer, so models with different ones can be compared.
    public double bitsPerCharacter() {
        return nats / Math.log(2) / characters;
    }

    /// The same for bytes, comparable across scripts.
    public double bitsPerByte() {
        return nats / Math.log(2) / bytes;
    }
}
