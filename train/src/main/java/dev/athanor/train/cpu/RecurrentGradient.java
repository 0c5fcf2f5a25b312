package dev.athanor.train.cpu;

import dev.athanor.model.Gru;
import dev.athanor.model.Lstm;
import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Loss and gradient of stacked recurrent layers ([Lstm], [Gru]) by backpropagation through time (Werbos
/// 1990), with the state carried from part to part (Williams and Peng 1990).
///
/// Letters: B rows, T time, M = T·B tokens, time by time; C width, G·C gates, V vocabulary, L layers.
public final class RecurrentGradient implements HandGradient {
    private final int vocabulary;
    private final int width;
    private final double dropout;
    private final Layout.Matrix embedding; // (V, C)
    private final List<Layer> layers = new ArrayList<>();
    private final TokenLoss loss;
    private float[] table = {}; // (V, G·C)
    private float[] input = {}; // (M, C), of the lowest layer
    private float[] dStates = {}; // (M, C)
    private float[] dBelow = {}; // (M, C)
    private float[][] carried = {};

    private RecurrentGradient(int vocabulary, int width, Layout layout, double dropout) {
        this.vocabulary = vocabulary;
        this.width = width;
        this.dropout = dropout;
        this.embedding = layout.matrix("embed.weight", vocabulary, width);
        this.loss = new TokenLoss(layout.matrix("head.weight", vocabulary, width), layout.at("head.bias"));
    }

    /// @param rows of a part, whose state is carried
    public static RecurrentGradient of(Lstm.Config config, Layout layout, double dropout, int rows) {
        RecurrentGradient made = new RecurrentGradient(config.vocabulary(), config.width(), layout, dropout);
        for (int layer = 0; layer < config.layers(); layer++) {
            made.layers.add(new Layer(layout, layer, new LstmCell(config.width(), rows), config.width()));
        }
        made.gatherCarried();
        return made;
    }

    /// @param rows of a part, whose state is carried
    public static RecurrentGradient of(Gru.Config config, Layout layout, double dropout, int rows) {
        RecurrentGradient made = new RecurrentGradient(config.vocabulary(), config.width(), layout, dropout);
        for (int layer = 0; layer < config.layers(); layer++) {
            made.layers.add(new Layer(layout, layer, new GruCell(config.width(), rows), config.width()));
        }
        made.gatherCarried();
        return made;
    }

    private void gatherCarried() {
        List<float[]> states = new ArrayList<>();
        layers.forEach(layer -> states.add(layer.cell.hidden()));
        layers.stream()
                .map(layer -> layer.cell.memory())
                .filter(memory -> memory.length > 0)
                .forEach(states::add);
        carried = states.toArray(float[][]::new);
    }

    /// One layer: its weights' places, its cell, what it computed.
    private static final class Layer {
        final Layout.Matrix inputWeights; // (G·C, C)
        final int inputBias; // place of (G·C)
        final Layout.Matrix hiddenWeights; // (G·C, C)
        final int hiddenBias; // place of (G·C)
        final int gates; // G·C
        final RecurrentCell cell;
        View below = View.of(new float[0], 0, 0, 0); // (M, C) or, by vocabulary, (V, C): what it read
        float[] projected = {}; // (M, G·C), what the cell makes its gates of, and then their gradient
        float[] outputs = {}; // (T + 1, B, C), the carried state first
        float[] dropped = {}; // (M, C), what the layer above reads where something is dropped

        Layer(Layout layout, int number, RecurrentCell cell, int width) {
            String prefix = "layers." + number + ".";
            this.gates = cell.gates() * width;
            this.inputWeights = layout.matrix(prefix + "weight_ih", gates, width);
            this.inputBias = layout.at(prefix + "bias_ih");
            this.hiddenWeights = layout.matrix(prefix + "weight_hh", gates, width);
            this.hiddenBias = layout.at(prefix + "bias_hh");
            this.cell = cell;
        }
    }

    @Override
    public float[][] carried() {
        return carried;
    }

    @Override
    public double add(float[] weights, float[] gradient, Part part) {
        int[] ids = part.timeMajor(part.inputs());
        View states = forward(weights, ids, part);

        dStates = Buffers.atLeast(dStates, ids.length * width);
        double sum = loss.add(
                weights,
                gradient,
                states,
                part.timeMajor(part.targets()),
                View.of(dStates, 0, ids.length, width),
                part.scale());
        backward(weights, gradient, ids, part);
        return sum;
    }

    /// @return (M, C), the highest layer's outputs
    private View forward(float[] weights, int[] ids, Part part) {
        int M = ids.length;
        View states = embedding.in(weights);
        for (int number = 0; number < layers.size(); number++) {
            Layer layer = layers.get(number);
            layer.projected = Buffers.atLeast(layer.projected, M * layer.gates);
            layer.outputs = Buffers.atLeast(layer.outputs, (part.columns() + 1) * part.rows() * width);
            if (number == 0 && isByVocabulary(M)) {
                table = Buffers.atLeast(table, vocabulary * layer.gates);
                layer.below = states;
                project(weights, layer, table);
                Pointwise.gather(table, 0, ids, layer.projected, layer.gates);
            } else {
                if (number == 0) {
                    input = Buffers.atLeast(input, M * width);
                    Pointwise.gather(weights, embedding.at(), ids, input, width);
                    Pointwise.drop(input, M * width, dropout, part.key());
                    states = View.of(input, 0, M, width);
                }
                layer.below = states;
                project(weights, layer, layer.projected);
            }
            layer.cell.begin(weights, steps(layer, part));
            for (int t = 0; t < part.columns(); t++) {
                layer.cell.forward(t);
            }
            layer.cell.keep();
            states = View.of(layer.outputs, part.rows() * width, M, width);
            if (dropout > 0) {
                layer.dropped = Buffers.atLeast(layer.dropped, M * width);
                System.arraycopy(layer.outputs, part.rows() * width, layer.dropped, 0, M * width);
                Pointwise.drop(layer.dropped, M * width, dropout, part.key() + number + 1);
                states = View.of(layer.dropped, 0, M, width);
            }
        }
        return states;
    }

    private RecurrentCell.Steps steps(Layer layer, Part part) {
        return new RecurrentCell.Steps(
                part.rows(), part.columns(), layer.projected, layer.outputs, layer.hiddenWeights, layer.hiddenBias);
    }

    /// With nothing dropped, equal tokens read equal vectors: what the lowest layer makes of them is computed
    /// once for each token of the vocabulary, where those are fewer.
    private boolean isByVocabulary(int tokens) {
        return dropout == 0 && vocabulary < tokens;
    }

    private static void project(float[] weights, Layer layer, float[] into) {
        View states = layer.below;
        for (int row = 0; row < states.rows(); row++) {
            System.arraycopy(weights, layer.inputBias, into, row * layer.gates, layer.gates);
        }
        Blas.add(
                View.of(into, 0, states.rows(), layer.gates),
                states,
                layer.inputWeights.in(weights).turned());
    }

    /// Goes down from the gradient of the highest layer's outputs in `dStates`.
    private void backward(float[] weights, float[] gradient, int[] ids, Part part) {
        int M = ids.length;
        for (int number = layers.size() - 1; number >= 0; number--) {
            Layer layer = layers.get(number);
            Pointwise.drop(dStates, M * width, dropout, part.key() + number + 1);
            for (int t = part.columns() - 1; t >= 0; t--) {
                layer.cell.backward(t, dStates);
            }
            layer.cell.addGradient(gradient);
            if (number == 0 && isByVocabulary(M)) {
                Arrays.fill(table, 0, vocabulary * layer.gates, 0);
                Pointwise.scatter(layer.projected, ids, table, 0, layer.gates);
                unproject(gradient, layer, table);
                Blas.add(
                        embedding.in(gradient),
                        View.of(table, 0, vocabulary, layer.gates),
                        layer.inputWeights.in(weights));
                return;
            }
            unproject(gradient, layer, layer.projected);
            dBelow = Buffers.atLeast(dBelow, M * width);
            Blas.set(
                    View.of(dBelow, 0, M, width),
                    View.of(layer.projected, 0, M, layer.gates),
                    layer.inputWeights.in(weights));
            float[] swapped = dStates;
            dStates = dBelow;
            dBelow = swapped;
        }
        Pointwise.drop(dStates, M * width, dropout, part.key());
        Pointwise.scatter(dStates, ids, gradient, embedding.at(), width);
    }

    /// The gradient of a layer's input weights and bias from that of what they projected.
    private static void unproject(float[] gradient, Layer layer, float[] dProjected) {
        View below = layer.below;
        Blas.add(
                layer.inputWeights.in(gradient),
                View.of(dProjected, 0, below.rows(), layer.gates).turned(),
                below);
        Pointwise.addColumns(dProjected, below.rows(), gradient, layer.inputBias, layer.gates);
    }
}
