package dev.athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.athanor.model.ImageShape;
import dev.athanor.model.ImageVae;
import dev.athanor.torch.Device;
import dev.athanor.torch.Engine;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/// The bound of an autoencoder whose weights are all 0: its posterior is the prior, and each of its pictures
/// is 0.
class PictureBoundTest {
    private static final int NUMBERS = 64;
    private static final double ROUNDING = 4 / (255.0 * 255.0 * 12);
    private static final Engine ENGINE = Engine.start(Device.CPU);

    private static ImageObjective.PictureBound silent(String... settings) {
        ImageVae vae =
                new ImageVae(new ImageVae.Config(new ImageShape(1, 8, 8), 1, 8, List.of(1, 1), 1, 4, List.of(2)));
        try (NoGradGuard _ = new NoGradGuard()) {
            vae.tensors().values().forEach(Tensor::zero_);
        }
        return new ImageObjective.PictureBound(vae, RecipeFile.read("image-vae", List.of(settings)), ENGINE.place());
    }

    private static ImageBatch batch(float... values) {
        float[] pixels = new float[values.length * NUMBERS];
        for (int row = 0; row < values.length; row++) {
            Arrays.fill(pixels, row * NUMBERS, (row + 1) * NUMBERS, values[row]);
        }
        return new ImageBatch(pixels, new ImageShape(1, 8, 8), new int[values.length], new int[0], values.length);
    }

    @Test
    void errors_are_normal_with_the_variance_that_makes_them_likeliest() {
        try (PointerScope _ = new PointerScope()) {
            double error = (0.5 * 0.5 + 0.1 * 0.1) / 2; // mean of the squares
            double variance = error + ROUNDING;
            double nats = 0.5 * (Math.log(2 * Math.PI * variance) + error / variance);
            assertThat(silent().sum(batch(0.5f, -0.1f)).item_float()).isCloseTo((float) (2 * nats), within(1e-5f));
        }
    }

    @Test
    void what_is_known_by_heart_has_a_density_within_bounds() {
        try (PointerScope _ = new PointerScope()) {
            double nats = 0.5 * Math.log(2 * Math.PI * ROUNDING);
            assertThat(silent().sum(batch(0, 0)).item_float()).isCloseTo((float) (2 * nats), within(1e-4f));
        }
    }

    @Test
    void free_bits_cost_nothing_and_the_divergence_counts_fully_only_after_its_warmup() {
        try (PointerScope _ = new PointerScope()) {
            // Divergence 0 in each of 4 dimensions is below 0.2 free nats, so 0.8 of them are counted.
            ImageObjective.PictureBound bound =
                    silent("training.divergenceWarmup=10", "training.freeBits=0.2", "training.divergence=1");
            float reconstruction = bound.sum(batch(1)).item_float();
            assertThat(bound.training(batch(1), 9).item_float())
                    .isCloseTo(reconstruction + 0.8f / NUMBERS, within(1e-5f));
            assertThat(bound.training(batch(1), 4).item_float())
                    .isCloseTo(reconstruction + 0.4f / NUMBERS, within(1e-5f));
        }
    }

    @Test
    void the_divergence_counts_as_often_as_the_recipe_says() {
        try (PointerScope _ = new PointerScope()) {
            ImageObjective.PictureBound bound =
                    silent("training.divergenceWarmup=0", "training.freeBits=0.2", "training.divergence=5");
            float reconstruction = bound.sum(batch(1)).item_float();
            assertThat(bound.training(batch(1), 0).item_float())
                    .isCloseTo(reconstruction + 5 * 0.8f / NUMBERS, within(1e-5f));
        }
    }
}
