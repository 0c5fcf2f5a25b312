package dev.athanor.torch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Tensors into weight files and back.
public final class Weights {
    private Weights() {}

    /// Copies the numbers of every named tensor out of the files into it; types are converted to the tensor's own.
    ///
    /// @throws WeightsException where a name is missing or too much, or a shape differs
    public static void read(List<Path> files, SequencedMap<String, Tensor> into) {
        Set<String> missing = new LinkedHashSet<>(into.keySet());
        for (Path file : files) {
            try (SafeTensors weights = SafeTensors.open(file);
                    NoGradGuard _ = new NoGradGuard()) {
                weights.entries().forEach((name, entry) -> {
                    if (!missing.remove(name)) {
                        refuseUnlessKnown(file, name, into);
                    } else {
                        copy(file, name, entry, into.get(name));
                    }
                });
            }
        }
        if (!missing.isEmpty()) {
            throw new WeightsException(
                    "%s lacks the weights %s, which config.json asks for: the two do not belong together. Take the folder from a backup, or make it again"
                            .formatted(files, String.join(", ", missing)));
        }
    }

    /// A tied output is often written twice, and old files keep rotary tables: both carry nothing of their own.
    private static void refuseUnlessKnown(Path file, String name, Map<String, Tensor> into) {
        if (!name.equals("lm_head.weight") && !name.endsWith("rotary_emb.inv_freq")) {
            throw new WeightsException(
                    "%s holds the weight %s, which config.json does not ask for: %s. Take the folder from a backup, or make it again"
                            .formatted(
                                    file,
                                    name,
                                    into.containsKey(name)
                                            ? "it stands in two files"
                                            : "the two do not belong together"));
        }
    }

    private static void copy(Path file, String name, SafeTensors.Entry entry, Tensor target) {
        long[] shape = shape(target);
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new WeightsException(
                    "%s has %s in the shape %s and config.json asks for %s: the two do not belong together. Take the folder from a backup, or make it again"
                            .formatted(file, name, Arrays.toString(entry.shape()), Arrays.toString(shape)));
        }
        try (PointerScope _ = new PointerScope()) {
            if (entry.type() == SafeTensors.Type.U8 || entry.type() == SafeTensors.Type.I64) {
                Tensor plain = torch.empty_like(target.cpu());
                MemorySegment.ofAddress(plain.data_ptr().address())
                        .reinterpret(entry.data().byteSize())
                        .copyFrom(entry.data());
                target.copy_(plain);
            } else {
                target.copy_(Tensors.of(entry.floats(), shape));
            }
        }
    }

    /// Writes float32 tensors, each under its name.
    public static void write(Path file, SequencedMap<String, Tensor> tensors) throws IOException {
        write(file, tensors, Map.of());
    }

    /// Writes tensors of float32, int64 or bytes, each under its name, and words about them.
    public static void write(Path file, SequencedMap<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        try (PointerScope _ = new PointerScope()) {
            SequencedMap<String, SafeTensors.Values> values = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> {
                Tensor plain = tensor.detach().cpu().contiguous();
                SafeTensors.Type type = type(name, plain);
                long bytes = plain.numel() * plain.element_size();
                MemorySegment data = bytes == 0
                        ? MemorySegment.NULL
                        : MemorySegment.ofAddress(plain.data_ptr().address()).reinterpret(bytes);
                values.put(name, new SafeTensors.Values(type, shape(plain), data));
            });
            SafeTensors.write(file, values, metadata);
        }
    }

    private static SafeTensors.Type type(String name, Tensor tensor) {
        torch.ScalarType type = tensor.scalar_type().intern();
        if (type == torch.ScalarType.Float) {
            return SafeTensors.Type.F32;
        }
        if (type == torch.ScalarType.Long) {
            return SafeTensors.Type.I64;
        }
        if (type == torch.ScalarType.Byte) {
            return SafeTensors.Type.U8;
        }
        throw new IllegalArgumentException(
                "%s is of type %s: float32, int64 and bytes can be written".formatted(name, type));
    }

    static long[] shape(Tensor tensor) {
        long[] shape = new long[(int) tensor.dim()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = tensor.size(axis);
        }
        return shape;
    }
}
