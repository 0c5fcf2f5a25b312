package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ImageVaeTest {
    private static final ImageVae.Config TINY =
            new ImageVae.Config(new ImageShape(3, 12, 8), 2, 8, List.of(1, 2), 1, 5, List.of(3, 2));
    private static final int NUMBERS = 3 * 12 * 8;
    private static JsonNode golden;
    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(Device.CPU);
        golden = Formula.golden("vae.json");
    }

    @Test
    void posterior_picture_and_gradient_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            ImageVae model = new ImageVae(TINY);
            Formula.fill(model.tensors());
            Tensor x = Tensors.of(Formula.cosines(2 * NUMBERS, 0.3), 2, 3, 12, 8);
            Given given = new Given(Tensors.ids(new int[] {1, 0, 3, 2}, 2, 2), Tensors.ids(new int[0], 2, 0));
            Posterior posterior = model.encode(x, given);
            Tensor picture = model.decode(posterior.mean(), given);
            assertThat(Tensors.floats(posterior.mean()))
                    .containsExactly(Formula.floats(golden.path("mean")), within(1e-4f));
            assertThat(Tensors.floats(posterior.logVariance()))
                    .containsExactly(Formula.floats(golden.path("log_variance")), within(1e-4f));
            assertThat(Tensors.floats(posterior.divergence()))
                    .containsExactly(Formula.floats(golden.path("divergence")), within(1e-4f));
            assertThat(Tensors.floats(picture))
                    .containsExactly(Formula.floats(golden.path("picture")), within(1e-3f)); // values up to 4
            torch.mse_loss(picture, x).add(posterior.divergence().sum()).backward();
            model.tensors().forEach((name, tensor) -> {
                double sum = golden.path("gradient").path(name).asDouble();
                assertThat(tensor.grad().abs().sum().item_float()).as(name).isCloseTo((float) sum, within((float)
                        (1e-3 * sum + 1e-4)));
            });
        }
    }

    @Test
    void the_weights_have_the_names_of_pytorch_and_the_number_that_is_told() {
        try (PointerScope _ = new PointerScope()) {
            ImageVae model = new ImageVae(TINY);
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
    void a_draw_is_spread_around_the_mean_as_far_as_the_deviation_says() {
        try (PointerScope _ = new PointerScope()) {
            engine.seed(5);
            Tensor mean = torch.full(new long[] {20_000, 1}, new org.bytedeco.pytorch.Scalar(3.0));
            Tensor logVariance = torch.full(new long[] {20_000, 1}, new org.bytedeco.pytorch.Scalar(2 * Math.log(0.5)));
            Tensor drawn = new Posterior(mean, logVariance).draw();
            assertThat(drawn.mean().item_float()).isCloseTo(3, within(0.02f));
            assertThat(drawn.std().item_float()).isCloseTo(0.5f, within(0.02f));
        }
    }

    @Test
    void an_autoencoder_does_with_300_pictures_what_it_does_with_each_alone() {
        try (PointerScope _ = new PointerScope();
                Autoencoder autoencoder = Autoencoder.open(written(), engine)) {
            float[] pictures = Formula.cosines(300 * NUMBERS, 0.01);
            int[] labels = new int[600];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % 3;
            }
            float[] places = autoencoder.encode(pictures, labels, 300);
            float[] again = autoencoder.decode(places, labels, 300);
            for (int row : new int[] {0, 255, 256, 299}) {
                float[] picture = Arrays.copyOfRange(pictures, row * NUMBERS, (row + 1) * NUMBERS);
                int[] told = {labels[2 * row], labels[2 * row + 1]};
                float[] place = autoencoder.encode(picture, told, 1);
                assertThat(place).containsExactly(Arrays.copyOfRange(places, row * 5, (row + 1) * 5), within(1e-4f));
                assertThat(autoencoder.decode(place, told, 1))
                        .containsExactly(Arrays.copyOfRange(again, row * NUMBERS, (row + 1) * NUMBERS), within(1e-3f));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> autoencoder.decode(new float[7], new int[2], 1))
                    .withMessage("7 numbers are given for 1 latent vectors of 5: expected 5");
        }
    }

    @Test
    void a_size_that_the_levels_cannot_halve_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageVae.Config(new ImageShape(1, 30, 32), 2, 8, List.of(1, 2), 1, 4, List.of()))
                .withMessage("height 30 does not split over 4 rows: use a multiple of 4");
    }

    private ModelFolder written() {
        ImageFormat format = new ImageFormat(
                List.of(
                        new ImageFormat.Field("kind", List.of("a", "b", "c")),
                        new ImageFormat.Field("tone", List.of("light", "dark"))),
                0);
        return ModelFolder.write(
                folder.resolve("vae"),
                new ImageVae(TINY),
                new ModelFolder.Description(format, Optional.empty(), JsonNodeFactory.instance.objectNode(), "# vae"));
    }
}
