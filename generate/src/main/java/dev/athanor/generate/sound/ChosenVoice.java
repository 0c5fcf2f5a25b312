package dev.athanor.generate.sound;

import dev.athanor.data.Seed;
import dev.athanor.data.sound.GriffinLim;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundConfig;
import dev.athanor.model.Synthesiser;
import dev.athanor.torch.Engine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a model of sounds speaks with: a trained vocoder, or Griffin-Lim where there is none. Owns native
/// memory: close it.
public final class ChosenVoice implements Voice, AutoCloseable {
    private final Voice voice;
    private final Optional<Synthesiser> trained;
    private final String name;

    private ChosenVoice(Voice voice, Optional<Synthesiser> trained, String name) {
        this.voice = voice;
        this.trained = trained;
        this.name = name;
    }

    /// The newest of some models that is a vocoder for spectrograms that are made like this.
    public static Optional<ModelFolder> newest(List<ModelFolder> models, MelSettings mel) {
        return models.stream()
                .filter(model -> model.config() instanceof SoundConfig config
                        && config.mel().equals(mel))
                .max(Comparator.comparing(model -> model.card().path("made").asString("")));
    }

    /// Opens a vocoder.
    ///
    /// @param mel how the spectrograms are made that it shall read
    /// @throws IllegalArgumentException where the model is no vocoder, or reads others
    public static ChosenVoice of(ModelFolder vocoder, MelSettings mel, Engine engine) {
        Synthesiser synthesiser = Synthesiser.open(vocoder, engine);
        if (!synthesiser.mel().equals(mel)) {
            synthesiser.close();
            throw new IllegalArgumentException(
                    "the vocoder %s reads spectrograms of sounds at %d samples a second in %d bands, and the model makes them at %d in %d: train one with the recipe audio-vocoder on the model's own data"
                            .formatted(
                                    vocoder.name(),
                                    synthesiser.mel().rate(),
                                    synthesiser.mel().mels(),
                                    mel.rate(),
                                    mel.mels()));
        }
        return new ChosenVoice(synthesiser::sound, Optional.of(synthesiser), "the vocoder " + vocoder.name());
    }

    /// 32 turns of Griffin-Lim.
    public static ChosenVoice griffinLim(Seed seed) {
        GriffinLim turns = GriffinLim.usual(seed);
        return new ChosenVoice(
                turns::sound, Optional.empty(), "Griffin-Lim, %d iterations".formatted(turns.iterations()));
    }

    /// Who speaks, for people.
    public String name() {
        return name;
    }

    @Override
    public Sound sound(Spectrogram spectrogram) {
        return voice.sound(spectrogram);
    }

    @Override
    public void close() {
        trained.ifPresent(Synthesiser::close);
    }
}
