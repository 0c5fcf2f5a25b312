package dev.athanor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.data.Dataset;
import dev.athanor.data.Datasets;
import dev.athanor.data.ImportOptions;
import dev.athanor.data.Importer;
import dev.athanor.data.Seed;
import dev.athanor.data.Split;
import dev.athanor.data.SplitPlan;
import dev.athanor.data.Workspace;
import dev.athanor.data.image.Image;
import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Wav;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.model.Form;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageVae;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Network;
import dev.athanor.model.SoundForm;
import dev.athanor.model.WaveForm;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// A model of spectrograms with weights by lot, told apart by who speaks them.
class SoundsMeasuredTest {
    private static final MelSettings MEL = new MelSettings(8000, 512, 128, 16, 0, 4000);
    private static final SoundForm FORM = new SoundForm(MEL, 16, 2);
    private static final Engine ENGINE = Engine.start(Device.CPU);

    @TempDir
    private Path folder;

    private Dataset noises() throws IOException {
        Path sounds = Files.createDirectory(folder.resolve("sounds"));
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20; i++) {
            float[] samples = new float[1500];
            for (int at = 0; at < samples.length; at++) {
                samples[at] = (float) (0.1 * random.nextGaussian());
            }
            Files.write(sounds.resolve("%02d.wav".formatted(i)), Wav.write(new Sound(8000, samples)));
        }
        return Importer.run(
                new Datasets(Workspace.open(folder.resolve("workspace"))),
                ImportOptions.of("noises").withPlan(new SplitPlan.Sequential(new SplitPlan.Shares(0.5, 0.1, 0.4))),
                List.of(sounds));
    }

    private ModelFolder model(String name, Network model, Form form) {
        return ModelFolder.write(
                folder.resolve(name),
                model,
                new ModelFolder.Description(form, Optional.empty(), JsonNodeFactory.instance.objectNode(), "# none"));
    }

    private static ImageReportCard measured(ModelFolder model, Dataset dataset, Optional<ModelFolder> vocoder) {
        return new ImageEvaluator(
                        ENGINE,
                        new ImageEvaluator.Settings(
                                8, ImageRequest.Denoising.USUAL, vocoder, Optional.empty(), new Seed(1)))
                .evaluate(model, dataset, Split.TEST);
    }

    @Test
    void sounds_are_measured_as_the_chosen_voice_speaks_them() throws IOException {
        Dataset dataset = noises();
        ENGINE.seed(1);
        try (PointerScope _ = new PointerScope()) {
            ModelFolder model = model(
                    "spoken",
                    new ImageVae.Config(FORM.shape(), 4, 8, List.of(1, 2), 1, 4, List.of()).open(),
                    new ImageFormat(List.of(), 0, Optional.of(FORM)));
            ModelFolder vocoder =
                    model("untrained", new dev.athanor.model.Vocoder.Config(MEL, 8, 1).open(), new WaveForm(MEL));
            ImageReportCard plain = measured(model, dataset, Optional.empty());
            assertThat(model.folder().resolve("report.md"))
                    .content()
                    .contains("- Spoken by Griffin-Lim, 32 iterations: every measure is of what is heard.");
            ImageReportCard trained = measured(model, dataset, Optional.of(vocoder));
            assertThat(model.folder().resolve("report.md")).content().contains("- Spoken by the vocoder untrained: ");
            assertThat(model.folder().resolve("report.html")).content().contains("Spoken by the vocoder untrained.");
            assertThat(model.folder().resolve("report.json"))
                    .content()
                    .contains("\"voice\" : \"the vocoder untrained\"");
            assertThat(trained.quality().fidelity().samples().frechet().value())
                    .isNotEqualTo(plain.quality().fidelity().samples().frechet().value());
            assertThat(trained.quality().fidelity().floor())
                    .isEqualTo(plain.quality().fidelity().floor());
        }
    }

    @Test
    void a_spectrogram_is_shown_with_its_lowest_band_at_the_bottom() {
        Image spectrogram = new Image(1, 2, 1, new byte[] {(byte) 255, 0}); // loud in the lowest band alone
        Image shown = Examples.coloured(spectrogram);
        assertThat(shown.channels()).isEqualTo(3);
        assertThat(shown.at(0, 1, 0)).isGreaterThan(200);
        assertThat(shown.at(0, 0, 0)).isZero();
    }
}
