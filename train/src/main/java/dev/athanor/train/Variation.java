package dev.athanor.train;

import dev.athanor.model.Given;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageModel;
import dev.athanor.model.ImageVae;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.UNet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How much made pictures differ from each other, compared with real ones that show the same: little, and the
/// model has collapsed onto a few of them, or takes no notice of its random numbers.
///
/// @param spread mean distance between two made pictures over that between two real ones
/// @param gap mean distance to the one most alike, likewise: notices a handful of pictures that come again and
///     again
record Variation(double spread, double gap) {
    private static final double NARROW_SPREAD = 0.6;
    private static final double NARROW_GAP = 0.35;
    private static final int FEWEST = 8; // pictures that say anything

    /// What people should hear of a model that makes pictures in one step; others are not asked here, as it
    /// would take too long.
    ///
    /// @param real pictures of the validation split
    static List<String> remarks(ImageModel model, ImageBatch real, Device device) {
        Optional<Tensor> made =
                real.rows() < FEWEST ? Optional.empty() : made(model, real.rows(), ImageObjective.given(real, device));
        return made
                .flatMap(pictures ->
                        of(ImageObjective.pictures(real, device), pictures).remark(model))
                .stream()
                .toList();
    }

    private static Optional<Tensor> made(ImageModel model, long rows, Given given) {
        return switch (model) {
            case ImageGan gan ->
                Optional.of(gan.generate(noise(rows, gan.config().latent(), given), given));
            case ImageVae vae -> Optional.of(vae.decode(noise(rows, vae.config().latent(), given), given));
            case UNet _, ImageClassifier _, SoundCodec _ -> Optional.empty();
        };
    }

    private static Tensor noise(long rows, int latent, Given given) {
        return torch.randn(new long[] {rows, latent}).to(given.labels().device(), torch.ScalarType.Float);
    }

    /// @param real (N, …)
    /// @param made (N, …)
    static Variation of(Tensor real, Tensor made) {
        Distances distances = Distances.of(real, made);
        return new Variation(
                ratio(Distances.spread(distances.made()), Distances.spread(distances.real())),
                ratio(Distances.gap(distances.made()), Distances.gap(distances.real())));
    }

    /// Where real pictures do not differ there is nothing to compare with.
    private static double ratio(Tensor made, Tensor real) {
        double known = real.item_float();
        return known < 1e-3 ? 1 : made.item_float() / known;
    }

    Optional<String> remark(ImageModel model) {
        if (spread >= NARROW_SPREAD && gap >= NARROW_GAP) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "the pictures that it makes vary much less than real ones: two of them are %.0f %% as far apart, and each is %.0f %% as far from the one most like it. %s",
                        100 * spread,
                        100 * gap,
                        model instanceof ImageGan
                                ? "Mode collapse: a larger training.penalty, a lower training.rate or more pictures usually helps"
                                : "Its latent vector says too little: a longer training.divergenceWarmup or more training.freeBits usually helps"));
    }
}
