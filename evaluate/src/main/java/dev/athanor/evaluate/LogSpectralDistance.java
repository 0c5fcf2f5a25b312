package dev.athanor.evaluate;

/// How far the spectrum of a rebuilt sound is from the original's, in dB (Gray and Markel 1976): the root
/// mean square over frequencies of the difference of levels, 20 log₁₀ of the magnitudes, averaged over
/// frames.
///
/// What is more than 80 dB below the loudest of the original counts as 80 dB below it: nobody hears how
/// silent silence is, yet without such a floor it would decide the value.
///
/// @param decibels 0 for equal spectra
/// @param frames over which the mean goes
public record LogSpectralDistance(double decibels, int frames) {
    private static final double FLOOR = 1e-4; // 80 dB below 1, librosa's usual range of a spectrogram in dB

    /// @param original magnitudes of a short-time Fourier transform, frame by frame
    /// @param rebuilt the same of the other sound, with equally many frames and frequencies
    public static LogSpectralDistance of(float[][] original, float[][] rebuilt) {
        requireEqualShapes(original, rebuilt);
        double loudest = 0;
        for (float[] frame : original) {
            for (float magnitude : frame) {
                loudest = Math.max(loudest, magnitude);
            }
        }
        if (loudest == 0) {
            throw new IllegalArgumentException(
                    "the original is silent in all %d frames: no level to hold another against; leave such sounds out"
                            .formatted(original.length));
        }
        double sum = 0;
        for (int t = 0; t < original.length; t++) {
            double squares = 0;
            for (int f = 0; f < original[t].length; f++) {
                double apart = level(original[t][f], loudest) - level(rebuilt[t][f], loudest);
                squares += apart * apart;
            }
            sum += Math.sqrt(squares / original[t].length);
        }
        return new LogSpectralDistance(sum / original.length, original.length);
    }

    private static double level(float magnitude, double loudest) {
        return 20 * Math.log10(Math.max(magnitude, FLOOR * loudest));
    }

    private static void requireEqualShapes(float[][] original, float[][] rebuilt) {
        if (original.length == 0 || original.length != rebuilt.length) {
            throw new IllegalArgumentException(
                    "%d frames of the original and %d of what was rebuilt from it: cut both to one length, at least one frame"
                            .formatted(original.length, rebuilt.length));
        }
        for (int t = 0; t < original.length; t++) {
            if (original[t].length != rebuilt[t].length || original[t].length == 0) {
                throw new IllegalArgumentException("frame %d has %d frequencies in the original and %d in what was"
                                .formatted(t, original[t].length, rebuilt[t].length)
                        + " rebuilt from it: transform both alike");
            }
            for (int f = 0; f < original[t].length; f++) {
                if (!(original[t][f] >= 0) || !(rebuilt[t][f] >= 0)) {
                    throw new IllegalArgumentException(
                            "frequency %d of frame %d has magnitudes %s and %s: expected numbers from 0 up"
                                    .formatted(f, t, original[t][f], rebuilt[t][f]));
                }
            }
        }
    }
}
