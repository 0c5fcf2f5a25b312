package dev.athanor.model;

import dev.athanor.data.Seed;
import dev.athanor.data.sound.GriffinLim;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A trained vocoder that is asked for sounds. Owns native memory: close it.
public final class Synthesiser implements AutoCloseable {
    /// From the same places each time, so that a spectrogram has one sound.
    private static final GriffinLim TURNS = GriffinLim.usual(new Seed(1));

    private final PointerScope scope;
    private final Vocoder model;
    private final Engine engine;

    private Synthesiser(PointerScope scope, Vocoder model, Engine engine) {
        this.scope = scope;
        this.model = model;
        this.engine = engine;
    }

    /// @throws IllegalArgumentException where the folder's model is of another family
    public static Synthesiser open(ModelFolder folder, Engine engine) {
        if (!(folder.config() instanceof Vocoder.Config)) {
            throw new IllegalArgumentException(
                    "the model %s is an %s, and a vocoder is needed here: train one with the recipe audio-vocoder"
                            .formatted(folder.name(), folder.config().family()));
        }
        PointerScope scope = new PointerScope();
        Vocoder model = (Vocoder) folder.open();
        model.to(engine.place(), false);
        model.eval();
        return new Synthesiser(scope, model, engine);
    }

    /// The spectrograms that it reads.
    public MelSettings mel() {
        return model.config().mel();
    }

    /// A sound with this spectrogram, from the middle of its first frame to that of its last.
    ///
    /// @throws IllegalArgumentException for a spectrogram that was made in another way
    public Sound sound(Spectrogram spectrogram) {
        if (!spectrogram.settings().equals(mel())) {
            throw new IllegalArgumentException(
                    "the vocoder reads spectrograms of %s and was given one of %s: train a vocoder on sounds of that rate"
                            .formatted(mel(), spectrogram.settings()));
        }
        if (spectrogram.frames() == 1) { // of no length
            return new Sound(mel().rate(), new float[0]);
        }
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor bands = Tensors.of(spectrogram.values(), 1, mel().mels(), spectrogram.frames())
                    .to(engine.place(), torch.ScalarType.Float);
            return TURNS.sound(magnitudes(Tensors.floats(model.forward(bands).exp())), mel());
        }
    }

    /// (bins · frames) to (bins, frames).
    private float[][] magnitudes(float[] values) {
        float[][] rows = new float[mel().bins()][];
        int frames = values.length / rows.length;
        for (int bin = 0; bin < rows.length; bin++) {
            rows[bin] = Arrays.copyOfRange(values, bin * frames, (bin + 1) * frames);
        }
        return rows;
    }

    @Override
    public void close() {
        scope.close();
    }
}
