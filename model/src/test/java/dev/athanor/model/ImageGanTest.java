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
import java.util.SequencedMap;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ImageGanTest {
    private static final ImageGan.Config TINY =
            new ImageGan.Config(new ImageShape(3, 12, 8), 2, 8, List.of(1, 2), 1, 5, List.of(3, 2));
    private static final int NUMBERS = 3 * 12 * 8;
    private static final int PROBED = 2; // of 4 pictures
    private static JsonNode golden;
    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(Device.CPU);
        golden = Formula.golden("gan.json");
    }

    private static ImageGan filled() {
        ImageGan model = new ImageGan(TINY);
        Formula.fill(model.tensors(), 0.25);
        return model;
    }

    private static Tensor pictures(int rows, double step) {
        return Tensors.of(Formula.cosines(rows * NUMBERS, step), rows, 3, 12, 8);
    }

    private static Given given(int rows) {
        int[] labels = Arrays.copyOf(new int[] {1, 0, 3, 2, 0, 0, 2, 1}, 2 * rows);
        return new Given(Tensors.ids(labels, rows, 2), Tensors.ids(new int[0], rows, 0));
    }

    @Test
    void pictures_and_scores_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            ImageGan model = filled();
            Tensor made = model.generate(Tensors.of(Formula.cosines(20, 0.7), 4, 5), given(4));
            assertThat(Tensors.floats(made)).containsExactly(Formula.floats(golden.path("picture")), within(1e-4f));
            assertThat(Tensors.floats(model.score(pictures(4, 0.3), given(4))))
                    .containsExactly(Formula.floats(golden.path("score")), within(1e-4f));
        }
    }

    @Test
    void the_gradients_of_both_losses_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            ImageGan model = filled();
            Tensor real = pictures(4, 0.3);
            Tensor made = model.generate(Tensors.of(Formula.cosines(20, 0.7), 4, 5), given(4));
            Tensor ways = pictures(2 * PROBED, 1.1);
            Tensor d = model.score(real, given(4)).sub(model.score(made.detach(), given(4)));
            Tensor loss = torch.softplus(d.neg()).mean();
            assertThat(loss.item_float()).isCloseTo((float) golden.path("loss").asDouble(), within(1e-4f));
            Tensor atReal = slope(model, real, ways.narrow(0, 0, PROBED));
            Tensor atMade = slope(model, made.detach(), ways.narrow(0, PROBED, PROBED));
            loss.add(atReal.add(atMade).mul(new Scalar(1.5))).backward();
            compare(model.discriminatorTensors());
            Tensor other = model.score(real, given(4)).sub(model.score(made, given(4)));
            torch.softplus(other).mean().backward();
            compare(model.generatorTensors());
        }
    }

    private static Tensor slope(ImageGan model, Tensor pictures, Tensor ways) {
        Tensor some = pictures.narrow(0, 0, PROBED);
        Tensor moved = model.score(some.add(ways.mul(new Scalar(0.01))), given(PROBED));
        return moved.sub(model.score(some, given(PROBED)))
                .div(new Scalar(0.01))
                .square()
                .mean();
    }

    private static void compare(SequencedMap<String, Tensor> network) {
        network.forEach((name, tensor) -> {
            double sum = golden.path("gradient").path(name).asDouble();
            float[] gradient = Tensors.floats(tensor.grad());
            double absolute = 0;
            double signed = 0;
            for (int k = 0; k < gradient.length; k++) {
                absolute += Math.abs(gradient[k]);
                signed += gradient[k] * Math.cos(0.9 * k);
            }
            // Slopes divide differences of scores by 0.01, and their rounding with them.
            assertThat(absolute).as(name).isCloseTo(sum, within(1e-2 * sum + 1e-5));
            assertThat(signed)
                    .as(name)
                    .isCloseTo(golden.path("signed").path(name).asDouble(), within(1e-2 * sum + 1e-5));
        });
    }

    @Test
    void the_weights_have_the_names_of_pytorch_and_the_number_that_is_told() {
        try (PointerScope _ = new PointerScope()) {
            ImageGan model = new ImageGan(TINY);
            assertThat(new TreeMap<>(model.tensors()).keySet())
                    .containsExactlyElementsOf(golden.path("names")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
            assertThat(count(model)).isEqualTo(TINY.parameters());
            assertThat(model.generatorTensors().size()
                            + model.discriminatorTensors().size())
                    .isEqualTo(model.tensors().size());
        }
    }

    @Test
    void a_picture_has_the_same_score_alone_and_among_others() {
        try (PointerScope _ = new PointerScope()) {
            ImageGan model = filled();
            float[] together = Tensors.floats(model.score(pictures(4, 0.3), given(4)));
            Tensor first = pictures(4, 0.3).narrow(0, 0, 1);
            assertThat(Tensors.floats(model.score(first, given(1)))[0]).isCloseTo(together[0], within(1e-5f));
        }
    }

    @Test
    void without_labels_there_is_nothing_to_tell_and_no_table() {
        try (PointerScope _ = new PointerScope()) {
            ImageGan.Config config = new ImageGan.Config(new ImageShape(1, 8, 8), 1, 8, List.of(1, 2), 1, 4, List.of());
            ImageGan model = new ImageGan(config);
            assertThat(count(model)).isEqualTo(config.parameters());
            Given nothing = new Given(Tensors.ids(new int[0], 3, 0), Tensors.ids(new int[0], 3, 0));
            Tensor made =
                    model.generate(torch.randn(new long[] {3, 4}, new org.bytedeco.pytorch.TensorOptions()), nothing);
            assertThat(Tensors.floats(model.score(made, nothing))).hasSize(3);
        }
    }

    @Test
    void a_painter_does_with_300_pictures_what_it_does_with_each_alone() {
        ImageFormat format = new ImageFormat(
                List.of(
                        new ImageFormat.Field("kind", List.of("a", "b", "c")),
                        new ImageFormat.Field("tone", List.of("light", "dark"))),
                0);
        ModelFolder written = ModelFolder.write(
                folder.resolve("gan"),
                filled(),
                new ModelFolder.Description(format, Optional.empty(), JsonNodeFactory.instance.objectNode(), "# gan"));
        try (Painter painter = Painter.open(written, engine)) {
            float[] latents = Formula.cosines(300 * 5, 0.7);
            int[] labels = new int[600];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % 3;
            }
            float[] all = painter.paint(latents, labels, 300);
            for (int row : new int[] {0, 255, 256, 299}) {
                float[] alone = painter.paint(
                        Arrays.copyOfRange(latents, row * 5, row * 5 + 5),
                        Arrays.copyOfRange(labels, row * 2, row * 2 + 2),
                        1);
                assertThat(alone)
                        .containsExactly(Arrays.copyOfRange(all, row * NUMBERS, (row + 1) * NUMBERS), within(1e-4f));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> painter.paint(new float[7], new int[2], 1))
                    .withMessage("7 numbers are given for 1 latent vectors of 5: expected 5");
        }
    }

    private static long count(ImageGan model) {
        return model.tensors().values().stream().mapToLong(Tensor::numel).sum();
    }
}
