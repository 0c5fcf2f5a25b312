package dev.athanor.generate;

import dev.athanor.model.Gru;
import java.util.Arrays;

/// Reads a sequence with gated recurrent units (Cho et al. 2014) as PyTorch computes them: gates in the order
/// reset, update, new, and the reset gate applied after the state's product.
public final class GruDecoder implements RecurrentDecoder {
    private final int vocabulary;
    private final int width;
    private final float[] embedding;
    private final GruLayer[] layers;
    private final Matrix head;
    private final float[] headBias;
    private final Hands hands;
    private final float[][] hidden;
    private int position;

    /// Takes weights `embed.weight`, `layers.N.{weight_ih, weight_hh, bias_ih, bias_hh}`, `head.weight`,
    /// `head.bias`.
    public GruDecoder(Gru.Config config, WeightSource weights) {
        vocabulary = config.vocabulary();
        width = config.width();
        int layers = config.layers();
        embedding = weights.read("embed.weight", vocabulary, width);
        this.layers = new GruLayer[layers];
        for (int i = 0; i < layers; i++) {
            this.layers[i] = GruLayer.read(weights, "layers." + i + ".", width, width);
        }
        head = Matrix.of(width, weights.read("head.weight", vocabulary, width));
        headBias = weights.read("head.bias", vocabulary);
        hands = new Hands(1);
        hidden = new float[layers][width];
    }

    private GruDecoder(GruDecoder from) {
        vocabulary = from.vocabulary;
        width = from.width;
        embedding = from.embedding;
        layers = from.layers;
        head = from.head;
        headBias = from.headBias;
        hands = from.hands;
        hidden = Arrays.stream(from.hidden).map(float[]::clone).toArray(float[][]::new);
        position = from.position;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public Decoder fork() {
        return new GruDecoder(this);
    }

    @Override
    public void reset() {
        position = 0;
        for (float[] h : hidden) {
            Arrays.fill(h, 0);
        }
    }

    @Override
    public float[] accept(int... tokens) {
        Checks.tokens(tokens, vocabulary);
        float[] x = new float[width];
        for (int token : tokens) {
            System.arraycopy(embedding, token * width, x, 0, width);
            for (int i = 0; i < layers.length; i++) {
                layers[i].step(i == 0 ? x : hidden[i - 1], hidden[i], hands);
            }
            position++;
        }
        float[] logits = new float[vocabulary];
        head.multiply(new float[][] {hidden[layers.length - 1]}, new float[][] {logits}, 1, hands);
        for (int i = 0; i < vocabulary; i++) {
            logits[i] += headBias[i];
        }
        return logits;
    }
}
