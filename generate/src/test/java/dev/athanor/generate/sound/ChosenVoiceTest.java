package dev.athanor.generate.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.generate.Origin;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Vocoder;
import dev.athanor.model.WaveForm;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ChosenVoiceTest {
    private static final MelSettings MEL = new MelSettings(8000, 32, 8, 4, 0, 4000);
    private static final MelSettings OTHER = new MelSettings(16_000, 32, 8, 4, 0, 8000);
    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        engine = Engine.start(Device.CPU);
    }

    private ModelFolder vocoder(String name, MelSettings mel, String made) {
        ObjectNode card = JsonNodeFactory.instance.objectNode().put("made", made);
        card.putObject("dataset")
                .put("reference", "voices@2")
                .putArray("sources")
                .addObject()
                .put("path", "a.zip");
        try (PointerScope _ = new PointerScope()) {
            return ModelFolder.write(
                    folder.resolve(name),
                    new Vocoder(new Vocoder.Config(mel, 8, 1)),
                    new ModelFolder.Description(new WaveForm(mel), Optional.empty(), card, "Random weights.\n"));
        }
    }

    @Test
    void the_newest_vocoder_that_reads_such_spectrograms_speaks() {
        List<ModelFolder> models = List.of(
                vocoder("b", MEL, "2026-11-25T10:00:00Z"),
                vocoder("a", MEL, "2026-11-24T10:00:00Z"),
                vocoder("c", OTHER, "2026-11-26T10:00:00Z"));
        assertThat(ChosenVoice.newest(models, MEL).orElseThrow().name()).isEqualTo("b");
        assertThat(ChosenVoice.newest(models.subList(0, 2), OTHER)).isEmpty();
    }

    @Test
    void a_vocoder_and_griffin_lim_give_sounds_of_one_length() {
        Spectrogram spectrogram = new Spectrogram(MEL, 5, new float[20]);
        try (ChosenVoice trained = ChosenVoice.of(vocoder("mine", MEL, ""), MEL, engine);
                ChosenVoice usual = ChosenVoice.griffinLim(new Seed(1))) {
            assertThat(trained.name()).isEqualTo("the vocoder mine");
            assertThat(trained.sound(spectrogram).samples())
                    .hasSameSizeAs(usual.sound(spectrogram).samples())
                    .hasSize(32);
        }
    }

    @Test
    void a_vocoder_for_other_sounds_is_refused_before_it_is_asked() {
        ModelFolder high = vocoder("high", OTHER, "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChosenVoice.of(high, MEL, engine))
                .withMessage(
                        "the vocoder high reads spectrograms of sounds at 16000 samples a second in 4 bands, and the model makes them at 8000 in 4: train one with the recipe audio-vocoder on the model's own data");
    }

    @Test
    void what_a_vocoder_learnt_from_is_among_the_sources_of_what_it_speaks() {
        Origin origin = new Origin("digits", "w", "r", "digits@1", "f", List.of("digits.zip"));
        assertThat(origin.with(vocoder("mine", MEL, "")).sources())
                .containsExactly("digits.zip", "a.zip (by mine, trained on voices@2)");
    }
}
