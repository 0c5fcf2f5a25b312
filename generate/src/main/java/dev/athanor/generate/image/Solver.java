package dev.athanor.generate.image;

import dev.athanor.model.NoiseProcess;
import java.util.Arrays;
import java.util.Locale;

/// The way from noise to a picture, in steps. Each goes from time t to an earlier time s.
///
/// Legend: x = x_t, the noisy picture; clean = x̂_0 and noise = ε̂, what the model takes it to be made of;
/// alpha = α, sigma = σ.
public enum Solver {
    /// Song et al. 2021, equation 12 with σ = 0: puts picture and noise together again for the earlier time.
    DDIM,
    /// A straight step along the slope of the probability flow (Karras et al. 2022, algorithm 1 without line
    /// 6). For flow matching the same as DDIM.
    EULER,
    /// The mean of the slopes at both ends (Karras et al. 2022, algorithm 1): two questions a step.
    HEUN,
    /// DPM-Solver++(2M) (Lu et al. 2022, algorithm 2): looks back at the step before.
    DPM_SOLVER;

    /// As it is given on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one that a word means.
    ///
    /// @throws IllegalArgumentException where none does
    public static Solver of(String word) {
        for (Solver solver : values()) {
            if (solver.word().equals(word.toLowerCase(Locale.ROOT))) {
                return solver;
            }
        }
        throw new IllegalArgumentException(
                "there is no sampler \"%s\": expected ddim, euler, heun or dpm-solver".formatted(word));
    }

    /// What a model takes a noisy picture to be made of.
    record Parts(float[] clean, float[] noise) {
        /// From the prediction of a process at a time.
        static Parts of(NoiseProcess process, double time, float[] x, float[] prediction) {
            double alpha = process.alpha(time);
            double sigma = process.sigma(time);
            float[] clean = new float[x.length];
            float[] noise = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                clean[i] = (float) process.clean(x[i], prediction[i], alpha, sigma);
                noise[i] = (float) process.noise(x[i], prediction[i], alpha, sigma);
            }
            return new Parts(clean, noise);
        }
    }

    /// Asks the model, with guidance and whatever else changes its answer.
    @FunctionalInterface
    interface Answer {
        Parts at(float[] x, double time);
    }

    /// Looks at each step, and may change the picture for the next.
    @FunctionalInterface
    interface Watch {
        /// @param x at `time`, when the step is done
        /// @param clean what the model takes the picture to be
        float[] after(float[] x, float[] clean, double time);
    }

    /// Times from `start` down to 0, evenly. The cosine of DDPM has no picture left at 1, so that it begins a
    /// little below.
    static double[] times(NoiseProcess process, double start, int steps) {
        double first = process == NoiseProcess.DDPM ? Math.min(start, 0.995) : start;
        double[] times = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            times[i] = first * (steps - i) / steps;
        }
        return times;
    }

    /// From noise, or a noisy picture, at the first of the times to a picture at the last.
    float[] solve(NoiseProcess process, float[] start, double[] times, Answer answer, Watch watch) {
        float[] x = start;
        float[] before = {}; // what the model took the picture to be a step ago
        for (int step = 0; step + 1 < times.length; step++) {
            double t = times[step];
            double s = times[step + 1];
            Parts parts = answer.at(x, t);
            x = switch (this) {
                case DDIM -> ddim(process, parts, s);
                case EULER -> along(x, slope(process, parts, t), s - t);
                case HEUN -> {
                    float[] first = slope(process, parts, t);
                    float[] ahead = along(x, first, s - t);
                    // At time 0 there is nothing more to ask.
                    yield s == 0 ? ahead : along(x, mean(first, slope(process, answer.at(ahead, s), s)), s - t);
                }
                case DPM_SOLVER -> {
                    double last = step > 0 ? times[step - 1] : t;
                    yield multistep(process, new Multistep(x, parts.clean(), before, new double[] {last, t, s}));
                }
            };
            before = parts.clean();
            x = watch.after(x, parts.clean(), s);
        }
        return x;
    }

    private static float[] ddim(NoiseProcess process, Parts parts, double s) {
        return mix(parts.clean(), (float) process.alpha(s), parts.noise(), (float) process.sigma(s));
    }

    private static float[] slope(NoiseProcess process, Parts parts, double t) {
        return mix(parts.clean(), (float) process.alphaSlope(t), parts.noise(), (float) process.sigmaSlope(t));
    }

    private static float[] along(float[] x, float[] slope, double time) {
        return mix(x, 1, slope, (float) time);
    }

    private static float[] mean(float[] a, float[] b) {
        return mix(a, 0.5f, b, 0.5f);
    }

    /// @param before what the model took the picture to be a step ago; empty at the first step
    /// @param times of the step before, of this one, and of the next
    private record Multistep(float[] x, float[] clean, float[] before, double[] times) {}

    private static float[] multistep(NoiseProcess process, Multistep step) {
        double t = step.times()[1];
        double s = step.times()[2];
        if (s == 0) {
            return step.clean().clone(); // λ is infinite there, and the solution is the picture itself
        }
        double h = lambda(process, s) - lambda(process, t);
        float[] data = step.clean();
        if (step.before().length > 0 && t < 1) {
            double last = lambda(process, t) - lambda(process, step.times()[0]);
            double half = Double.isInfinite(last) ? 0 : h / (2 * last); // 1 / (2r), r = h before / h
            data = mix(step.clean(), (float) (1 + half), step.before(), (float) -half);
        }
        double kept = process.sigma(s) / process.sigma(t);
        double gained = -process.alpha(s) * Math.expm1(-h);
        return mix(step.x(), (float) kept, data, (float) gained);
    }

    /// λ = ln(α/σ).
    private static double lambda(NoiseProcess process, double time) {
        return Math.log(process.alpha(time) / process.sigma(time));
    }

    static float[] mix(float[] a, float shareOfA, float[] b, float shareOfB) {
        float[] sum = Arrays.copyOf(a, a.length);
        for (int i = 0; i < sum.length; i++) {
            sum[i] = shareOfA * a[i] + shareOfB * b[i];
        }
        return sum;
    }
}
