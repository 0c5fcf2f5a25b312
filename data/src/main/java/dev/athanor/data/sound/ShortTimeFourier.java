package dev.athanor.data.sound;

import java.util.Arrays;

/// The spectrum of a sound from frame to frame under a Hann window, and back by adding the frames up where
/// they overlap (Griffin and Lim 1984, equation 6). Frames stand `hop` samples apart with their middles on
/// samples 0, hop, 2 hop; beyond the ends is silence.
///
/// The sound is kept in blocks of `hop` samples, row m holding sample m of each block: then sample n of every
/// frame is a stretch of row n mod hop, and no sample is gathered one by one.
///
/// It works in rows of its own: not for several threads.
final class ShortTimeFourier {
    /// Signals that are transformed at once, each with a frame as its real and a frame as its imaginary part.
    private static final int LANES = 32;

    private final int size;
    private final int hop;
    private final float[] window;
    private final Fourier fourier;
    private final float[] firstReal = new float[LANES];
    private final float[] firstImaginary = new float[LANES];
    private final float[] secondReal = new float[LANES];
    private final float[] secondImaginary = new float[LANES];

    /// @param size of a frame, a power of two
    /// @param hop from frame to frame, which divides half of a frame
    ShortTimeFourier(int size, int hop) {
        if (hop < 1 || size % (2 * hop) != 0) {
            throw new IllegalArgumentException(
                    "frames of %d samples, %d apart: expected a distance that divides half of a frame, %d for example"
                            .formatted(size, hop, Math.max(1, size / 4)));
        }
        this.size = size;
        this.hop = hop;
        this.fourier = new Fourier(size, LANES);
        this.window = new float[size];
        for (int i = 0; i < size; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
        }
    }

    Spectrum spectrum(float[] samples) {
        int frames = samples.length / hop + 1;
        float[][] blocks = new float[hop][frames - 1 + size / hop];
        for (int i = 0; i < samples.length; i++) {
            int place = i + size / 2;
            blocks[place % hop][place / hop] = samples[i];
        }
        Spectrum spectrum = new Spectrum(size / 2 + 1, frames);
        analyse(blocks, spectrum);
        return spectrum;
    }

    /// The sound from the middle of the first frame to that of the last.
    float[] samples(Spectrum spectrum) {
        return samples(synthesise(spectrum));
    }

    float[] samples(float[][] blocks) {
        int pad = size / 2 / hop;
        float[] samples = new float[(blocks[0].length - 2 * pad) * hop];
        for (int m = 0; m < hop; m++) {
            for (int i = m; i < samples.length; i += hop) {
                samples[i] = blocks[m][i / hop + pad];
            }
        }
        return samples;
    }

    // ------------------------------------------------------------------------------------------------ there

    void analyse(float[][] blocks, Spectrum spectrum) {
        for (int start = 0; start < spectrum.frames(); start += 2 * LANES) {
            for (int n = 0; n < size; n++) {
                windowed(blocks[n % hop], start + n / hop, window[n], fourier.real()[n]);
                windowed(blocks[n % hop], start + LANES + n / hop, window[n], fourier.imaginary()[n]);
            }
            fourier.transform();
            for (int k = 0; k <= size / 2; k++) {
                part(k);
                copy(firstReal, spectrum.real()[k], start);
                copy(firstImaginary, spectrum.imaginary()[k], start);
                copy(secondReal, spectrum.real()[k], start + LANES);
                copy(secondImaginary, spectrum.imaginary()[k], start + LANES);
            }
        }
    }

    private static void windowed(float[] block, int from, float weight, float[] row) {
        int count = Math.clamp(block.length - from, 0, row.length);
        if (count > 0) {
            System.arraycopy(block, from, row, 0, count);
        }
        Arrays.fill(row, count, row.length, 0);
        for (int i = 0; i < row.length; i++) {
            row[i] *= weight;
        }
    }

    private static void copy(float[] row, float[] target, int at) {
        int count = Math.clamp(target.length - at, 0, row.length);
        if (count > 0) {
            System.arraycopy(row, 0, target, at, count);
        }
    }

    /// The transform of a real signal is the conjugate of itself backwards; so that of a + ib comes apart.
    private void part(int k) {
        int mirrored = (size - k) % size;
        float[] real = fourier.real()[k];
        float[] imaginary = fourier.imaginary()[k];
        float[] mirroredReal = fourier.real()[mirrored];
        float[] mirroredImaginary = fourier.imaginary()[mirrored];
        for (int i = 0; i < LANES; i++) {
            firstReal[i] = 0.5f * (real[i] + mirroredReal[i]);
            firstImaginary[i] = 0.5f * (imaginary[i] - mirroredImaginary[i]);
            secondReal[i] = 0.5f * (imaginary[i] + mirroredImaginary[i]);
            secondImaginary[i] = 0.5f * (mirroredReal[i] - real[i]);
        }
    }

    // ------------------------------------------------------------------------------------------------ and back

    /// The blocks of the sound whose spectrum is nearest to a given one, which need not be that of any sound.
    float[][] synthesise(Spectrum spectrum) {
        float[][] blocks = new float[hop][spectrum.frames() - 1 + size / hop];
        float[] row = new float[LANES];
        for (int start = 0; start < spectrum.frames(); start += 2 * LANES) {
            for (int k = 0; k <= size / 2; k++) {
                take(spectrum.real()[k], start, firstReal);
                take(spectrum.imaginary()[k], start, firstImaginary);
                take(spectrum.real()[k], start + LANES, secondReal);
                take(spectrum.imaginary()[k], start + LANES, secondImaginary);
                unite(k);
            }
            fourier.transform(); // with both parts exchanged: backwards
            for (int n = 0; n < size; n++) {
                add(fourier.imaginary()[n], window[n] / size, blocks[n % hop], start + n / hop);
                add(fourier.real()[n], window[n] / size, blocks[n % hop], start + LANES + n / hop);
            }
        }
        level(blocks, spectrum.frames());
        return blocks;
    }

    private static void take(float[] row, int from, float[] target) {
        int count = Math.clamp(row.length - from, 0, target.length);
        if (count > 0) {
            System.arraycopy(row, from, target, 0, count);
        }
        Arrays.fill(target, count, target.length, 0);
    }

    private void unite(int k) {
        int mirrored = (size - k) % size;
        boolean real = k == mirrored; // the mean and the highest frequency have no other part
        float[] rowReal = fourier.imaginary()[k];
        float[] rowImaginary = fourier.real()[k];
        float[] mirroredReal = fourier.imaginary()[mirrored];
        float[] mirroredImaginary = fourier.real()[mirrored];
        if (real) {
            System.arraycopy(firstReal, 0, rowReal, 0, LANES);
            System.arraycopy(secondReal, 0, rowImaginary, 0, LANES);
            return;
        }
        for (int i = 0; i < LANES; i++) {
            float a = firstReal[i];
            float b = firstImaginary[i];
            float c = secondReal[i];
            float d = secondImaginary[i];
            rowReal[i] = a - d;
            rowImaginary[i] = b + c;
            mirroredReal[i] = a + d;
            mirroredImaginary[i] = c - b;
        }
    }

    private static void add(float[] row, float weight, float[] block, int at) {
        int count = Math.min(block.length - at, row.length);
        for (int i = 0; i < count; i++) {
            block[at + i] += row[i] * weight;
        }
    }

    /// Divides by the windows that met on each sample, and silences what lies beyond the ends.
    private void level(float[][] blocks, int frames) {
        int overlap = size / hop;
        for (int m = 0; m < hop; m++) {
            float[] row = blocks[m];
            float full = 1 / weight(m, 0, overlap);
            for (int t = 0; t < row.length; t++) {
                row[t] *= full;
            }
            for (int t = 0; t < row.length; t++) {
                if (t < overlap / 2 || t >= row.length - overlap / 2) {
                    row[t] = 0;
                } else if (t < overlap - 1 || t >= frames) {
                    row[t] /= full * weight(m, Math.max(0, t - frames + 1), Math.min(overlap, t + 1));
                }
            }
        }
    }

    /// The squares of the windows of some of the frames that cover sample m of a block.
    private float weight(int m, int from, int to) {
        float sum = 0;
        for (int r = from; r < to; r++) {
            sum += window[r * hop + m] * window[r * hop + m];
        }
        return sum;
    }
}
