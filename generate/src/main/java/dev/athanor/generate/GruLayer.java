package dev.athanor.generate;

/// One layer of gated recurrent units; decoders and the text VAE's encoder are made of it.
record GruLayer(Matrix fromInput, Matrix fromState, float[] inputBias, float[] stateBias) {

    /// Reads `weight_ih` (3H, inputs), `weight_hh` (3H, H), `bias_ih` and `bias_hh` under a prefix.
    static GruLayer read(WeightSource weights, String at, int inputs, int width) {
        return new GruLayer(
                Matrix.of(inputs, weights.read(at + "weight_ih", 3 * width, inputs)),
                Matrix.of(width, weights.read(at + "weight_hh", 3 * width, width)),
                weights.read(at + "bias_ih", 3 * width),
                weights.read(at + "bias_hh", 3 * width));
    }

    /// Reads one input; `h` becomes the next state.
    void step(float[] x, float[] h, Hands hands) {
        int width = h.length;
        float[] a = new float[3 * width];
        float[] b = new float[3 * width];
        fromInput.multiply(new float[][] {x}, new float[][] {a}, 1, hands);
        fromState.multiply(new float[][] {h}, new float[][] {b}, 1, hands);
        for (int j = 0; j < a.length; j++) {
            a[j] += inputBias[j];
            b[j] += stateBias[j];
        }
        for (int j = 0; j < width; j++) {
            float reset = Curves.sigmoid(a[j] + b[j]);
            float update = Curves.sigmoid(a[width + j] + b[width + j]);
            float fresh = Curves.tanh(a[2 * width + j] + reset * b[2 * width + j]);
            h[j] = (1 - update) * fresh + update * h[j];
        }
    }
}
