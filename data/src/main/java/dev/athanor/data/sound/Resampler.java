package dev.athanor.data.sound;

/// Changes the rate of sounds: each new sample is a sum of old ones, weighted by a sinc under a Kaiser window,
/// which lets pass what both rates can carry and nothing else (Oppenheim and Schafer, Discrete-Time Signal
/// Processing, 7.6). The weights of each position between two old samples, the phases, are made once.
///
/// Up to 0.9 of the lower of both highest frequencies passes unchanged; what would fold back is weakened by 96
/// dB.
public final class Resampler {
    /// Zeros of the sinc on each side. With the attenuation it makes the transition a tenth of the band.
    private static final int ZEROS = 64;

    private static final double ATTENUATION = 96;

    /// Beyond this many phases the weights between two of them are interpolated: 2e-7 off, -134 dB.
    private static final int MOST_PHASES = 1024;

    private final int from;
    private final int to;
    /// Between two old samples lie `up` possible places; from one new sample to the next it is `down` places.
    private final int up;

    private final int down;
    private final int reach;
    private final float[][] weights;

    public Resampler(int from, int to) {
        if (from < 1 || to < 1) {
            throw new IllegalArgumentException(
                    "from %d to %d samples a second: expected 1 or more".formatted(from, to));
        }
        int common = common(from, to);
        this.from = from;
        this.to = to;
        this.up = to / common;
        this.down = from / common;
        double transition = (ATTENUATION - 8) / (2.285 * 2 * ZEROS) / Math.PI; // of the band; equation 7.76
        double cutoff = Math.min(1, to / (double) from) * (1 - transition / 2);
        this.reach = (int) Math.ceil(ZEROS / cutoff);
        int phases = Math.min(up, MOST_PHASES);
        this.weights = new float[phases + 1][];
        for (int p = 0; p <= phases && from != to; p++) {
            weights[p] = weights(p / (double) phases, cutoff);
        }
    }

    private static int common(int a, int b) {
        return b == 0 ? a : common(b, a % b);
    }

    /// The weights for a place between two samples; they sum to 1, so that silence of any level stays silence.
    private float[] weights(double place, double cutoff) {
        double beta = 0.1102 * (ATTENUATION - 8.7); // equation 7.75
        double[] exact = new double[2 * reach];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            double x = place - (i - reach + 1);
            double edge = x * cutoff / ZEROS;
            if (Math.abs(edge) < 1) {
                double angle = Math.PI * x * cutoff;
                double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
                exact[i] = sinc * bessel(beta * Math.sqrt(1 - edge * edge));
                sum += exact[i];
            }
        }
        float[] weights = new float[exact.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (exact[i] / sum);
        }
        return weights;
    }

    /// The modified Bessel function of order 0, by its series.
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /// The sound at the new rate, as long as before.
    public Sound resample(Sound sound) {
        if (sound.rate() != from) {
            throw new IllegalArgumentException(
                    "a sound at %d samples a second, and this resampler takes %d".formatted(sound.rate(), from));
        }
        if (from == to) {
            return sound;
        }
        float[] result = new float[Math.toIntExact(length(sound.samples()))];
        for (int i = 0; i < result.length; i++) {
            result[i] = value(sound.samples(), i);
        }
        return new Sound(to, result);
    }

    /// The largest distance from zero that the sound would have at the new rate.
    float peak(Sound sound) {
        float peak = 0;
        long length = length(sound.samples());
        for (long i = 0; i < length; i++) {
            peak = Math.max(peak, Math.abs(value(sound.samples(), i)));
        }
        return peak;
    }

    private long length(float[] samples) {
        return (samples.length * (long) up + down - 1) / down;
    }

    private float value(float[] samples, long number) {
        long place = number * down;
        int first = (int) (place / up) - reach + 1;
        int phases = weights.length - 1;
        double phase = (double) (place % up) * phases / up;
        int below = (int) phase;
        float between = (float) (phase - below);
        float value = sum(samples, first, weights[below]);
        return between == 0 ? value : value + between * (sum(samples, first, weights[below + 1]) - value);
    }

    /// Beyond the ends is silence. Four sums at once, since one would wait for itself.
    private static float sum(float[] samples, int first, float[] weights) {
        int i = Math.max(0, -first);
        int end = Math.min(weights.length, samples.length - first);
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (; i + 3 < end; i += 4) {
            a += samples[first + i] * weights[i];
            b += samples[first + i + 1] * weights[i + 1];
            c += samples[first + i + 2] * weights[i + 2];
            d += samples[first + i + 3] * weights[i + 3];
        }
        for (; i < end; i++) {
            a += samples[first + i] * weights[i];
        }
        return a + b + (c + d);
    }
}
