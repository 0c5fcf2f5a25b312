package dev.athanor.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.data.Seed;
import dev.athanor.data.image.Image;
import dev.athanor.model.CaptionShape;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.UNet;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class DiffusionGeneratorTest {
    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

    @TempDir
    private Path folder;

    private DiffusionGenerator generator;

    @BeforeEach
    void open() {
        Engine engine = Engine.start(Device.CPU);
        engine.seed(1);
        try (PointerScope _ = new PointerScope()) {
            UNet model = new UNet.Config(
                            SHAPE, 1, 8, List.of(1, 2), 1, List.of(2), CaptionShape.NONE, NoiseProcess.FLOW_MATCHING)
                    .open();
            ModelFolder made = ModelFolder.write(
                    folder.resolve("model"),
                    model,
                    new ModelFolder.Description(
                            new ImageFormat(List.of(new ImageFormat.Field("label", List.of("boot", "sneaker"))), 0),
                            Optional.empty(),
                            JsonNodeFactory.instance.objectNode(),
                            "Random weights, for a test.\n"));
            generator = (DiffusionGenerator) ImageGenerator.open(made, engine);
        }
    }

    @AfterEach
    void close() {
        generator.close();
    }

    private static ImageRequest request(Map<String, String> fields, int count) {
        return new ImageRequest(
                new LinkedHashMap<>(fields), "", count, new ImageRequest.Denoising(Solver.DDIM, 4, 1.5), new Seed(7));
    }

    private static Image picture(int width, int height, int value) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) value);
        return new Image(width, height, 1, pixels);
    }

    @Test
    void the_same_request_gives_the_same_pictures_however_many_are_asked_for() {
        List<Image> three = generator.generate(request(Map.of("label", "boot"), 3), _ -> {});
        List<Image> one = generator.generate(request(Map.of("label", "boot"), 1), _ -> {});
        assertThat(three).hasSize(3);
        assertThat(one.getFirst().pixels()).isEqualTo(three.getFirst().pixels());
        assertThat(three.get(1).pixels()).isNotEqualTo(three.getFirst().pixels());
    }

    @Test
    void what_a_mask_does_not_cover_stays_to_the_bit() {
        Image source = picture(8, 8, 200);
        byte[] hole = new byte[64];
        Arrays.fill(hole, 0, 16, (byte) 255);
        Image filled = generator
                .fill(request(Map.of(), 1), source, new Image(8, 8, 1, hole))
                .getFirst();
        assertThat(Arrays.copyOfRange(filled.pixels(), 16, 64)).containsOnly((byte) 200);
        assertThat(Arrays.copyOf(filled.pixels(), 16)).isNotEqualTo(Arrays.copyOf(source.pixels(), 16));
    }

    @Test
    void a_mask_of_another_size_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.fill(request(Map.of(), 1), picture(8, 8, 0), picture(4, 4, 255)))
                .withMessage(
                        "the mask has 4 x 4 pixels and the picture 8 x 8: give a mask of the picture's size, bright where something new shall be");
    }

    @Test
    void an_enlarged_picture_shrinks_to_the_one_it_came_from() {
        float[] large =
                generator.enlarged(request(Map.of(), 1), picture(4, 4, 128)).getFirst();
        for (int square = 0; square < 16; square++) {
            int corner = square / 4 * 2 * 8 + square % 4 * 2;
            double mean = (large[corner] + large[corner + 1] + large[corner + 8] + large[corner + 9]) / 4;
            assertThat(mean).isCloseTo(128 / 127.5 - 1, within(1e-5));
        }
    }

    @Test
    void a_picture_that_is_as_large_as_the_model_s_cannot_be_enlarged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.enlarge(request(Map.of(), 1), picture(8, 8, 0)))
                .withMessage(
                        "the picture has 8 x 8 pixels and the model makes 8 x 8: give one that is smaller by a whole number, for example 4 x 4");
    }

    @Test
    void little_strength_leaves_a_picture_nearly_as_it_is() {
        Image source = picture(8, 8, 128);
        Image varied = generator.vary(request(Map.of(), 1), source, 0.02).getFirst();
        for (byte pixel : varied.pixels()) {
            assertThat(pixel & 0xFF).isBetween(108, 148);
        }
    }

    @Test
    void no_strength_and_too_much_are_refused() {
        for (double strength : new double[] {0, 1.5, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.vary(request(Map.of(), 1), picture(8, 8, 0), strength))
                    .withMessage(
                            "strength %s: expected a number above 0, which leaves the picture as it is, up to 1, which leaves nothing of it"
                                    .formatted(strength));
        }
    }

    @Test
    void the_ends_of_a_walk_are_nearly_the_pictures_it_goes_between() {
        List<Image> walk = generator.between(request(Map.of(), 3), picture(8, 8, 60), picture(8, 8, 190));
        assertThat(walk).hasSize(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.between(request(Map.of(), 1), picture(8, 8, 0), picture(8, 8, 0)))
                .withMessage("count 1: going from one picture to another takes at least 2");
    }

    @Test
    void an_unknown_label_is_refused_with_the_nearest_known_one() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(request(Map.of("label", "sneakers"), 1), _ -> {}))
                .withMessage("label \"sneakers\" was not learnt (did you mean \"sneaker\"?); known are boot, sneaker");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(request(Map.of("labels", "boot"), 1), _ -> {}))
                .withMessage(
                        "this model was not trained on the field \"labels\" (did you mean \"label\"?); it knows label");
    }

    @Test
    void a_prompt_is_refused_by_a_model_without_captions() {
        ImageRequest asked =
                new ImageRequest(new LinkedHashMap<>(), "a boot", 1, ImageRequest.Denoising.USUAL, new Seed(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(asked, _ -> {}))
                .withMessage(
                        "this model reads no prompts: it was trained without captions; ask with --label NAME=VALUE, where NAME is one of label");
    }
}
