package dev.athanor.torch.cpu;

import dev.athanor.torch.Tensors;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// The same pictures as libtorch holds them, (pictures, channels, height, width), and as cells, so that both
/// can be asked.
final class Planes {
    private Planes() {}

    /// Cells of random numbers between −1 and 1.
    static Cells random(int height, int width, int pictures, int channels) {
        Cells cells = Cells.none(height, width, channels).forPictures(pictures);
        Random random = new Random(31L * height + width + channels);
        for (float[] place : cells.values()) {
            for (int i = 0; i < place.length; i++) {
                place[i] = random.nextFloat() * 2 - 1;
            }
        }
        return cells;
    }

    static float[] numbers(int count, double size) {
        Random random = new Random(count);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) ((random.nextFloat() * 2 - 1) * size);
        }
        return numbers;
    }

    static float[] of(Cells cells) {
        float[] planes = new float[cells.places() * cells.numbers()];
        for (int place = 0; place < cells.places(); place++) {
            for (int i = 0; i < cells.numbers(); i++) {
                planes[i * cells.places() + place] = cells.values()[place][i];
            }
        }
        return planes;
    }

    static Tensor tensor(Cells cells) {
        return learnt(of(cells), cells.pictures(), cells.channels(), cells.height(), cells.width());
    }

    /// A tensor whose gradient is asked for.
    static Tensor learnt(float[] values, long... shape) {
        Tensor tensor = Tensors.of(values, shape).clone();
        tensor.set_requires_grad(true);
        return tensor;
    }

    /// Makes libtorch find the gradients for a given one of y.
    static void backward(Tensor y, Cells dy) {
        y.mul(Tensors.of(of(dy), dy.pictures(), dy.channels(), dy.height(), dy.width()))
                .sum()
                .backward();
    }

    static Tensor times(Tensor x, double factor) {
        return x.mul(new Scalar(factor));
    }

    /// The largest difference as a share of the largest reference.
    static double error(float[] found, Tensor reference) {
        float[] wanted = Tensors.floats(reference.detach());
        if (found.length != wanted.length) {
            throw new AssertionError("%d numbers for %d".formatted(found.length, wanted.length));
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(wanted[i] - found[i]));
        }
        if (!(largest > 0) || Double.isNaN(difference)) {
            throw new AssertionError("nothing to compare: " + Arrays.toString(Arrays.copyOf(wanted, 8)));
        }
        return difference / largest;
    }
}
