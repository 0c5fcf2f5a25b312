package dev.athanor.data.sound;

import java.util.List;

/// What a spectrogram in mels is made of.
///
/// @param rate samples a second of the sounds
/// @param fft samples of a frame, a power of two
/// @param hop samples from frame to frame; it divides half of a frame
/// @param mels bands of frequencies, the rows of the picture
/// @param lowest frequency in hertz
/// @param highest frequency in hertz, at most half of the rate
public record MelSettings(int rate, int fft, int hop, int mels, double lowest, double highest) {
    /// Those that there are settings for.
    public static final List<Integer> RATES = List.of(8000, 16_000, 22_050);

    public MelSettings {
        if (Integer.bitCount(fft) != 1 || fft < 4) {
            throw new IllegalArgumentException(
                    "frames of %d samples: expected a power of two, 512 or 1024 for example".formatted(fft));
        }
        if (hop < 1 || fft / 2 % hop != 0) {
            throw new IllegalArgumentException(
                    "frames of %d samples, %d apart: expected a distance that divides %d".formatted(fft, hop, fft / 2));
        }
        if (!(lowest >= 0 && lowest < highest && highest <= rate / 2.0)) {
            throw new IllegalArgumentException(
                    "frequencies from %s to %s hertz at %d samples a second: expected them to rise, from 0 to %s at most"
                            .formatted(lowest, highest, rate, rate / 2.0));
        }
        if (mels < 1) {
            throw new IllegalArgumentException("%d bands: expected 1 or more, 64 for example".formatted(mels));
        }
        MelFilters.check(rate, fft, mels, lowest, highest);
    }

    /// For telephone speech: 62.5 frames a second of 64 bands, so that a second is about a square.
    public static MelSettings of8000() {
        return new MelSettings(8000, 512, 128, 64, 0, 4000);
    }

    /// For speech: 62.5 frames a second of 80 bands.
    public static MelSettings of16000() {
        return new MelSettings(16_000, 1024, 256, 80, 0, 8000);
    }

    /// As most voices that others have trained take it: 86 frames a second of 80 bands up to 8 kHz (Prenger,
    /// Valle and Catanzaro 2019, WaveGlow, section 3.2, and Kong, Kim and Bae 2020, HiFi-GAN).
    public static MelSettings of22050() {
        return new MelSettings(22_050, 1024, 256, 80, 0, 8000);
    }

    /// The settings for a rate of [#RATES].
    public static MelSettings forRate(int rate) {
        return switch (rate) {
            case 8000 -> of8000();
            case 16_000 -> of16000();
            case 22_050 -> of22050();
            default ->
                throw new IllegalArgumentException(
                        "no settings for %d samples a second: expected 8000, 16000 or 22050. Import the sounds with --rate"
                                .formatted(rate));
        };
    }

    /// Frequencies of a spectrum before the bands.
    public int bins() {
        return fft / 2 + 1;
    }

    /// Frames of a sound with so many samples.
    public int frames(int samples) {
        return samples / hop + 1;
    }

    /// Samples of the sound that so many frames become.
    public int samples(int frames) {
        return (frames - 1) * hop;
    }
}
