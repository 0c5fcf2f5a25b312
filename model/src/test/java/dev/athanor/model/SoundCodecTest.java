package dev.athanor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.sound.MelSettings;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import dev.athanor.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class SoundCodecTest {
    private static final CodeGrid GRID = new CodeGrid(List.of(8, 5, 4, 3));
    private static final SoundCodec.Config TINY = new SoundCodec.Config(
            new ImageShape(1, 4, 6),
            new SoundCodec.Coding(GRID, 2, 8, 2),
            List.of(2, 3),
            new SoundCodec.Speech(1, 2, 8));
    private static JsonNode golden;
    private static Engine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(Device.CPU);
        golden = Formula.golden("codec.json");
    }

    private static int[] ints(JsonNode numbers) {
        return numbers.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static int[] ints(Tensor numbers) {
        float[] values = Tensors.floats(numbers);
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }

    @Test
    void places_codes_and_gradient_of_the_grid_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            float[] numbers = Formula.cosines(24, 0.3);
            for (int k = 0; k < numbers.length; k++) {
                numbers[k] *= 3;
            }
            Tensor vectors = Tensors.of(numbers, 6, 4).requires_grad_(true);
            Tensor places = GRID.nearest(vectors);
            JsonNode expected = golden.path("grid");
            assertThat(Tensors.floats(places)).containsExactly(Formula.floats(expected.path("places")), within(1e-6f));
            assertThat(ints(GRID.codes(places))).containsExactly(ints(expected.path("codes")));
            places.mul(Tensors.of(Formula.cosines(24, 0.1), 6, 4)).sum().backward();
            assertThat(Tensors.floats(vectors.grad()))
                    .containsExactly(Formula.floats(expected.path("gradient")), within(1e-5f));
        }
    }

    @Test
    void every_code_comes_back_from_its_place_and_is_the_nearest_to_it() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            int[] all = IntStream.range(0, 8 * 5 * 4 * 3).toArray();
            Tensor places = GRID.places(Tensors.ids(all, all.length));
            assertThat(ints(GRID.codes(places))).containsExactly(all);
            assertThat(Tensors.floats(places.abs().amax())[0]).isEqualTo(1);
        }
    }

    @Test
    void a_grid_of_no_codes_or_of_too_many_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CodeGrid(List.of(8, 1)))
                .withMessage(
                        "levels are [8, 1]: give 2 or more places for each number of a code, usually [8, 5, 5, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CodeGrid(List.of()))
                .withMessageContaining("levels are [], which is no code");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CodeGrid(List.of(1 << 12, 17)))
                .withMessageContaining("more than 65536 codes");
    }

    @Test
    void what_comes_back_and_its_gradient_are_those_of_pytorch() {
        try (PointerScope _ = new PointerScope()) {
            SoundCodec model = new SoundCodec(TINY);
            Formula.fill(model.coder(), 0.3);
            Tensor places = model.encode(Tensors.of(Formula.cosines(48, 0.3), 2, 4, 6));
            assertThat(ints(GRID.codes(places))).containsExactly(ints(golden.path("codes")));
            Tensor rebuilt = model.decode(places);
            assertThat(Tensors.floats(rebuilt)).containsExactly(Formula.floats(golden.path("rebuilt")), within(1e-5f));
            rebuilt.mul(Tensors.of(Formula.cosines(48, 0.1), 2, 4, 6)).sum().backward();
            model.coder().forEach((name, tensor) -> {
                double sum = golden.path("gradient").path(name).asDouble();
                assertThat(tensor.grad().abs().sum().item_float()).as(name).isCloseTo((float) sum, within((float)
                        (1e-3 * sum + 1e-5)));
            });
        }
    }

    @Test
    void the_weights_have_the_names_of_pytorch_and_the_number_that_is_told() {
        try (PointerScope _ = new PointerScope()) {
            SoundCodec model = new SoundCodec(TINY);
            assertThat(new TreeMap<>(model.coder()).keySet())
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
    void each_code_is_scored_from_what_is_told_and_the_codes_before_it_alone() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            SoundCodec model = new SoundCodec(TINY);
            Tensor opening = Tensors.ids(TINY.opening(new int[] {1, 3}), 1, 3);
            float[] one = Tensors.floats(model.score(opening, Tensors.ids(new int[] {5, 6, 7}, 1, 3)));
            float[] other = Tensors.floats(model.score(opening, Tensors.ids(new int[] {5, 9, 8}, 1, 3)));
            int V = TINY.transformer().vocabulary();
            assertThat(one).hasSize(3 * V);
            assertThat(Arrays.copyOf(one, 2 * V)).containsExactly(Arrays.copyOf(other, 2 * V), within(1e-6f));
            assertThat(Arrays.copyOfRange(one, 2 * V, 3 * V)).isNotEqualTo(Arrays.copyOfRange(other, 2 * V, 3 * V));
        }
    }

    @Test
    void what_is_told_has_tokens_behind_the_codes_of_which_no_two_are_alike() {
        assertThat(TINY.opening(new int[] {0, 0})).containsExactly(480, 481, 484);
        assertThat(TINY.opening(new int[] {2, 3})).containsExactly(480, 483, 487);
        assertThat(TINY.transformer().vocabulary()).isEqualTo(488);
    }

    @Test
    void a_coder_turns_spectrograms_into_codes_and_back() {
        ModelFolder written = written();
        assertThat(written.config()).isEqualTo(TINY);
        try (SoundCoder coder = SoundCoder.open(written, engine)) {
            int[] codes = coder.codes(Formula.cosines(48, 0.3), 2);
            assertThat(codes).containsExactly(ints(golden.path("codes")));
            assertThat(coder.planes(codes, 2)).containsExactly(Formula.floats(golden.path("rebuilt")), within(1e-5f));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> coder.planes(new int[] {0, 480, 0}, 1))
                    .withMessage("the code 480: expected one from 0 to 479");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> coder.planes(new int[4], 1))
                    .withMessage("4 numbers are given for 1 sounds of 3: expected 3");
        }
    }

    @Test
    void frames_that_do_not_fill_their_codes_are_told_as_the_files_fault() {
        var json = TINY.toJson().put("width", 7);
        assertThatThrownBy(() -> ModelConfig.fromJson(json))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("config.json cannot be used", "7", "frames of a code");
    }

    private ModelFolder written() {
        try (PointerScope _ = new PointerScope()) {
            SoundCodec model = new SoundCodec(TINY);
            Formula.fill(model.coder(), 0.3);
            SoundForm form = new SoundForm(new MelSettings(8000, 32, 8, 4, 0, 4000), 6, 1);
            return ModelFolder.write(
                    folder.resolve("codec"),
                    model,
                    new ModelFolder.Description(
                            new ImageFormat(List.of(), 0, Optional.of(form)),
                            Optional.empty(),
                            JsonNodeFactory.instance.objectNode(),
                            "# codec"));
        }
    }
}
