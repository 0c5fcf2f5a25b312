package dev.athanor.data.sound;

import dev.athanor.data.Unusable;
import java.util.Arrays;

/// Gathers decoded samples and mixes the channels to one by their mean. Memory grows with what comes, not with
/// what the header claims.
final class Mono {
    /// Floating point is meant to stay near 1; whole numbers stored as such are thousands.
    private static final float LOUDEST = 8;

    private final Shape shape;
    private float[] samples;
    private int count;
    private int channel;
    private float sum;

    Mono(Shape shape) {
        this.shape = shape;
        this.samples = new float[Math.clamp(shape.frames(), 1 << 10, 1 << 20)];
    }

    /// Takes the sample of the next channel.
    void add(float value) throws Unusable {
        if (!(Math.abs(value) <= LOUDEST)) { // so that it holds for what is no number, too
            throw new Unusable(
                    "has %s as sample %d: expected numbers from -1 to 1".formatted(value, count),
                    "If whole numbers were written as floating point, divide by the largest, 32768 for 16 bits");
        }
        sum += value;
        if (++channel == shape.channels()) {
            if (count == Shape.LONGEST) {
                throw Broken.tooLong("goes on beyond %d samples".formatted(Shape.LONGEST));
            }
            if (count == samples.length) {
                samples = Arrays.copyOf(samples, Math.min(Shape.LONGEST, 2 * count));
            }
            samples[count++] = sum / channel;
            channel = 0;
            sum = 0;
        }
    }

    int count() {
        return count;
    }

    /// What was gathered from one place to another.
    Sound sound(int from, int to) {
        return new Sound(shape.rate(), Arrays.copyOfRange(samples, from, to));
    }
}
