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

/// The distance is the one that PyTorch gives: vocoding.json, made by vocoding.py.
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
    void the_distance_of_two_spectra_is_that_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            float found = SoundObjective.distance(waves(8, 0.3), waves(10, 0.1)).item_float();
            assertThat(found).isCloseTo((float) golden.path("distance").asDouble(), within(1e-4f));
        }
    }

    @Test
    void a_spectrum_is_no_distance_from_itself() {
        try (PointerScope _ = new PointerScope()) {
            float found = SoundObjective.distance(waves(8, 0.3), waves(8, 0.3)).item_float();
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

    private static Vocoder vocoder() {
        return new Vocoder(new Vocoder.Config(MelSettings.of8000(), 8, 1));
    }

    private static Tensor waves(double scale, double step) {
        float[] values = new float[2 * 5 * 7];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (scale * Math.cos(step * k));
        }
        return Tensors.of(values, 2, 5, 7);
    }
}
