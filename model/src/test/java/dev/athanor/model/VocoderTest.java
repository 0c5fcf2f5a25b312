package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.sound.MelSettings;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Spectrogram;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class VocoderTest {
    private static final Vocoder.Config TINY = new Vocoder.Config(new MelSettings(8000, 32, 8, 4, 0, 4000), 8, 2);
    private static JsonNode golden;
    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(Device.CPU);
        golden = Formula.golden("vocoder.json");
    }

    @Test
    void strengths_and_gradient_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            Vocoder model = new Vocoder(TINY);
            Formula.fill(model.tensors());
            float[] bands = Formula.cosines(2 * 4 * 9, 0.3);
            for (int k = 0; k < bands.length; k++) {
                bands[k] *= 2;
            }
            bands[0] = 500; // so strong that it is cut
            Tensor strengths = model.forward(Tensors.of(bands, 2, 4, 9));
            assertThat(Tensors.floats(strengths))
                    .containsExactly(Formula.floats(golden.path("strengths")), within(1e-4f));
            strengths
                    .mul(Tensors.of(Formula.cosines(2 * 17 * 9, 0.1), 2, 17, 9))
                    .sum()
                    .backward();
            model.tensors().forEach((name, tensor) -> {
                double sum = golden.path("gradient").path(name).asDouble();
                assertThat(tensor.grad().abs().sum().item_float()).as(name).isCloseTo((float) sum, within((float)
                        (1e-3 * sum + 1e-5)));
            });
        }
    }

    @Test
    void the_weights_have_the_names_of_pytorch_and_the_number_that_is_told() {
        try (PointerScope _ = new PointerScope()) {
            Vocoder model = new Vocoder(TINY);
            assertThat(new TreeMap<>(model.tensors()).keySet())
                    .containsExactlyElementsOf(golden.path("names")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
            assertThat(model.tensors().values().stream()
                            .mapToLong(Tensor::numel)
                            .sum())
                    .isEqualTo(TINY.parameters());
        }
    }

    @Test
    void before_it_has_learnt_a_spectrum_as_strong_everywhere_is_told_from_its_bands() {
        MelSettings mel = MelSettings.of8000();
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Vocoder model = new Vocoder(new Vocoder.Config(mel, 8, 1));
            float[] click = new float[4096];
            click[2048] = 0.5f; // magnitude 0.5 at every frequency of the frame around it
            Spectrogram spectrogram = Spectrogram.of(new Sound(8000, click), mel);
            int frame = 2048 / mel.hop();
            Tensor bands = Tensors.of(spectrogram.values(), mel.mels(), spectrogram.frames())
                    .select(1, frame);
            Affine told = new Affine(
                    model.tensors().get("bands.weight"), model.tensors().get("bands.bias"));
            float[] magnitudes = Tensors.floats(
                    told.apply(bands, dev.athanor.torch.Precision.FLOAT32).exp());
            for (float magnitude : magnitudes) {
                assertThat(magnitude).isCloseTo(0.5f, within(1e-3f));
            }
        }
    }

    @Test
    void a_synthesiser_gives_a_sound_from_the_first_frame_to_the_last() {
        ModelFolder written = written();
        assertThat(written.config()).isEqualTo(TINY);
        assertThat(written.form()).isEqualTo(new WaveForm(TINY.mel()));
        float[] values = new float[4 * 9];
        Arrays.fill(values, -2);
        try (Synthesiser synthesiser = Synthesiser.open(written, engine)) {
            Sound sound = synthesiser.sound(new Spectrogram(TINY.mel(), 9, values));
            assertThat(sound.rate()).isEqualTo(8000);
            assertThat(sound.samples()).hasSize(64);
            assertThat(synthesiser
                            .sound(new Spectrogram(TINY.mel(), 1, Arrays.copyOf(values, 4)))
                            .samples())
                    .isEmpty();
        }
    }

    @Test
    void a_spectrogram_that_was_made_otherwise_is_refused() {
        MelSettings other = new MelSettings(8000, 32, 4, 4, 0, 4000);
        try (Synthesiser synthesiser = Synthesiser.open(written(), engine)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> synthesiser.sound(new Spectrogram(other, 1, new float[4])))
                    .withMessageContainingAll("hop=8", "hop=4", "train a vocoder");
        }
    }

    @Test
    void settings_that_no_spectrogram_has_are_told_as_the_files_fault() {
        var json = TINY.toJson().put("hop", 5);
        assertThatThrownBy(() -> ModelConfig.fromJson(json))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "config.json cannot be used: frames of 32 samples, 5 apart: expected a distance that divides 16");
    }

    private ModelFolder written() {
        try (PointerScope _ = new PointerScope()) {
            return ModelFolder.write(
                    folder.resolve("voice"),
                    new Vocoder(TINY),
                    new ModelFolder.Description(
                            new WaveForm(TINY.mel()),
                            Optional.empty(),
                            JsonNodeFactory.instance.objectNode(),
                            "# voice"));
        }
    }
}
