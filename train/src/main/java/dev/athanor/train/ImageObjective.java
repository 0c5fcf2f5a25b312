package dev.athanor.train;

import dev.athanor.model.Given;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageModel;
import dev.athanor.model.ImageVae;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.Posterior;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.UNet;
import dev.athanor.torch.Losses;
import dev.athanor.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// What training makes small for pictures.
public sealed interface ImageObjective extends Objective<ImageBatch>
        permits ImageObjective.Denoising,
                ImageObjective.Classifying,
                ImageObjective.PictureBound,
                ImageObjective.Likeness,
                CodeObjective {

    static ImageObjective of(ImageModel model, Recipe recipe, Device device) {
        return switch (model) {
            case UNet unet -> new Denoising(unet, recipe.image().unguided(), device);
            case ImageClassifier classifier -> new Classifying(classifier, device);
            case SoundCodec codec -> CodeObjective.of(codec, recipe, device);
            case ImageVae vae -> new PictureBound(vae, recipe, device);
            case ImageGan gan -> new Likeness(gan, device);
        };
    }

    @Override
    default SequencedMap<String, Tensor> carried() {
        return new LinkedHashMap<>();
    }

    /// The pictures of a batch, (B, channels, height, width).
    static Tensor pictures(ImageBatch batch, Device device) {
        return Tensors.of(
                        batch.pixels(),
                        batch.rows(),
                        batch.shape().channels(),
                        batch.shape().height(),
                        batch.shape().width())
                .to(device, torch.ScalarType.Float);
    }

    static Given given(ImageBatch batch, Device device) {
        return new Given(
                numbers(batch.labels(), batch.rows(), device), numbers(batch.captions(), batch.rows(), device));
    }

    /// What is given with a share of the pictures told nothing, as training tells it: for guidance, and so
    /// that a model can be asked for anything (Ho and Salimans 2022, algorithm 1).
    static Given given(ImageBatch batch, double unguided, Device device) {
        Given given = given(batch, device);
        Tensor told = torch.rand(new long[] {batch.rows(), 1})
                .ge(new Scalar(unguided))
                .to(device, torch.ScalarType.Long);
        return new Given(given.labels().mul(told), given.captions().mul(told));
    }

    /// The same, and of several fields each by itself is not told now and then, so that a model can be asked with some
    /// of them.
    static Given partly(ImageBatch batch, double unguided, Device device) {
        Given given = given(batch, unguided, device);
        Tensor labels = given.labels();
        if (labels.size(1) > 1) {
            Tensor told = torch.rand(new long[] {batch.rows(), labels.size(1)})
                    .ge(new Scalar(unguided))
                    .to(device, torch.ScalarType.Long);
            labels = labels.mul(told);
        }
        return new Given(labels, given.captions());
    }

    private static Tensor numbers(int[] values, int rows, Device device) {
        return Tensors.ids(values, rows, values.length / rows).to(device, torch.ScalarType.Long);
    }

    /// The mean squared error of what a diffusion model predicts, at random times (Lipman et al. 2023,
    /// equation 23; Ho et al. 2020, equation 14).
    ///
    /// @param unguided share of pictures that are learnt without being told what they show
    record Denoising(UNet model, double unguided, Device device) implements ImageObjective {

        @Override
        public Tensor sum(ImageBatch batch) {
            return error(batch, given(batch, device)).mul(new Scalar((double) batch.rows()));
        }

        @Override
        public Tensor training(ImageBatch batch, long step) {
            return error(batch, partly(batch, unguided, device));
        }

        private Tensor error(ImageBatch batch, Given given) {
            Tensor x = pictures(batch, device);
            Tensor noise = torch.randn_like(x);
            Tensor times = times(batch.rows()); // (B)
            Tensor wide = times.view(-1, 1, 1, 1);
            return switch (model.config().process()) {
                case FLOW_MATCHING -> {
                    Tensor velocity = noise.sub(x);
                    yield torch.mse_loss(model.forward(x.add(velocity.mul(wide)), times, given), velocity);
                }
                case FLOW_TO_PICTURE -> {
                    Tensor noisy = x.add(noise.sub(x).mul(wide));
                    Tensor late = wide.clamp_min(new Scalar(NoiseProcess.LEAST));
                    yield model.forward(noisy, times, given)
                            .sub(x)
                            .div(late)
                            .square()
                            .mean();
                }
                case DDPM -> {
                    Tensor angle = wide.mul(new Scalar(Math.PI / 2));
                    Tensor noisy = x.mul(angle.cos()).add(noise.mul(angle.sin()));
                    yield torch.mse_loss(model.forward(noisy, times, given), noise);
                }
            };
        }

        /// For flow matching most often in the middle, where there is most to learn: the logistic of a standard
        /// normal (Esser et al. 2024, section 3.1); for DDPM all alike.
        private Tensor times(int rows) {
            return switch (model.config().process()) {
                case FLOW_MATCHING, FLOW_TO_PICTURE ->
                    torch.randn(new long[] {rows}, floats()).sigmoid();
                case DDPM -> torch.rand(new long[] {rows}, floats());
            };
        }

        private org.bytedeco.pytorch.TensorOptions floats() {
            return model.parameters().get(0).options();
        }
    }

    /// −ln p of each picture's value; each picture has one.
    record Classifying(ImageClassifier model, Device device) implements ImageObjective {
        private static final double SMOOTHING = 0.1; // Szegedy et al. 2016, section 7

        @Override
        public Tensor sum(ImageBatch batch) {
            return Losses.crossEntropySum(model.forward(pictures(batch, device)).logits(), values(batch), -1);
        }

        @Override
        public Tensor training(ImageBatch batch, long step) {
            return Losses.smoothedCrossEntropy(
                    model.forward(pictures(batch, device)).logits(), values(batch), SMOOTHING);
        }

        /// How many pictures of a batch are taken for what they are.
        long right(ImageBatch batch) {
            return model.forward(pictures(batch, device))
                    .logits()
                    .argmax(new org.bytedeco.pytorch.LongOptional(1), false)
                    .eq(values(batch))
                    .sum()
                    .item_long();
        }

        /// (B), counted from 0.
        private Tensor values(ImageBatch batch) {
            return given(batch, device).labels().select(1, 0).sub(new Scalar(1));
        }
    }

    /// The negative evidence lower bound (Kingma and Welling 2014, equation 3) of pictures in nats for each of
    /// their numbers, where these are normal around the decoder's with the variance that makes the batch
    /// likeliest (Rybkin et al. 2021, section 4.2): so reconstruction and divergence are weighed against each
    /// other without a number that somebody has to find. The weight of the divergence grows from 0 to 1
    /// (Bowman et al. 2016, section 3.1), and a latent dimension has free bits (Kingma et al. 2016, appendix
    /// C.8).
    record PictureBound(ImageVae model, Recipe recipe, Device device) implements ImageObjective {
        /// Pictures come in 256 steps from -1 to 1: the variance of what is lost in a step. Without it a batch
        /// of one picture that is known by heart has a density beyond bounds.
        static final double ROUNDING = Math.pow(2 / 255.0, 2) / 12;

        @Override
        public Tensor sum(ImageBatch batch) {
            Bound bound = bound(batch, given(batch, device));
            return bound.reconstruction()
                    .mul(new Scalar((double) batch.rows()))
                    .add(bound.divergence().sum().div(new Scalar((double) numbers())));
        }

        @Override
        public Tensor training(ImageBatch batch, long step) {
            TrainingPart training = recipe.training();
            Bound bound = bound(batch, given(batch, recipe.image().unguided(), device));
            double weight = training.divergence(step);
            Tensor perDimension = bound.divergence().mean(0); // (Z), averaged over the batch before the floor
            Tensor floored =
                    perDimension.clamp_min(new Scalar(training.freeBits())).sum();
            return bound.reconstruction().add(floored.mul(new Scalar(weight / numbers())));
        }

        /// @param reconstruction (), −ln p(x|z) for each number
        /// @param divergence (B, Z) in nats
        private record Bound(Tensor reconstruction, Tensor divergence) {}

        private Bound bound(ImageBatch batch, Given given) {
            Tensor x = pictures(batch, device);
            Posterior posterior = model.encode(x, given);
            Tensor error = torch.mse_loss(model.decode(posterior.draw(), given), x);
            Tensor variance = error.add(new Scalar(ROUNDING));
            Tensor likelihood = variance.mul(new Scalar(2 * Math.PI)).log().add(error.div(variance));
            return new Bound(likelihood.mul(new Scalar(0.5)), posterior.divergence());
        }

        private int numbers() {
            return model.config().shape().numbers();
        }
    }

    /// How far a batch of made pictures is from the real ones: their energy distance (Székely and Rizzo 2013),
    /// where two pictures are as far apart as the root of the mean squared difference of their numbers. It is
    /// 0 where they come from one distribution, in expectation; chance may bring it below.
    record Likeness(ImageGan model, Device device) implements ImageObjective {

        @Override
        public Tensor sum(ImageBatch batch) {
            Tensor real = pictures(batch, device);
            Tensor latent = torch.randn(new long[] {batch.rows(), model.config().latent()}, real.options());
            Distances distances = Distances.of(real, model.generate(latent, given(batch, device)));
            return distances.energy().mul(new Scalar((double) batch.rows()));
        }

        /// @throws IllegalStateException always: two networks have two losses, whose gradients [Adversarial]
        ///     takes
        @Override
        public Tensor training(ImageBatch batch, long step) {
            throw new IllegalStateException("a gan has two losses, and its learner takes their gradients");
        }
    }
}
