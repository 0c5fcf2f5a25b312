package dev.athanor.train.cpu;

import dev.athanor.data.Seed;
import dev.athanor.model.ImageVae;
import dev.athanor.model.VaeByHand;
import dev.athanor.torch.cpu.Dropped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The negative evidence lower bound of [ImageVae] for some pictures of a batch, and its gradient (Kingma and
/// Welling 2014, equation 3). Both hang on all pictures of the batch together: on the variance that makes it
/// likeliest (Rybkin et al. 2021, section 4.2) and on which dimensions have used up their free bits (Kingma et
/// al. 2016, appendix C.8). So the way there tells what has to be added up, and the way back is told the sum.
/// One thread uses one of these.
///
/// Letters: B pictures of the batch, Z latent.
public final class VaeGradient {
    private final ImageVae.Config config;
    private final VaeByHand model;
    private final Chances chances;
    private Drawn drawn = new Drawn(new int[0], new float[0]);
    private float[] distribution = {}; // (rows, 2·Z)
    private float[] error = {}; // of each number of the pictures

    /// @param unguided share of pictures that are learnt without being told what they show
    /// @param dropout share of what the convolutions read that is dropped
    public record Chances(double unguided, double dropout) {}

    public VaeGradient(ImageVae.Config config, Map<String, Integer> places, Chances chances) {
        this.config = config;
        this.model = new VaeByHand(config, places);
        this.chances = chances;
    }

    /// Some pictures of a batch.
    ///
    /// @param pixels (rows, channels, height, width)
    /// @param labels (rows, fields), as in [dev.athanor.model.Given]
    /// @param seeds of everything that is drawn, one for each row
    public record Part(float[] pixels, int[] labels, List<Seed> seeds) {
        int rows() {
            return seeds.size();
        }
    }

    /// What the loss of a batch is made of.
    ///
    /// @param rounding added to the mean squared error, which then is the variance
    /// @param freeBits nats of each latent dimension that cost nothing
    /// @param weight of the divergence
    public record Bound(double rounding, double freeBits, double weight) {}

    /// Takes some pictures there.
    ///
    /// @return the squared error, summed, and then the divergence of each latent dimension, summed: 1 + Z
    public double[] forward(float[] weights, Part part) {
        model.take(weights);
        drawn = draw(part);
        Dropped dropped = new Dropped(
                chances.dropout(), part.seeds().getFirst().branch("dropout").value());
        distribution = model.encode(weights, part.pixels(), new VaeByHand.Told(drawn.labels(), part.rows(), dropped));
        double[] sums = new double[1 + config.latent()];
        error = model.decode(weights, latents(sums));
        for (int i = 0; i < error.length; i++) {
            error[i] -= part.pixels()[i];
            sums[0] += (double) error[i] * error[i];
        }
        return sums;
    }

    /// A point of each picture's distribution, (rows, Z); the divergences are added to `sums`.
    private float[] latents(double[] sums) {
        int Z = config.latent();
        float[] latents = new float[drawn.noise().length];
        for (int i = 0; i < latents.length; i++) {
            int at = i / Z * 2 * Z + i % Z;
            double mean = distribution[at];
            double logVariance = distribution[at + Z];
            latents[i] = (float) (mean + Math.exp(0.5 * logVariance) * drawn.noise()[i]);
            sums[1 + i % Z] += 0.5 * (mean * mean + Math.exp(logVariance) - 1 - logVariance);
        }
        return latents;
    }

    /// The way back of the last [#forward]: adds the gradient of the part's share of the batch's loss.
    ///
    /// @return the part's share of the loss
    public double backward(float[] weights, float[] gradient, Whole whole) {
        Bound bound = whole.bound();
        int Z = config.latent();
        int numbers = config.shape().numbers();
        double mean = whole.sums()[0] / numbers / whole.rows();
        double variance = mean + bound.rounding();
        double loss = 0.5 * (Math.log(2 * Math.PI * variance) + mean / variance);
        double steep = 0.5 * (2 / variance - mean / (variance * variance)) * 2 / numbers / whole.rows() * whole.scale();
        double[] dDivergence = new double[Z];
        for (int k = 0; k < Z; k++) {
            double divergence = whole.sums()[1 + k] / whole.rows();
            loss += Math.max(bound.freeBits(), divergence) * bound.weight() / numbers;
            dDivergence[k] =
                    divergence < bound.freeBits() ? 0 : bound.weight() / numbers / whole.rows() * whole.scale();
        }
        for (int i = 0; i < error.length; i++) {
            error[i] *= (float) steep;
        }
        float[] dLatents = model.decodeBack(weights, gradient, error);
        model.encodeBack(weights, gradient, dDistribution(dLatents, dDivergence));
        double rows = (double) drawn.noise().length / Z;
        return loss * whole.scale() * rows / whole.rows();
    }

    /// What is known of a whole batch.
    ///
    /// @param sums what [#forward] gives, of all its parts
    /// @param rows B
    /// @param scale of loss and gradient: 1 over how many batches a step has
    public record Whole(double[] sums, int rows, Bound bound, double scale) {}

    private float[] dDistribution(float[] dLatents, double[] dDivergence) {
        int Z = config.latent();
        float[] d = new float[distribution.length];
        for (int i = 0; i < dLatents.length; i++) {
            int at = i / Z * 2 * Z + i % Z;
            double logVariance = distribution[at + Z];
            double price = dDivergence[i % Z];
            d[at] = (float) (dLatents[i] + price * distribution[at]);
            d[at + Z] = (float) (0.5 * dLatents[i] * drawn.noise()[i] * Math.exp(0.5 * logVariance)
                    + 0.5 * price * (Math.exp(logVariance) - 1));
        }
        return d;
    }

    /// @param labels with some left open
    /// @param noise (rows, Z), standard normal
    record Drawn(int[] labels, float[] noise) {}

    /// Each row from its own seed.
    Drawn draw(Part part) {
        int fields = config.classes().size();
        int[] labels = part.labels().clone();
        float[] noise = new float[part.rows() * config.latent()];
        for (int row = 0; row < part.rows(); row++) {
            RandomGenerator random = part.seeds().get(row).random();
            if (random.nextDouble() < chances.unguided()) {
                Arrays.fill(labels, row * fields, (row + 1) * fields, 0);
            }
            for (int i = row * config.latent(); i < (row + 1) * config.latent(); i++) {
                noise[i] = (float) random.nextGaussian();
            }
        }
        return new Drawn(labels, noise);
    }
}
