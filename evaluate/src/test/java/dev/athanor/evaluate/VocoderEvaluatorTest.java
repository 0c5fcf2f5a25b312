package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.Workspace;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.WaveForm;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class VocoderEvaluatorTest {
    private static final MelSettings MEL = MelSettings.of8000();

    @TempDir
    private Path folder;

    /// Every frequency is in it.
    private static Sound noise(double strength, int length) {
        SplittableRandom random = new SplittableRandom(5);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (strength * random.nextGaussian());
        }
        return new Sound(8000, samples);
    }

    @Test
    void a_sound_half_as_loud_is_6_dB_away_whatever_ends_the_original_has() {
        LogSpectralDistance same = VocoderEvaluator.distance(noise(0.1, 2050), noise(0.1, 2048), MEL);
        assertThat(same.decibels()).isZero();
        assertThat(same.frames()).isEqualTo(17);
        assertThat(VocoderEvaluator.distance(noise(0.1, 2050), noise(0.05, 2048), MEL)
                        .decibels())
                .isCloseTo(20 * Math.log10(2), within(1e-3));
    }

    @Test
    void a_vocoder_stands_beside_griffin_lim_on_its_card() throws IOException {
        Dataset dataset = noises();
        ModelFolder vocoder = vocoder();
        Engine engine = Engine.start(Device.CPU);
        VocoderEvaluator evaluator = new VocoderEvaluator(engine, new VocoderEvaluator.Settings(3, new Seed(1)));
        SoundReportCard card = evaluator.evaluate(vocoder, dataset, Split.TRAIN);
        assertThat(card.vocoders())
                .extracting(Vocoder::name)
                .containsExactly("untrained", "Griffin-Lim, 32 iterations");
        card.vocoders().forEach(measured -> {
            assertThat(measured.count()).isEqualTo(3);
            assertThat(measured.decibels()).isBetween(1.0, 80.0);
            assertThat(measured.realTimeFactor()).isPositive();
        });
        assertThat(vocoder.folder().resolve("report.html")).content().contains("the original", "made by the vocoder");
        assertThat(vocoder.folder().resolve("report.json")).content().contains("logSpectralDistance");
        Split empty = Stream.of(Split.values())
                .filter(split -> dataset.count(split) == 0)
                .findFirst()
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate(vocoder, dataset, empty))
                .withMessage("the %s split of noises@1 has no sound that can be heard: choose another split"
                        .formatted(empty.word()));
    }

    private Dataset noises() throws IOException {
        Path sounds = Files.createDirectory(folder.resolve("sounds"));
        for (int i = 0; i < 4; i++) {
            Files.write(sounds.resolve(i + ".wav"), Wav.write(noise(0.1, 1500 + 128 * i)));
        }
        Workspace workspace = Workspace.open(folder.resolve("workspace"));
        return Importer.run(new Datasets(workspace), ImportOptions.of("noises"), List.of(sounds));
    }

    private ModelFolder vocoder() {
        try (PointerScope _ = new PointerScope()) {
            return ModelFolder.write(
                    folder.resolve("untrained"),
                    new dev.athanor.model.Vocoder.Config(MEL, 8, 1).open(),
                    new ModelFolder.Description(
                            new WaveForm(MEL), Optional.empty(), JsonNodeFactory.instance.objectNode(), "# none"));
        }
    }
}
