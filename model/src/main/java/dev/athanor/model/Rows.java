package dev.athanor.model;

import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Rows of numbers, with what each is told, that go through a model some at a time: so memory is bounded,
/// however many are asked for.
///
/// @param numbers (count, …)
/// @param labels (count, fields), numbers as in [Given]
record Rows(float[] numbers, int[] labels, int count) {
    private static final int TOGETHER = 256;

    interface Pass {
        /// @param some (rows, numbers of a row)
        Tensor of(Tensor some, Given given);
    }

    /// What a model makes of them, one row after the other.
    float[] through(Pass pass, Engine engine) {
        int size = numbers.length / Math.max(1, count);
        int fields = labels.length / Math.max(1, count);
        float[][] made = new float[Math.ceilDiv(count, TOGETHER)][];
        for (int part = 0; part < made.length; part++) {
            int from = part * TOGETHER;
            int to = Math.min(count, from + TOGETHER);
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                Tensor some = Tensors.of(Arrays.copyOfRange(numbers, from * size, to * size), to - from, size)
                        .to(engine.place(), torch.ScalarType.Float);
                Tensor told = Tensors.ids(Arrays.copyOfRange(labels, from * fields, to * fields), to - from, fields)
                        .to(engine.place(), torch.ScalarType.Long);
                made[part] = Tensors.floats(pass.of(some, new Given(told, told.narrow(1, 0, 0))));
            }
        }
        return joined(made);
    }

    private static float[] joined(float[][] parts) {
        float[] all =
                new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /// The same rows, where each has as many numbers and labels as the model reads.
    ///
    /// @param what a row is, in the plural
    /// @throws IllegalArgumentException where it has not
    Rows checked(String what, int size, int fields) {
        if (numbers.length != count * size) {
            throw new IllegalArgumentException(
                    "%d numbers are given for %d %s: expected %d".formatted(numbers.length, count, what, count * size));
        }
        if (labels.length != count * fields) {
            throw new IllegalArgumentException("%d labels are given for %d %s: expected %d, one for each of %d fields"
                    .formatted(labels.length, count, what, count * fields, fields));
        }
        return this;
    }
}
