package dev.athanor.data.sound;

/// How loud a sound is to people, in LUFS (ITU-R BS.1770-5), and how it becomes as loud as others.
///
/// @param lufs integrated loudness; minus infinity where all is quieter than -70
/// @param peak the highest point between the samples, in decibels below full scale (dBTP)
public record Loudness(double lufs, double peak) {
    /// Of a block and the step to the next, in seconds: BS.1770-5, annex 1.
    private static final double BLOCK = 0.4;

    private static final double STEP = 0.1;
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
        double peak = sound.peak();
        for (float sample : new Resampler(sound.rate(), OVERSAMPLING * sound.rate())
                .resample(sound)
                .samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /// The mean power of each block, as the ear weighs it.
    private static double[] blocks(Sound sound) {
        double[] power = weighted(sound);
        double[] sums = new double[power.length + 1];
        for (int i = 0; i < power.length; i++) {
            sums[i + 1] = sums[i] + power[i];
        }
        int block = Math.max(1, Math.min(power.length, (int) Math.round(BLOCK * sound.rate())));
        int step = Math.max(1, (int) Math.round(STEP * sound.rate()));
        double[] blocks = new double[power.length < block ? 0 : (power.length - block) / step + 1];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = (sums[i * step + block] - sums[i * step]) / block;
        }
        return blocks;
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

    /// Squares behind both filters: a head's shelf above 1.7 kHz, and less below 38 Hz. The standard lists
    /// their coefficients for 48 kHz alone; the analogue filters behind those give them for every rate
    /// (Mansbridge, Finn and Reiss 2012).
    private static double[] weighted(Sound sound) {
        double tan = Math.tan(Math.PI * 1681.974450955533 / sound.rate());
        double q = 0.7071752369554196;
        double high = Math.pow(10, 3.999843853973347 / 20);
        double middle = Math.pow(high, 0.4996667741545416);
        double norm = 1 + tan / q + tan * tan;
        double[] shelf = {
            (high + middle * tan / q + tan * tan) / norm,
            2 * (tan * tan - high) / norm,
            (high - middle * tan / q + tan * tan) / norm,
            2 * (tan * tan - 1) / norm,
            (1 - tan / q + tan * tan) / norm
        };
        double low = Math.tan(Math.PI * 38.13547087602444 / sound.rate());
        double lowQ = 0.5003270373238773;
        double lowNorm = 1 + low / lowQ + low * low;
        double[] pass = {1, -2, 1, 2 * (low * low - 1) / lowNorm, (1 - low / lowQ + low * low) / lowNorm};
        double[] samples = new double[sound.samples().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sound.samples()[i];
        }
        filter(samples, shelf);
        filter(samples, pass);
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= samples[i];
        }
        return samples;
    }

    /// @param c three coefficients of what comes in, two of what went out
    private static void filter(double[] samples, double[] c) {
        double first = 0;
        double second = 0;
        for (int i = 0; i < samples.length; i++) {
            double in = samples[i];
            double out = c[0] * in + first;
            first = c[1] * in - c[3] * out + second;
            second = c[2] * in - c[4] * out;
            samples[i] = out;
        }
    }
}
