package dev.athanor.train;

import dev.athanor.data.sound.MelFilters;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.model.Vocoder;
import dev.athanor.torch.Tensors;
import dev.athanor.torch.Waves;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// What training makes small for a vocoder: how far the strengths that it tells of each frequency are from those
/// of the sound that the spectrogram was made of, by their log-spectral distance, the root mean square over
/// frequencies (Gray and Markel 1976), in nepers where the measure says decibels.
///
/// @param filters (M, F)
record SoundObjective(Vocoder model, Tensor filters, Device device) implements Objective<SoundBatch> {
    /// Magnitudes below are silence: 80 dB below a loud frequency of speech, and nobody hears how silent
    /// silence is.
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
        MelSettings mel = model.config().mel();
        Tensor real = Tensors.of(batch.samples(), batch.rows(), batch.length()).to(device, torch.ScalarType.Float);
        Tensor magnitudes = Waves.magnitudes(real, mel.fft(), mel.hop());
        return distance(model.forward(spectrogram(magnitudes)), magnitudes.log());
    }

    /// Of logarithms of magnitudes (B, F, T) from what they should be.
    static Tensor distance(Tensor told, Tensor real) {
        Scalar floor = new Scalar(Math.log(FLOOR));
        Tensor apart = told.clamp_min(floor).sub(real.clamp_min(floor));
        return apart.square().mean(1).add(new Scalar(SMOOTH)).sqrt().mean();
    }

    /// As [Spectrogram] makes it: (B, F, T) to (B, M, T).
    private Tensor spectrogram(Tensor magnitudes) {
        return torch.matmul(filters, magnitudes)
                .clamp_min(new Scalar(Math.exp(Spectrogram.SILENCE)))
                .log();
    }
}
