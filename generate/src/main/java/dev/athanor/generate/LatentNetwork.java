package dev.athanor.generate;

import dev.athanor.model.TextVae;
import java.util.Arrays;

/// The text VAE in plain Java: texts to latent vectors, and a decoder that writes from one.
///
/// Letters: E embedding, C width, Z latent, V vocabulary.
final class LatentNetwork {
    private final TextVae.Config config;
    private final float[] embedding; // (V, E)
    private final GruLayer encoder;
    private final Matrix mean;
    private final float[] meanBias;
    private final Matrix initial;
    private final float[] initialBias;
    private final GruLayer decoder;
    private final Matrix head;
    private final float[] headBias;
    private final Hands hands = new Hands(1);

    LatentNetwork(TextVae.Config config, WeightSource weights) {
        this.config = config;
        int width = config.width();
        int latent = config.latent();
        embedding = weights.read("embed.weight", config.vocabulary(), config.embedding());
        encoder = GruLayer.read(weights, "encoder.", config.embedding(), width);
        mean = Matrix.of(width, weights.read("mean.weight", latent, width));
        meanBias = weights.read("mean.bias", latent);
        initial = Matrix.of(latent, weights.read("initial.weight", width, latent));
        initialBias = weights.read("initial.bias", width);
        decoder = GruLayer.read(weights, "decoder.", config.embedding() + latent, width);
        head = Matrix.of(width, weights.read("head.weight", config.vocabulary(), width));
        headBias = weights.read("head.bias", config.vocabulary());
    }

    TextVae.Config config() {
        return config;
    }

    /// The mean of the distribution that a text is encoded to, (Z).
    float[] mean(int... tokens) {
        Checks.tokens(tokens, config.vocabulary());
        float[] x = new float[config.embedding()];
        float[] h = new float[config.width()];
        for (int token : tokens) {
            embed(token, x);
            encoder.step(x, h, hands);
        }
        return affine(mean, meanBias, h);
    }

    /// The decoder's first state for a latent vector, (C).
    float[] initial(float[] latent) {
        float[] h = affine(initial, initialBias, latent);
        for (int i = 0; i < h.length; i++) {
            h[i] = Curves.tanh(h[i]);
        }
        return h;
    }

    /// Reads one token after the state `h`, with the latent vector beside it.
    void step(int token, float[] latent, float[] h) {
        float[] x = new float[config.embedding() + latent.length];
        embed(token, x);
        System.arraycopy(latent, 0, x, config.embedding(), latent.length);
        decoder.step(x, h, hands);
    }

    float[] score(float[] h) {
        return affine(head, headBias, h);
    }

    private void embed(int token, float[] into) {
        System.arraycopy(embedding, token * config.embedding(), into, 0, config.embedding());
    }

    private float[] affine(Matrix matrix, float[] bias, float[] x) {
        float[] y = Arrays.copyOf(bias, bias.length);
        float[] product = new float[bias.length];
        matrix.multiply(new float[][] {x}, new float[][] {product}, 1, hands);
        for (int i = 0; i < y.length; i++) {
            y[i] += product[i];
        }
        return y;
    }
}
