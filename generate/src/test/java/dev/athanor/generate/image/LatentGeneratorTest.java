package dev.athanor.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.athanor.data.Seed;
import dev.athanor.data.image.Image;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.ModelFolder;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/// Models that make a picture at once, with weights by lot: what they make means nothing, and depends on what
/// it must.
class LatentGeneratorTest {
    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);
    private static final Engine ENGINE = Engine.start(Device.CPU);

    @TempDir
    private Path folder;

    private ModelFolder vae;
    private ModelFolder gan;

    @BeforeEach
    void write() {
        vae = write(new ImageVae.Config(SHAPE, 1, 8, List.of(1, 2), 1, 4, List.of(2)));
        gan = write(new ImageGan.Config(SHAPE, 1, 8, List.of(1, 2), 1, 4, List.of(2)));
    }

    private ModelFolder write(ModelConfig config) {
        ENGINE.seed(1);
        ImageFormat format = new ImageFormat(List.of(new ImageFormat.Field("kind", List.of("cup", "pot"))), 0);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            var model = config.open();
            model.tensors()
                    .values()
                    .forEach(
                            tensor -> tensor.add_(torch.randn_like(tensor).mul_(new org.bytedeco.pytorch.Scalar(0.1))));
            return ModelFolder.write(
                    folder.resolve(config.family()),
                    model,
                    new ModelFolder.Description(
                            format, Optional.empty(), JsonNodeFactory.instance.objectNode(), "# model"));
        }
    }

    private ModelFolder model(String family) {
        return family.equals("image-vae") ? vae : gan;
    }

    private static ImageRequest request(int count, Map<String, String> fields) {
        return new ImageRequest(new LinkedHashMap<>(fields), "", count, ImageRequest.Denoising.USUAL, new Seed(9));
    }

    private static Image picture(int shade) {
        byte[] pixels = new byte[64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.clamp(shade + i, 0, 255);
        }
        return new Image(8, 8, 1, pixels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-vae", "image-gan"})
    void a_picture_depends_on_seed_and_label_and_not_on_how_many_are_made(String family) {
        try (ImageGenerator generator = ImageGenerator.open(model(family), ENGINE)) {
            assertThat(generator.isStepwise()).isFalse();
            List<Image> cups = generator.generate(request(3, Map.of("kind", "cup")), _ -> {});
            assertThat(cups).hasSize(3).doesNotHaveDuplicates();
            assertThat(generator.generate(request(2, Map.of("kind", "cup")), _ -> {}))
                    .isEqualTo(cups.subList(0, 2));
            assertThat(generator.generate(request(3, Map.of("kind", "pot")), _ -> {}))
                    .doesNotContainAnyElementsOf(cups);
        }
    }

    @Test
    void an_autoencoder_varies_a_picture_the_more_the_more_is_given_up() {
        try (ImageGenerator generator = ImageGenerator.open(vae, ENGINE)) {
            ImageRequest request = request(2, Map.of());
            Image again = generator.vary(request, picture(40), 1e-9).getFirst();
            List<Image> near = generator.vary(request, picture(40), 0.1);
            List<Image> far = generator.vary(request, picture(40), 0.8);
            assertThat(near).doesNotHaveDuplicates();
            assertThat(distance(near.getFirst(), again)).isLessThan(distance(far.getFirst(), again));
            assertThat(generator.vary(request, picture(200), 1))
                    .isEqualTo(generator.generate(request, _ -> {})); // nothing of it is left
        }
    }

    @Test
    void an_autoencoder_goes_from_one_picture_to_another() {
        try (ImageGenerator generator = ImageGenerator.open(vae, ENGINE)) {
            List<Image> way = generator.between(request(5, Map.of()), picture(0), picture(180));
            Image first = generator.vary(request(1, Map.of()), picture(0), 1e-9).getFirst();
            Image last =
                    generator.vary(request(1, Map.of()), picture(180), 1e-9).getFirst();
            assertThat(way).hasSize(5).startsWith(first).endsWith(last);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.between(request(1, Map.of()), picture(0), picture(9)))
                    .withMessage("count 1: going from one picture to another takes at least 2");
        }
    }

    @Test
    void what_a_family_cannot_do_is_refused_with_one_that_can() {
        try (ImageGenerator painter = ImageGenerator.open(gan, ENGINE);
                ImageGenerator autoencoder = ImageGenerator.open(vae, ENGINE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> painter.vary(request(1, Map.of()), picture(0), 0.5))
                    .withMessage(
                            "the model image-gan is an image-gan, which makes pictures of noise and cannot read one: use a model of the families image-vae or image-diffusion");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> painter.between(request(2, Map.of()), picture(0), picture(9)))
                    .withMessageContaining("cannot read one");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> autoencoder.fill(request(1, Map.of()), picture(0), picture(9)))
                    .withMessage(
                            "the model image-vae makes whole pictures at once and cannot fill a region: use a model of the family image-diffusion");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> painter.enlarge(request(1, Map.of()), picture(0)))
                    .withMessageContaining("cannot enlarge a picture");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> painter.generate(request(1, Map.of("kind", "cpu")), _ -> {}))
                    .withMessageContainingAll("kind \"cpu\" was not learnt", "did you mean \"cup\"?");
            ImageRequest prompted =
                    new ImageRequest(new LinkedHashMap<>(), "a cup", 1, ImageRequest.Denoising.USUAL, new Seed(9));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> autoencoder.generate(prompted, _ -> {}))
                    .withMessageContainingAll("reads no prompts", "--label NAME=VALUE, where NAME is one of kind");
        }
    }

    @Test
    void a_classifier_makes_no_pictures() {
        ModelFolder judge = write(new ImageClassifier.Config(SHAPE, 1, 8, List.of(1), 1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageGenerator.open(judge, ENGINE))
                .withMessageContainingAll("judges pictures and makes none", "image-diffusion, image-gan and image-vae");
    }

    private static long distance(Image a, Image b) {
        long sum = 0;
        for (int i = 0; i < 64; i++) {
            sum += Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF));
        }
        return sum;
    }
}
