package dev.athanor.torch;

import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// One layer of recurrent cells over a whole piece of text, with PyTorch's equations and order of gates.
///
/// Letters: B batch, T time, I input, C width, G gates (LSTM 4: i, f, g, o; GRU 3: r, z, n).
public final class Recurrent {
    private Recurrent() {}

    /// @param input (G·C, I)
    /// @param hidden (G·C, C)
    /// @param inputBias (G·C)
    /// @param hiddenBias (G·C)
    public record Weights(Tensor input, Tensor hidden, Tensor inputBias, Tensor hiddenBias) {
        private TensorVector vector() {
            return new TensorVector(input, hidden, inputBias, hiddenBias);
        }
    }

    /// @param outputs (B, T, C)
    /// @param hidden (B, C), the last output
    /// @param cell (B, C)
    public record LstmOutput(Tensor outputs, Tensor hidden, Tensor cell) {}

    /// @param outputs (B, T, C)
    /// @param hidden (B, C), the last output
    public record GruOutput(Tensor outputs, Tensor hidden) {}

    /// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000): x (B, T, I) on from hidden
    /// and cell, each (B, C).
    public static LstmOutput lstm(Tensor x, Tensor hidden, Tensor cell, Weights weights) {
        T_TensorTensorTensor_T out = torch.lstm(
                x,
                new TensorVector(hidden.unsqueeze(0), cell.unsqueeze(0)),
                weights.vector(),
                true,
                1,
                0.0,
                isTrainable(x),
                false,
                true);
        return new LstmOutput(out.get0(), out.get1().squeeze(0), out.get2().squeeze(0));
    }

    /// Gated recurrent unit (Cho et al. 2014, with the reset gate after the product, as in cuDNN): x (B, T, I)
    /// on from hidden (B, C).
    public static GruOutput gru(Tensor x, Tensor hidden, Weights weights) {
        T_TensorTensor_T out =
                torch.gru(x, hidden.unsqueeze(0), weights.vector(), true, 1, 0.0, isTrainable(x), false, true);
        return new GruOutput(out.get0(), out.get1().squeeze(0));
    }

    /// Whether the kernel is told that it trains. cuDNN has a gradient only then; on the CPU, without dropout inside,
    /// it would change nothing but the kernel that is chosen.
    private static boolean isTrainable(Tensor x) {
        return x.is_cuda();
    }
}
