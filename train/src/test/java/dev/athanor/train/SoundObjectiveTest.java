package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.sound.MelSettings;
import dev.athanor.model.Vocoder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The distance is the one that PyTorch and librosa give: vocoding.json, made by vocoding.py.
class SoundObjectiveTest {
    private static Engine engine;
    private static JsonNode golden;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(Device.CPU);
        try (InputStream in = SoundObjectiveTest.class.getResourceAsStream("vocoding.json")) {
            golden = JsonMapper.shared().readTree(in);
        }
    }

    @Test
    void the_distance_of_two_chirps_is_that_of_pytorch_and_librosa() {
        try (PointerScope _ = new PointerScope()) {
            SoundObjective objective = objective();
            float found = objective.distance(chirp(0.5, 1), chirp(0.3, 0)).item_float();
            assertThat(found).isCloseTo((float) golden.path("distance").asDouble(), within(1e-4f));
        }
    }

    @Test
    void a_sound_is_no_distance_from_itself() {
        try (PointerScope _ = new PointerScope()) {
            float found = objective().distance(chirp(0.3, 0), chirp(0.3, 0)).item_float();
            assertThat(found).isCloseTo((float) golden.path("none").asDouble(), within(1e-6f));
        }
    }

    @Test
    void silence_has_a_distance_and_a_slope_that_are_numbers() {
        try (PointerScope _ = new PointerScope()) {
            Vocoder model = vocoder();
            SoundObjective objective = SoundObjective.of(model, engine.place());
            Tensor loss = objective.training(new SoundBatch(new float[2 * 1024], 2), 0);
            loss.backward();
            assertThat(loss.item_float()).isFinite();
            model.tensors()
                    .forEach((name, tensor) -> assertThat(
                                    torch.isfinite(tensor.grad()).all().item_bool())
                            .as(name)
                            .isTrue());
        }
    }

    private static SoundObjective objective() {
        return SoundObjective.of(vocoder(), engine.place());
    }

    private static Vocoder vocoder() {
        return new Vocoder(new Vocoder.Config(MelSettings.of8000(), 8, 1));
    }

    private static Tensor chirp(double strength, double phase) {
        float[] samples = new float[4096];
        for (int k = 0; k < samples.length; k++) {
            samples[k] = (float) (strength * Math.sin(phase + 0.02 * k + 1e-4 * k * k));
        }
        return Tensors.of(samples, 1, samples.length);
    }
}
