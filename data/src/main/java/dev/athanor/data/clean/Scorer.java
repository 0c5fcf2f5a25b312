package dev.athanor.data.clean;

import dev.athanor.data.Sample;

/// Says how surprising texts are to a language model. Several threads ask.
@FunctionalInterface
public interface Scorer {
    Score of(Sample sample);

    /// @param nats −ln p, summed over the tokens that were asked for
    /// @param tokens how many those are; none of a text that is too short for it
    record Score(double nats, long tokens) {
        /// e to the nats of a token: among how many equally likely ones the model chooses, so to speak.
        double perplexity() {
            return Math.exp(nats / tokens);
        }
    }
}
