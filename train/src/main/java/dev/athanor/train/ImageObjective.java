package dev.athanor.train;

import dev.athanor.model.Given;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageModel;
import dev.athanor.model.NoiseProcess;
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
public sealed interface ImageObjective extends Objective<ImageBatch> {

    static ImageObjective of(ImageModel model, Recipe recipe, Device device) {
        return switch (model) {
            case UNet unet -> new Denoising(unet, recipe.image().unguided(), device);
            case ImageClassifier classifier -> new Classifying(classifier, device);
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
            Given given = given(batch, device);
            Tensor told = told(batch.rows(), 1); // (B, 1)
            Tensor labels = given.labels().mul(told);
            if (labels.size(1) > 1) { // so that one of several fields can be left open
                labels = labels.mul(told(batch.rows(), labels.size(1)));
            }
            return error(batch, new Given(labels, given.captions().mul(told)));
        }

        /// 0 at a share of all places, 1 elsewhere.
        private Tensor told(long rows, long columns) {
            return torch.rand(new long[] {rows, columns}, floats())
                    .ge(new Scalar(unguided))
                    .to(torch.ScalarType.Long);
        }

        private Tensor error(ImageBatch batch, Given given) {
            Tensor x = pictures(batch, device);
            Tensor noise = torch.randn_like(x);
            Tensor times = times(batch.rows()); // (B)
            Tensor wide = times.view(-1, 1, 1, 1);
            NoiseProcess process = model.config().process();
            return switch (process) {
                case FLOW_MATCHING -> {
                    Tensor velocity = noise.sub(x);
                    yield torch.mse_loss(model.forward(x.add(velocity.mul(wide)), times, given), velocity);
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
                case FLOW_MATCHING -> torch.randn(new long[] {rows}, floats()).sigmoid();
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
}
