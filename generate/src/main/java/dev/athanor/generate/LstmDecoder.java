package dev.athanor.generate;

import dev.athanor.model.Lstm;
import java.util.Arrays;

/// Reads a sequence with long short-term memory (Hochreiter and Schmidhuber 1997) as PyTorch computes it: gates
/// in the order input, forget, cell, output.
public final class LstmDecoder implements RecurrentDecoder {
    private record Layer(Matrix fromInput, Matrix fromState, float[] bias) {}

    private final int vocabulary;
    private final int width;
    private final float[] embedding;
    private final Layer[] layers;
    private final Matrix head;
    private final float[] headBias;
    private final Hands hands;
    private final float[][] hidden;
    private final float[][] cell;
    private int position;

    /// Takes weights `embed.weight`, `layers.N.{weight_ih, weight_hh, bias_ih, bias_hh}`, `head.weight`,
    /// `head.bias`.
    public LstmDecoder(Lstm.Config config, WeightSource weights) {
        vocabulary = config.vocabulary();
        width = config.width();
        int layers = config.layers();
        embedding = weights.read("embed.weight", vocabulary, width);
        this.layers = new Layer[layers];
        for (int i = 0; i < layers; i++) {
            String at = "layers." + i + ".";
            float[] bias = weights.read(at + "bias_ih", 4 * width).clone();
            float[] more = weights.read(at + "bias_hh", 4 * width);
            for (int j = 0; j < bias.length; j++) {
                bias[j] += more[j];
            }
            this.layers[i] = new Layer(
                    Matrix.of(width, weights.read(at + "weight_ih", 4 * width, width)),
                    Matrix.of(width, weights.read(at + "weight_hh", 4 * width, width)),
                    bias);
        }
        head = Matrix.of(width, weights.read("head.weight", vocabulary, width));
        headBias = weights.read("head.bias", vocabulary);
        hands = new Hands(1);
        hidden = new float[layers][width];
        cell = new float[layers][width];
    }

    private LstmDecoder(LstmDecoder from) {
        vocabulary = from.vocabulary;
        width = from.width;
        embedding = from.embedding;
        layers = from.layers;
        head = from.head;
        headBias = from.headBias;
        hands = from.hands;
        hidden = Arrays.stream(from.hidden).map(float[]::clone).toArray(float[][]::new);
        cell = Arrays.stream(from.cell).map(float[]::clone).toArray(float[][]::new);
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
        return new LstmDecoder(this);
    }

    @Override
    public void reset() {
        position = 0;
        for (int i = 0; i < layers.length; i++) {
            Arrays.fill(hidden[i], 0);
            Arrays.fill(cell[i], 0);
        }
    }

    @Override
    public float[] accept(int... tokens) {
        Checks.tokens(tokens, vocabulary);
        float[][] x = {new float[width]};
        float[][] a = {new float[4 * width]};
        float[][] b = {new float[4 * width]};
        for (int token : tokens) {
            System.arraycopy(embedding, token * width, x[0], 0, width);
            for (int i = 0; i < layers.length; i++) {
                step(i, i == 0 ? x : new float[][] {hidden[i - 1]}, a, b);
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

    private void step(int i, float[][] x, float[][] a, float[][] b) {
        Layer layer = layers[i];
        float[] h = hidden[i];
        float[] c = cell[i];
        layer.fromInput.multiply(x, a, 1, hands);
        layer.fromState.multiply(new float[][] {h}, b, 1, hands);
        float[] gates = a[0];
        for (int j = 0; j < gates.length; j++) {
            gates[j] += b[0][j] + layer.bias[j];
        }
        for (int j = 0; j < width; j++) {
            float keep = Curves.sigmoid(gates[width + j]) * c[j];
            c[j] = keep + Curves.sigmoid(gates[j]) * Curves.tanh(gates[2 * width + j]);
            h[j] = Curves.sigmoid(gates[3 * width + j]) * Curves.tanh(c[j]);
        }
    }
}
