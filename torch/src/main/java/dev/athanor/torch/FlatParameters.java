package dev.athanor.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// All parameters of a module laid into one row of numbers, and all their gradients into another, so that
/// zeroing, clipping, averaging and stepping are one operator each instead of one for every parameter.
///
/// Matrices stand first: weight decay applies to them alone (Loshchilov and Hutter 2019 decay weights, not
/// biases and gains). The module's own tensors become views, so the model does not notice. Owns native memory:
/// lives and dies with the scope it is made in.
public final class FlatParameters {
    private final Tensor values; // (N)
    private final Tensor gradients; // (N)
    private final long decayed;

    public FlatParameters(Module module) {
        List<Tensor> ordered = new ArrayList<>();
        TensorVector parameters = module.parameters();
        long matrices = 0;
        for (int dimension : new int[] {2, 1}) {
            for (long i = 0; i < parameters.size(); i++) {
                Tensor parameter = parameters.get(i);
                if (Math.min(parameter.dim(), 2) == dimension) {
                    ordered.add(parameter);
                    matrices += dimension == 2 ? parameter.numel() : 0;
                }
            }
        }
        decayed = matrices;
        long count = ordered.stream().mapToLong(Tensor::numel).sum();
        try (NoGradGuard _ = new NoGradGuard()) {
            values = ordered.getFirst().detach().new_empty(count);
            gradients = torch.zeros_like(values);
            long at = 0;
            for (Tensor parameter : ordered) {
                long size = parameter.numel();
                Tensor view = values.narrow(0, at, size).view(parameter.sizes());
                view.copy_(parameter);
                parameter.set_data(view);
                parameter.mutable_grad().put(gradients.narrow(0, at, size).view(parameter.sizes()));
                at += size;
            }
        }
    }

    /// Every weight, (N); writing into it changes the model.
    public Tensor values() {
        return values;
    }

    /// The gradient of every weight, (N).
    public Tensor gradients() {
        return gradients;
    }

    /// Where each of the module's tensors stands in the row, by the name it is given here.
    public Map<String, Integer> places(Map<String, Tensor> named) {
        Map<String, Integer> places = new LinkedHashMap<>();
        named.forEach((name, tensor) -> places.put(name, Math.toIntExact(tensor.storage_offset())));
        return places;
    }

    /// How many numbers, counted from the first, weight decay applies to.
    public long decayed() {
        return decayed;
    }

    public void zeroGradients() {
        gradients.zero_();
    }

    /// Scales the gradient to a norm of at most `limit` (Pascanu et al. 2013, algorithm 1).
    ///
    /// @return the norm before
    public double clip(double limit) {
        try (NoGradGuard _ = new NoGradGuard()) {
            double norm = gradients.norm().item_float();
            if (norm > limit) {
                gradients.mul_(new Scalar(limit / norm));
            }
            return norm;
        }
    }
}
