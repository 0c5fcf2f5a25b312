package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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

/// The U-Net is the one that unet.py writes in PyTorch: unet.json.
class UNetTest {
    private static final UNet.Config TINY = new UNet.Config(
            new ImageShape(3, 8, 8),
            2,
            8,
            List.of(1, 2),
            1,
            List.of(3, 2),
            CaptionShape.NONE,
            NoiseProcess.FLOW_MATCHING);
    private static JsonNode golden;

    @BeforeAll
    static void start() throws IOException {
        Engine.start(Device.CPU);
        try (InputStream in = UNetTest.class.getResourceAsStream("unet.json")) {
            golden = JsonMapper.shared().readTree(in);
        }
    }

    @Test
    void prediction_and_gradient_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            UNet model = new UNet(TINY);
            fill(model);
            float[] x = new float[2 * 3 * 8 * 8];
            for (int k = 0; k < x.length; k++) {
                x[k] = (float) Math.cos(0.3 * k);
            }
            Tensor y = model.forward(
                    Tensors.of(x, 2, 3, 8, 8),
                    Tensors.of(new float[] {0.25f, 0.9f}, 2),
                    new Given(Tensors.ids(new int[] {1, 0, 3, 2}, 2, 2), Tensors.ids(new int[0], 2, 0)));
            float[] expected = new float[x.length];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (float) golden.path("prediction").get(i).asDouble();
            }
            assertThat(Tensors.floats(y)).containsExactly(expected, within(1e-3f)); // values up to 40
            y.square().sum().backward();
            model.tensors().forEach((name, tensor) -> {
                double sum = golden.path("gradient").path(name).asDouble();
                assertThat(tensor.grad().abs().sum().item_float()).as(name).isCloseTo((float) sum, within((float)
                        (1e-3 * sum + 1e-3)));
            });
        }
    }

    @Test
    void the_weights_have_the_names_of_pytorch_and_the_number_that_is_told() {
        try (PointerScope _ = new PointerScope()) {
            UNet model = new UNet(TINY);
            assertThat(new TreeMap<>(model.tensors()).keySet())
                    .containsExactlyElementsOf(golden.path("names")
                            .valueStream()
                            .map(JsonNode::asString)
                            .sorted()
                            .toList());
            assertThat(count(model)).isEqualTo(TINY.parameters());
        }
    }

    @Test
    void a_caption_changes_the_prediction_and_what_fills_the_room_behind_it_does_not() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            UNet model = new UNet(captioned());
            fill(model);
            assertThat(count(model)).isEqualTo(captioned().parameters());
            float[] cat = predict(model, 5, 6, 0, 0);
            assertThat(predict(model, 5, 7, 0, 0)).isNotEqualTo(cat);
            assertThat(predict(model, 0, 0, 0, 0)).doesNotContain(Float.NaN).isNotEqualTo(cat);
        }
    }

    @Test
    void a_size_that_cannot_be_halved_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UNet.Config(
                        new ImageShape(1, 30, 30),
                        2,
                        8,
                        List.of(1, 2),
                        1,
                        List.of(),
                        CaptionShape.NONE,
                        NoiseProcess.DDPM))
                .withMessage("height 30 does not split over 4 rows: use a multiple of 4");
    }

    @Test
    void levels_that_do_not_begin_with_the_width_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UNet.Config(
                        new ImageShape(1, 8, 8),
                        1,
                        8,
                        List.of(2, 4),
                        1,
                        List.of(),
                        CaptionShape.NONE,
                        NoiseProcess.DDPM))
                .withMessage("levels [2, 4]: the first is the width itself, so begin with 1, for example [1, 2]");
    }

    private static UNet.Config captioned() {
        return new UNet.Config(
                new ImageShape(1, 8, 8),
                1,
                8,
                List.of(1, 2),
                1,
                List.of(),
                new CaptionShape(10, 4),
                NoiseProcess.FLOW_MATCHING);
    }

    private static float[] predict(UNet model, int... caption) {
        float[] x = new float[64];
        java.util.Arrays.fill(x, 0.5f);
        return Tensors.floats(model.forward(
                Tensors.of(x, 1, 1, 8, 8),
                Tensors.of(new float[] {0.5f}, 1),
                new Given(Tensors.ids(new int[0], 1, 0), Tensors.ids(caption, 1, 4))));
    }

    private static long count(UNet model) {
        return model.tensors().values().stream().mapToLong(Tensor::numel).sum();
    }

    /// The formula of unet.py.
    private static void fill(UNet model) {
        List<Tensor> sorted = List.copyOf(new TreeMap<>(model.tensors()).values());
        List<String> names = List.copyOf(new TreeMap<>(model.tensors()).keySet());
        try (NoGradGuard _ = new NoGradGuard()) {
            for (int t = 0; t < sorted.size(); t++) {
                float[] values = new float[(int) sorted.get(t).numel()];
                boolean gain = names.get(t).contains("norm") && names.get(t).endsWith("weight");
                for (int k = 0; k < values.length; k++) {
                    values[k] = (float) (0.1 * Math.sin(0.7 * (k + 1) + t)) + (gain ? 1 : 0);
                }
                sorted.get(t)
                        .copy_(Tensors.of(values, values.length)
                                .view(sorted.get(t).sizes()));
            }
        }
    }
}
