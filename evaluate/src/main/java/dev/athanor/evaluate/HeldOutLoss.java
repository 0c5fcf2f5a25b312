package dev.athanor.evaluate;

/// How surprised a model is by text it has never seen, over a whole split: the sum of −ln p of every token asked for.
///
/// Which tokens those are: in running text every token but the very first; of samples that stand alone every token of the
/// text and the mark that ends it, not the fields before it. A Transformer reads windows of its context that do not
/// overlap; a recurrent model reads running text from beginning to end with its state carried on. For a text VAE the
/// number is an upper bound: reconstruction and divergence of one draw for each text.
///
/// @param exactness whether the numbers are the loss itself or a bound on it
/// @param samples read
/// @param shortened samples that the model cannot read whole and that count only up to its context
/// @param tokens asked for
/// @param nats the sum
/// @param reconstruction its part −ln p(x|z) for a text VAE, the whole sum otherwise
/// @param characters Unicode code points of the texts
/// @param bytes of the texts in UTF-8
public record HeldOutLoss(
        Exactness exactness,
        long samples,
        long shortened,
        long tokens,
        double nats,
        double reconstruction,
        long characters,
        long bytes) {
    private static final double NATS_PER_BIT = Math.log(2);

    public enum Exactness {
        EXACT,
        UPPER_BOUND
    }

    public double natsPerToken() {
        return nats / tokens;
    }

    /// e to the nats per token: among how many equally likely tokens the model seems to choose.
    public double perplexity() {
        return Math.exp(natsPerToken());
    }

    /// Comparable between models with different tokenizers, since it counts what people read.
    public double bitsPerCharacter() {
        return nats / NATS_PER_BIT / characters;
    }

    /// Comparable between languages too.
    public double bitsPerByte() {
        return nats / NATS_PER_BIT / bytes;
    }

    /// KL(q(z|x) || p(z)) in nats for each text of a text VAE; 0 otherwise.
    public double divergencePerSample() {
        return (nats - reconstruction) / samples;
    }
}
