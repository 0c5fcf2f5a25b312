package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Losses;
import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ImageClassifierTest {
    private static final ImageClassifier.Config TINY =
            new ImageClassifier.Config(new ImageShape(3, 12, 8), 2, 8, List.of(1, 2, 3), 1, 5);
    private static JsonNode golden;
    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(Device.CPU);
        golden = Formula.golden("classifier.json");
    }

    @Test
    void logits_features_and_gradient_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            ImageClassifier model = new ImageClassifier(TINY);
            Formula.fill(model.tensors());
            ImageClassifier.Seen seen = model.forward(Tensors.of(Formula.cosines(2 * 3 * 12 * 8, 0.3), 2, 3, 12, 8));
            assertThat(Tensors.floats(seen.logits()))
                    .containsExactly(Formula.floats(golden.path("logits")), within(1e-4f));
            assertThat(Tensors.floats(seen.features()))
                    .containsExactly(Formula.floats(golden.path("features")), within(1e-4f));
            Losses.smoothedCrossEntropy(seen.logits(), Tensors.ids(new int[] {4, 1}, 2), 0.1)
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
            ImageClassifier model = new ImageClassifier(TINY);
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
    void a_judge_says_of_300_pictures_what_it_says_of_each_alone() {
        ModelFolder written =
                write(new ImageFormat(List.of(new ImageFormat.Field("kind", List.of("a", "b", "c", "d", "e"))), 0));
        float[] pictures = Formula.cosines(300 * 288, 0.01);
        try (Judge judge = Judge.open(written, engine)) {
            assertThat(judge.field()).isEqualTo("kind");
            assertThat(judge.values()).containsExactly("a", "b", "c", "d", "e");
            Judge.Verdict all = judge.judge(pictures, 300);
            for (int row : new int[] {0, 255, 256, 299}) {
                Judge.Verdict alone = judge.judge(Arrays.copyOfRange(pictures, row * 288, (row + 1) * 288), 1);
                float[] held = Arrays.copyOfRange(all.probabilities(), row * 5, (row + 1) * 5);
                assertThat(alone.probabilities()).containsExactly(held, within(1e-5f));
                assertThat(held[0] + held[1] + held[2] + held[3] + held[4]).isCloseTo(1, within(1e-5f));
                assertThat(held[all.likeliest(row)]).isEqualTo(max(held));
                assertThat(alone.features())
                        .containsExactly(Arrays.copyOfRange(all.features(), row * 128, (row + 1) * 128), within(1e-4f));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> judge.judge(new float[7], 1))
                    .withMessage("7 numbers are given for 1 pictures of 8 x 12 colour: expected 288");
        }
    }

    @Test
    void a_folder_whose_head_and_values_differ_is_refused() {
        ModelFolder written = write(new ImageFormat(List.of(new ImageFormat.Field("kind", List.of("a", "b"))), 0));
        assertThatThrownBy(() -> Judge.open(written, engine))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("a head for 5 values", "[kind] with [2] values", "train the model again");
    }

    private ModelFolder write(ImageFormat format) {
        try (PointerScope _ = new PointerScope()) {
            return ModelFolder.write(
                    folder.resolve("judge"),
                    new ImageClassifier(TINY),
                    new ModelFolder.Description(
                            format, Optional.empty(), JsonNodeFactory.instance.objectNode(), "# judge"));
        }
    }

    private static float max(float[] values) {
        float max = values[0];
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
