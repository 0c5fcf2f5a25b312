package dev.athanor.data.sound;

/// A sound as a picture: how strong each band of frequencies is in each frame, as the natural logarithm of the
/// magnitude.
///
/// @param frames columns, of `hop` samples each
/// @param values row by row, the lowest band first: (mels, frames); not copied, so do not change it
public record Spectrogram(MelSettings settings, int frames, float[] values) {
    /// What counts as silence, so that the logarithm has an end; as in the vocoders named at
    /// [MelSettings#of22050].
    private static final float FLOOR = 1e-5f;

    /// The lowest value there is.
    public static final float SILENCE = (float) Math.log(FLOOR);

    public Spectrogram {
        if (frames < 1 || values.length != settings.mels() * frames) {
            throw new IllegalArgumentException("%d values for %d bands and %d frames: expected %d"
                    .formatted(values.length, settings.mels(), frames, settings.mels() * Math.max(1, frames)));
        }
    }

    /// The picture of a sound.
    public static Spectrogram of(Sound sound, MelSettings settings) {
        float[][] bands = new MelFilters(settings).bands(magnitudes(sound, settings));
        int frames = bands[0].length;
        float[] values = new float[settings.mels() * frames];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.log(Math.max(FLOOR, bands[i / frames][i % frames]));
        }
        return new Spectrogram(settings, frames, values);
    }

    /// How strong each frequency of a sound is in each frame, before there are bands: (bins, frames).
    public static float[][] magnitudes(Sound sound, MelSettings settings) {
        if (sound.rate() != settings.rate()) {
            throw new IllegalArgumentException(
                    "a sound at %d samples a second under settings for %d: change its rate with a Resampler, or import it with --rate %d"
                            .formatted(sound.rate(), settings.rate(), settings.rate()));
        }
        return new ShortTimeFourier(settings.fft(), settings.hop())
                .spectrum(sound.samples())
                .magnitudes();
    }

    /// How strong each frequency was, as well as the bands can tell: (bins, frames).
    public float[][] magnitudes() {
        float[][] bands = new float[settings.mels()][frames];
        for (int i = 0; i < values.length; i++) {
            bands[i / frames][i % frames] = values[i] <= SILENCE ? 0 : (float) Math.exp(values[i]);
        }
        return new MelFilters(settings).magnitudes(bands);
    }
}
