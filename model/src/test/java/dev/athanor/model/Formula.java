package dev.athanor.model;

import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Weights and pictures by formulas that the Python scripts beside the golden values have, too.
final class Formula {
    private Formula() {}

    static JsonNode golden(String file) throws IOException {
        try (InputStream in = Formula.class.getResourceAsStream(file)) {
            return JsonMapper.shared().readTree(in);
        }
    }

    /// Number k of tensor t, in the order of the sorted names, becomes 0.1 · sin(0.7 · (k + 1) + t); weights
    /// of norms have 1 added.
    static void fill(SequencedMap<String, Tensor> tensors) {
        fill(tensors, 0.1);
    }

    /// The same with another amplitude than 0.1.
    static void fill(SequencedMap<String, Tensor> tensors, double amplitude) {
        TreeMap<String, Tensor> sorted = new TreeMap<>(tensors);
        List<String> names = List.copyOf(sorted.keySet());
        try (NoGradGuard _ = new NoGradGuard()) {
            for (int t = 0; t < names.size(); t++) {
                Tensor tensor = sorted.get(names.get(t));
                float[] values = new float[(int) tensor.numel()];
                int added = names.get(t).contains("norm") && names.get(t).endsWith("weight") ? 1 : 0;
                for (int k = 0; k < values.length; k++) {
                    values[k] = (float) (amplitude * Math.sin(0.7 * (k + 1) + t)) + added;
                }
                tensor.copy_(Tensors.of(values, values.length).view(tensor.sizes()));
            }
        }
    }

    /// Number k is cos(step · k).
    static float[] cosines(int count, double step) {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = (float) Math.cos(step * k);
        }
        return values;
    }

    static float[] floats(JsonNode numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.get(i).asDouble();
        }
        return values;
    }
}
