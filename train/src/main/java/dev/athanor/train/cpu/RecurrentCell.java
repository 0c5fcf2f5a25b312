package dev.athanor.train.cpu;

/// What one layer does at one time: gates and output from what came in and what was remembered, and the way
/// back.
///
/// Letters: B rows, T time, C width, G gates.
sealed interface RecurrentCell permits LstmCell, GruCell {

    /// What a cell works on for one part.
    ///
    /// @param projected (T, B, G·C), the inputs' share of the gates; a cell leaves its gates here on the way
    ///     there and their
    ///     gradient on the way back
    /// @param outputs (T + 1, B, C); the first is the state before
    /// @param hiddenWeights (G·C, C)
    /// @param hiddenBias place of (G·C)
    record Steps(
            int rows, int columns, float[] projected, float[] outputs, Layout.Matrix hiddenWeights, int hiddenBias) {
        static final Steps NONE = new Steps(0, 0, new float[0], new float[0], new Layout.Matrix(0, 0, 0), 0);
    }

    /// G.
    int gates();

    /// Puts the carried state before the first step.
    void begin(float[] weights, Steps steps);

    /// Output t from output t − 1.
    void forward(int t);

    /// Carries what the last step left.
    void keep();

    /// From the gradient of output t, (T, B, C), to that of the gates; what reaches output t − 1 is added
    /// there.
    void backward(int t, float[] dOutputs);

    /// Adds the gradient of hidden weights and bias, after the way back.
    void addGradient(float[] gradient);

    /// The carried output, (B, C).
    float[] hidden();

    /// What else is carried, (B, C) or nothing.
    float[] memory();
}
