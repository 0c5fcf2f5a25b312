package dev.athanor.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Arrays into tensors and back. Tensors made here own their memory.
public final class Tensors {
    private Tensors() {}

    /// A float32 tensor of a shape, on the CPU.
    public static Tensor of(float[] values, long... shape) {
        return Tensor.create(values, shape);
    }

    /// An int64 tensor of a shape, on the CPU: what embeddings and losses take.
    public static Tensor ids(int[] values, long... shape) {
        return Tensor.create(values, shape).to(torch.ScalarType.Long);
    }

    /// The numbers of a tensor in row-major order, as float32.
    public static float[] floats(Tensor tensor) {
        Tensor plain = tensor.detach().to(torch.ScalarType.Float).cpu().contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        plain.data_ptr_float().get(values);
        return values;
    }
}
