package dev.athanor.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Square roots and singular values of square matrices that stand row by row in arrays of the Java heap, in
/// double precision on the CPU. [Engine#start] comes first.
public final class Spectra {
    private Spectra() {}

    /// The root S of a symmetric matrix without negative eigenvalues: S · S is the matrix, and S is
    /// symmetric, too. Eigenvalues that rounding has put below zero count as zero, so that a matrix of low
    /// rank has a root as well.
    public static double[] root(double[] symmetric, int size) {
        try (PointerScope _ = new PointerScope()) {
            var eigen = torch.linalg_eigh(square(symmetric, size));
            Tensor vectors = eigen.get1();
            Tensor roots = eigen.get0().clamp_min(new Scalar(0.0)).sqrt();
            return doubles(vectors.mul(roots).mm(vectors.t()));
        }
    }

    /// The sum of the singular values of a · b.
    public static double nuclearNorm(double[] a, double[] b, int size) {
        try (PointerScope _ = new PointerScope()) {
            Tensor product = square(a, size).mm(square(b, size));
            return torch.linalg_svdvals(product).sum().item_double();
        }
    }

    private static Tensor square(double[] values, int size) {
        if (values.length != size * size) {
            throw new IllegalArgumentException("a square matrix of size %d has %d numbers, but %d were given"
                    .formatted(size, size * size, values.length));
        }
        return Tensor.create(values, size, size);
    }

    private static double[] doubles(Tensor tensor) {
        Tensor plain = tensor.contiguous();
        double[] values = new double[Math.toIntExact(plain.numel())];
        plain.data_ptr_double().get(values);
        return values;
    }
}
