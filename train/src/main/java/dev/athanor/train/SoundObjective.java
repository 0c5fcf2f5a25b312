package dev.athanor.train;

import dev.athanor.data.sound.MelFilters;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.model.Vocoder;
import dev.athanor.torch.Tensors;
import dev.athanor.torch.Waves;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// What training makes small for a vocoder: how far the sound that it makes of a spectrogram is from the one
/// that the spectrogram was made of, as spectra of several resolutions hear it (Yamamoto, Song and Kim 2020,
/// equations 3 to 6), in mels, and as a root mean square over frequencies (Gray and Markel 1976). Where the
/// waves stand is nobody's matter as long as these agree.
///
/// @param filters (M, F)
record SoundObjective(Vocoder model, Tensor filters, Device device) implements Objective<SoundBatch> {
    /// Magnitudes below are silence: 80 dB below a loud frequency of speech, and nobody hears how silent
    /// silence is. With the 1e-5 of a spectrogram the log-spectral distance of held-out digits was 0.2 dB
    /// larger after equal training (November 2026).
    private static final double FLOOR = 1e-3;

    /// Below the root of the log-spectral distance, whose slope has no end at 0.
    private static final double SMOOTH = 1e-6;

    static SoundObjective of(Vocoder model, Device device) {
        MelSettings mel = model.config().mel();
        float[][] matrix = new MelFilters(mel).matrix();
        float[] filters = new float[mel.mels() * mel.bins()];
        for (int band = 0; band < mel.mels(); band++) {
            System.arraycopy(matrix[band], 0, filters, band * mel.bins(), mel.bins());
        }
        return new SoundObjective(
                model, Tensors.of(filters, mel.mels(), mel.bins()).to(device, torch.ScalarType.Float), device);
    }

    @Override
    public Tensor sum(SoundBatch batch) {
        return distance(batch).mul(new Scalar((double) batch.rows()));
    }

    @Override
    public Tensor training(SoundBatch batch, long step) {
        return distance(batch);
    }

    @Override
    public SequencedMap<String, Tensor> carried() {
        return new LinkedHashMap<>();
    }

    private Tensor distance(SoundBatch batch) {
        Tensor real = Tensors.of(batch.samples(), batch.rows(), batch.length()).to(device, torch.ScalarType.Float);
        return distance(model.forward(spectrogram(real)), real);
    }

    /// Of sounds (B, N) from what they should be.
    Tensor distance(Tensor made, Tensor real) {
        int fft = model.config().mel().fft();
        List<Spectra> spectra = IntStream.of(fft / 2, fft, 2 * fft)
                .mapToObj(size -> Spectra.of(made, real, size))
                .toList();
        Tensor sum = spectra.get(1).levels();
        for (Spectra some : spectra) {
            sum = sum.add(some.distance());
        }
        return sum.div(new Scalar(3.0)).add(torch.l1_loss(spectrogram(made), spectrogram(real)));
    }

    /// As [Spectrogram] makes it: (B, N) to (B, M, T).
    private Tensor spectrogram(Tensor sounds) {
        MelSettings mel = model.config().mel();
        return torch.matmul(filters, Waves.magnitudes(sounds, mel.fft(), mel.hop()))
                .clamp_min(new Scalar(Math.exp(Spectrogram.SILENCE)))
                .log();
    }

    /// What two sounds have of each frequency: (B, F, T).
    ///
    /// @param made Y in the paper
    /// @param real X
    private record Spectra(Tensor made, Tensor real) {

        /// Under a window of so many samples.
        static Spectra of(Tensor made, Tensor real, int size) {
            return new Spectra(
                    Waves.magnitudes(made, size, size / 4).clamp_min(new Scalar(FLOOR)),
                    Waves.magnitudes(real, size, size / 4).clamp_min(new Scalar(FLOOR)));
        }

        /// The spectral convergence, which hears what is loud, and the distance of the logarithms, which hears
        /// all alike (Yamamoto et al. 2020, equations 4 and 5).
        Tensor distance() {
            Tensor convergence = real.sub(made).norm().div(real.norm());
            return convergence.add(torch.l1_loss(made.log(), real.log()));
        }

        /// The log-spectral distance, in nepers where the measure says decibels.
        Tensor levels() {
            Tensor squares = made.log().sub(real.log()).square().mean(1); // (B, T)
            return squares.add(new Scalar(SMOOTH)).sqrt().mean();
        }
    }
}
