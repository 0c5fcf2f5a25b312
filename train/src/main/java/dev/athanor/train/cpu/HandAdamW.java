package dev.athanor.train.cpu;

import dev.athanor.torch.AdamW;

/// [AdamW] on arrays, stretch by stretch, so that threads can share it: one pass where operators on tensors
/// take seven.
///
/// Legend: firstMoment = m, secondMoment = v, steps = t, rate = α·η (Loshchilov and Hutter 2019, algorithm 2).
public final class HandAdamW {
    private final AdamW.Settings settings;
    private final long decayed;
    private final float[] weights;
    private final float[] firstMoment;
    private final float[] secondMoment;
    private long steps;

    /// @param size how many weights
    /// @param decayed how many of them, counted from the first, decay
    public HandAdamW(int size, long decayed, AdamW.Settings settings) {
        this.settings = settings;
        this.decayed = decayed;
        this.weights = new float[size];
        this.firstMoment = new float[size];
        this.secondMoment = new float[size];
    }

    /// The numbers of one step.
    ///
    /// @param scale of the gradient
    /// @param length of the step, with the corrections for young moments
    /// @param epsilon with the same correction
    /// @param decay what is kept of a weight that decays
    public record Step(float scale, float length, float epsilon, float decay) {

        /// The same with a gradient that is scaled.
        public Step scaled(double factor) {
            return new Step((float) (scale * factor), length, epsilon, decay);
        }
    }

    /// Begins a step: each stretch of the weights must then be moved once.
    public Step next(double rate) {
        steps++;
        double correction1 = 1 - Math.pow(settings.beta1(), steps);
        double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), steps));
        return new Step(
                1, (float) (rate * correction2 / correction1), (float) (settings.epsilon() * correction2), (float)
                        (1 - rate * settings.decay()));
    }

    /// Moves the weights of a stretch against their gradient.
    public void apply(Step step, float[] gradient, int from, int end) {
        int border = Math.clamp(decayed, from, end);
        move(step, step.decay(), gradient, from, border);
        move(step, 1, gradient, border, end);
    }

    private void move(Step step, float kept, float[] gradient, int from, int end) {
        float[] w = weights;
        float[] m = firstMoment;
        float[] v = secondMoment;
        float beta1 = (float) settings.beta1();
        float beta2 = (float) settings.beta2();
        float fresh1 = (float) (1 - settings.beta1());
        float fresh2 = (float) (1 - settings.beta2());
        float scale = step.scale();
        float length = step.length();
        float epsilon = step.epsilon();
        for (int i = from; i < end; i++) {
            float g = gradient[i] * scale;
            float mean = beta1 * m[i] + fresh1 * g;
            float square = beta2 * v[i] + fresh2 * g * g;
            m[i] = mean;
            v[i] = square;
            w[i] = w[i] * kept - length * mean / ((float) Math.sqrt(square) + epsilon);
        }
    }

    public float[] weights() {
        return weights;
    }

    /// m.
    public float[] firstMoment() {
        return firstMoment;
    }

    /// v.
    public float[] secondMoment() {
        return secondMoment;
    }

    /// t, the steps taken.
    public long steps() {
        return steps;
    }

    /// Sets t when a run is resumed; weights and moments are written in place.
    public void resume(long steps) {
        this.steps = steps;
    }
}
