package dev.athanor.data.sound;

import dev.athanor.data.Seed;
import java.util.random.RandomGenerator;

/// Finds a sound for a spectrogram, which says how strong each frequency is but not where its waves stand: by
/// turns it takes the nearest sound and gives its spectrum the wanted strengths back (Griffin and Lim 1984),
/// each time going a little further than that (Perraudin, Balazs and Søndergaard 2013, A fast Griffin-Lim
/// algorithm).
///
/// @param iterations turns; 32 are usual
/// @param momentum how much further, α in the paper: 0 is the algorithm of 1984, 0.99 what the paper found best
/// @param seed of the waves' places at the start
public record GriffinLim(int iterations, double momentum, Seed seed) {
    /// Keeps a frequency that is not there from a division by zero.
    private static final float TINY = 1e-30f;

    public GriffinLim {
        if (iterations < 0 || !(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "%d turns with a momentum of %s: expected 0 or more, and from 0 to below 1, 32 and 0.99 for example"
                            .formatted(iterations, momentum));
        }
    }

    /// 32 turns with a momentum of 0.99.
    public static GriffinLim usual(Seed seed) {
        return new GriffinLim(32, 0.99, seed);
    }

    /// A sound with this spectrogram, from the middle of its first frame to that of its last.
    public Sound sound(Spectrogram spectrogram) {
        return sound(spectrogram.magnitudes(), spectrogram.settings());
    }

    /// A sound whose frequencies are as strong as told: (bins, frames).
    public Sound sound(float[][] magnitudes, MelSettings settings) {
        ShortTimeFourier fourier = new ShortTimeFourier(settings.fft(), settings.hop());
        Spectrum wanted = scattered(magnitudes, seed.random()); // c in the paper
        Spectrum now = new Spectrum(wanted.bins(), wanted.frames()); // t
        Spectrum before = new Spectrum(wanted.bins(), wanted.frames());
        float back = (float) (momentum / (1 + momentum)); // t + α (t - before), as its length does not matter
        for (int i = 0; i < iterations; i++) {
            fourier.analyse(fourier.synthesise(wanted), now);
            for (int k = 0; k < wanted.bins(); k++) {
                subtract(now.real()[k], before.real()[k], back, wanted.real()[k]);
                subtract(now.imaginary()[k], before.imaginary()[k], back, wanted.imaginary()[k]);
                lengthen(wanted.real()[k], wanted.imaginary()[k], magnitudes[k]);
            }
            Spectrum rows = before;
            before = now;
            now = rows;
        }
        return new Sound(settings.rate(), fourier.samples(wanted));
    }

    private static Spectrum scattered(float[][] magnitudes, RandomGenerator random) {
        Spectrum spectrum = new Spectrum(magnitudes.length, magnitudes[0].length);
        for (int k = 0; k < spectrum.bins(); k++) {
            for (int t = 0; t < spectrum.frames(); t++) {
                double angle = 2 * Math.PI * random.nextDouble();
                spectrum.real()[k][t] = (float) (magnitudes[k][t] * Math.cos(angle));
                spectrum.imaginary()[k][t] = (float) (magnitudes[k][t] * Math.sin(angle));
            }
        }
        return spectrum;
    }

    private static void subtract(float[] now, float[] before, float factor, float[] result) {
        for (int t = 0; t < result.length; t++) {
            result[t] = now[t] - factor * before[t];
        }
    }

    private static void lengthen(float[] real, float[] imaginary, float[] length) {
        for (int t = 0; t < length.length; t++) {
            float x = real[t];
            float y = imaginary[t];
            float factor = length[t] / (float) Math.sqrt(x * x + y * y + TINY);
            real[t] = x * factor;
            imaginary[t] = y * factor;
        }
    }
}
