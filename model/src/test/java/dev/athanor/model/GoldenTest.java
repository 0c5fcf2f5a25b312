package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The models give the logits that transformers and PyTorch give with the same weights: golden.json, made by golden.py.
class GoldenTest {
    private static final float TOLERANCE = 1e-4f; // float32 sums differ in their order
    private static JsonNode golden;

    @BeforeAll
    static void start() throws IOException {
        Engine.start(Device.CPU);
        try (InputStream in = GoldenTest.class.getResourceAsStream("golden.json")) {
            golden = JsonMapper.shared().readTree(in);
        }
    }

    @Test
    void a_transformer_gives_the_logits_of_llama_in_transformers() {
        for (JsonNode expected : golden.path("llama")) {
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                Transformer model = new Transformer(new Transformer.Config(
                        23,
                        32,
                        2,
                        expected.path("heads").asInt(),
                        expected.path("keyValueHeads").asInt(),
                        16,
                        24,
                        1e-5,
                        expected.path("theta").asDouble(),
                        expected.path("tied").asBoolean()));
                fill(model);
                int[] ids = ids(expected);
                assertClose(model.forward(Tensors.ids(ids, 1, ids.length)), expected);
            }
        }
    }

    @Test
    void an_lstm_gives_the_logits_of_pytorch() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Lstm model = new Lstm(new Lstm.Config(23, 8, 2, 8));
            fill(model);
            int[] ids = ids(golden.path("lstm"));
            Tensor states = model.forward(Tensors.ids(ids, 1, ids.length), model.start(1))
                    .states();
            assertClose(model.score(states), golden.path("lstm"));
        }
    }

    @Test
    void a_gru_gives_the_logits_of_pytorch() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Gru model = new Gru(new Gru.Config(23, 8, 2, 8));
            fill(model);
            int[] ids = ids(golden.path("gru"));
            Tensor states = model.forward(Tensors.ids(ids, 1, ids.length), model.start(1))
                    .states();
            assertClose(model.score(states), golden.path("gru"));
        }
    }

    @Test
    void a_carried_state_gives_the_same_as_reading_in_one_go() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Lstm model = new Lstm(new Lstm.Config(23, 8, 2, 8));
            fill(model);
            int[] ids = ids(golden.path("lstm"));
            Lstm.Read first = model.forward(Tensors.ids(java.util.Arrays.copyOf(ids, 3), 1, 3), model.start(1));
            Lstm.Read rest = model.forward(Tensors.ids(java.util.Arrays.copyOfRange(ids, 3, 8), 1, 5), first.state());
            float[] whole = Tensors.floats(
                    model.forward(Tensors.ids(ids, 1, 8), model.start(1)).states());
            assertThat(Tensors.floats(rest.states()))
                    .containsExactly(java.util.Arrays.copyOfRange(whole, 3 * 8, 8 * 8), within(1e-6f));
        }
    }

    /// The formula of golden.py.
    private static void fill(LanguageModel model) {
        List<Tensor> sorted = List.copyOf(new TreeMap<>(model.tensors()).values());
        List<String> names = List.copyOf(new TreeMap<>(model.tensors()).keySet());
        for (int t = 0; t < sorted.size(); t++) {
            float[] values = new float[(int) sorted.get(t).numel()];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) (0.1 * Math.sin(0.7 * (k + 1) + t));
                values[k] += names.get(t).contains("norm") ? 1 : 0;
            }
            sorted.get(t)
                    .copy_(Tensors.of(values, values.length).view(sorted.get(t).sizes()));
        }
    }

    private static int[] ids(JsonNode expected) {
        return expected.path("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static void assertClose(Tensor logits, JsonNode expected) {
        float[] found = Tensors.floats(logits);
        int at = 0;
        for (JsonNode row : expected.path("logits")) {
            for (JsonNode value : row) {
                assertThat(found[at++]).isCloseTo((float) value.asDouble(), within(TOLERANCE));
            }
        }
        assertThat(at).isEqualTo(found.length);
    }
}
