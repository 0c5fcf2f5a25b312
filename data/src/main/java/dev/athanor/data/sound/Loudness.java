package dev.athanor.data.sound;

import java.util.Arrays;

/// How loud a sound is to people, in LUFS (ITU-R BS.1770-5), and how it becomes as loud as others.
///
/// @param lufs integrated loudness; minus infinity where all is quieter than -70
/// @param peak the highest point between the samples, in decibels below full scale (dBTP)
public record Loudness(double lufs, double peak) {
    /// From block to block, in seconds, and steps of a block: BS.1770-5, annex 1.
    private static final double STEP = 0.1;

    private static final int STEPS = 4;
    private static final double SILENCE = -70;
    private static final double BELOW_MEAN = 10;
    private static final double OFFSET = -0.691;

    /// No point of a sound may pass it, so that later conversions have room: EBU R 128.
    private static final double CEILING = -1;

    private static final int OVERSAMPLING = 4;

    /// Measures a sound. One shorter than a block of 0.4 seconds counts as one block.
    public static Loudness of(Sound sound) {
        return new Loudness(integrated(blocks(sound)), decibels(peak(sound)));
    }

    /// Nothing that a person would hear.
    public boolean isSilence() {
        return lufs == Double.NEGATIVE_INFINITY;
    }

    /// The gain in decibels that brings a sound of this loudness to the target. It stops where the peak would
    /// pass -1 dBTP: a sound with high peaks then stays quieter than asked for, and is not distorted.
    public double gain(double target) {
        return isSilence() ? 0 : Math.min(target - lufs, CEILING - peak);
    }

    /// The sound, louder by some decibels.
    public static Sound amplify(Sound sound, double decibels) {
        float factor = (float) Math.pow(10, decibels / 20);
        float[] samples = new float[sound.samples().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sound.samples()[i] * factor;
        }
        return new Sound(sound.rate(), samples);
    }

    /// The sound at a loudness, as near as its peaks allow; silence stays as it is.
    public static Sound normalise(Sound sound, double target) {
        return amplify(sound, of(sound).gain(target));
    }

    private static double decibels(double amplitude) {
        return 20 * Math.log10(amplitude);
    }

    private static double peak(Sound sound) {
        return Math.max(sound.peak(), new Resampler(sound.rate(), OVERSAMPLING * sound.rate()).peak(sound));
    }

    /// The mean power of each block, as the ear weighs it. Blocks overlap, so the power of each step is summed
    /// once.
    private static double[] blocks(Sound sound) {
        float[] samples = sound.samples();
        int step = Math.max(1, (int) Math.round(STEP * sound.rate()));
        double[] steps = new double[samples.length / step + 1];
        double mean = mean(samples);
        Weighting weighting = new Weighting(sound.rate());
        for (int i = 0; i < samples.length; i++) {
            double weighted = weighting.next(samples[i] - mean);
            steps[i / step] += weighted * weighted;
        }
        int whole = samples.length / step;
        if (whole < STEPS) {
            return samples.length == 0
                    ? new double[0]
                    : new double[] {Arrays.stream(steps).sum() / samples.length};
        }
        double[] blocks = new double[whole - STEPS + 1];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = (steps[i] + steps[i + 1] + steps[i + 2] + steps[i + 3]) / (STEPS * step);
        }
        return blocks;
    }

    /// What is always there is not heard, but the filters would meet its beginning as a crack.
    private static double mean(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample;
        }
        return sum / Math.max(1, samples.length);
    }

    private static double integrated(double[] blocks) {
        double all = mean(blocks, SILENCE);
        return mean(blocks, Math.max(SILENCE, all - BELOW_MEAN));
    }

    /// The loudness of the blocks above a gate.
    private static double mean(double[] blocks, double gate) {
        double sum = 0;
        int count = 0;
        for (double block : blocks) {
            if (lufs(block) > gate) {
                sum += block;
                count++;
            }
        }
        return count == 0 ? Double.NEGATIVE_INFINITY : lufs(sum / count);
    }

    private static double lufs(double power) {
        return OFFSET + 10 * Math.log10(power);
    }

    /// Both filters of the standard, sample by sample: a head's shelf above 1.7 kHz, and less below 38 Hz. The
    /// standard lists their coefficients for 48 kHz alone; the analogue filters behind those give them for
    /// every rate (Mansbridge, Finn and Reiss 2012).
    private static final class Weighting {
        private final Filter shelf;
        private final Filter pass;

        Weighting(int rate) {
            double tan = Math.tan(Math.PI * 1681.974450955533 / rate);
            double q = 0.7071752369554196;
            double high = Math.pow(10, 3.999843853973347 / 20);
            double middle = Math.pow(high, 0.4996667741545416);
            double norm = 1 + tan / q + tan * tan;
            shelf = new Filter(
                    (high + middle * tan / q + tan * tan) / norm,
                    2 * (tan * tan - high) / norm,
                    (high - middle * tan / q + tan * tan) / norm,
                    2 * (tan * tan - 1) / norm,
                    (1 - tan / q + tan * tan) / norm);
            double low = Math.tan(Math.PI * 38.13547087602444 / rate);
            double lowQ = 0.5003270373238773;
            double lowNorm = 1 + low / lowQ + low * low;
            pass = new Filter(1, -2, 1, 2 * (low * low - 1) / lowNorm, (1 - low / lowQ + low * low) / lowNorm);
        }

        double next(double sample) {
            return pass.next(shelf.next(sample));
        }
    }

    /// A filter of the second order.
    private static final class Filter {
        private final double[] c;
        private double first;
        private double second;

        /// @param coefficients three of what comes in, two of what went out
        Filter(double... coefficients) {
            c = coefficients;
        }

        double next(double in) {
            double out = c[0] * in + first;
            first = c[1] * in - c[3] * out + second;
            second = c[2] * in - c[4] * out;
            return out;
        }
    }
}
