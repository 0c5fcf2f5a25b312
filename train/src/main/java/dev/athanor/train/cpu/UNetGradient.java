package dev.athanor.train.cpu;

import dev.athanor.data.Seed;
import dev.athanor.model.NoiseProcess;
import dev.athanor.model.UNet;
import dev.athanor.model.UNetByHand;
import dev.athanor.torch.cpu.Dropped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Loss and gradient of [UNet] for some pictures: they are made noisy, and the mean squared error of the
/// prediction is taken (Lipman et al. 2023, equation 23; Ho et al. 2020, equation 14). One thread uses one of
/// these.
public final class UNetGradient {
    /// Pictures that go through the model at once: enough for long loops, few enough for the cache of a core
    /// and for memory (measured for 28 x 28 grey, November 2026).
    public static final int CHUNK = 64;

    private final UNet.Config config;
    private final UNetByHand model;
    private final Chances chances;

    /// @param unguided share of pictures that are learnt without being told what they show
    /// @param dropout share of what the convolutions read that is dropped
    public record Chances(double unguided, double dropout) {}

    public UNetGradient(UNet.Config config, Map<String, Integer> places, Chances chances) {
        this.config = config;
        this.model = new UNetByHand(config, places);
        this.chances = chances;
    }

    /// Some pictures of a batch.
    ///
    /// @param pixels (rows, channels, height, width)
    /// @param labels (rows, fields), as in [dev.athanor.model.Given]
    /// @param scale what one squared error counts for: 1 over the numbers of the whole batch gives the mean
    /// @param seeds of everything that is drawn, one for each row
    public record Part(float[] pixels, int[] labels, float scale, List<Seed> seeds) {
        int rows() {
            return seeds.size();
        }
    }

    /// Adds the gradient of the part's loss.
    ///
    /// @param weights all of them
    /// @param gradient one number for each weight
    /// @return the squared error as [NoiseProcess] weighs it, summed, times the part's scale
    public double add(float[] weights, float[] gradient, Part part) {
        model.take(weights);
        double loss = 0;
        for (int from = 0; from < part.rows(); from += CHUNK) {
            loss += addChunk(weights, gradient, chunk(part, from, Math.min(part.rows(), from + CHUNK)));
        }
        return loss;
    }

    private Part chunk(Part part, int from, int end) {
        int numbers = config.shape().numbers();
        int fields = config.classes().size();
        return new Part(
                Arrays.copyOfRange(part.pixels(), from * numbers, end * numbers),
                Arrays.copyOfRange(part.labels(), from * fields, end * fields),
                part.scale(),
                part.seeds().subList(from, end));
    }

    private double addChunk(float[] weights, float[] gradient, Part part) {
        Drawn drawn = draw(part);
        float[] error = model.forward(weights, drawn.noisy());
        int numbers = config.shape().numbers();
        double loss = 0;
        for (int i = 0; i < error.length; i++) {
            double away = error[i] - drawn.wanted()[i];
            double weight = config.process().weight(drawn.noisy().times()[i / numbers]);
            loss += weight * away * away;
            error[i] = (float) (2 * weight * away * part.scale());
        }
        model.backward(weights, gradient, error);
        return loss * part.scale();
    }

    /// @param wanted of the prediction, shaped as the pixels
    record Drawn(UNetByHand.Noisy noisy, float[] wanted) {}

    /// Times, noise and what is left untold, each row from its own seed.
    Drawn draw(Part part) {
        int numbers = config.shape().numbers();
        int fields = config.classes().size();
        float[] noisy = part.pixels().clone();
        float[] wanted = new float[noisy.length];
        float[] times = new float[part.rows()];
        int[] labels = part.labels().clone();
        for (int row = 0; row < part.rows(); row++) {
            RandomGenerator random = part.seeds().get(row).random();
            leaveOpen(labels, row * fields, fields, random);
            times[row] = time(random);
            for (int i = row * numbers; i < (row + 1) * numbers; i++) {
                wanted[i] = (float) random.nextGaussian();
            }
            disturb(noisy, wanted, row, times[row]);
        }
        Dropped dropped = new Dropped(
                chances.dropout(), part.seeds().getFirst().branch("dropout").value());
        return new Drawn(new UNetByHand.Noisy(noisy, times, labels, part.rows(), dropped), wanted);
    }

    /// Of a share of the pictures nothing is told, and of several fields each is left open at the same share.
    private void leaveOpen(int[] labels, int at, int fields, RandomGenerator random) {
        boolean open = random.nextDouble() < chances.unguided();
        for (int field = at; field < at + fields; field++) {
            if (open || fields > 1 && random.nextDouble() < chances.unguided()) {
                labels[field] = 0;
            }
        }
    }

    /// For flow matching most often in the middle, where there is most to learn: the logistic of a standard
    /// normal (Esser et al. 2024, section 3.1); for DDPM all alike.
    private float time(RandomGenerator random) {
        return (float)
                switch (config.process()) {
                    case FLOW_MATCHING, FLOW_TO_PICTURE -> 1 / (1 + Math.exp(-random.nextGaussian()));
                    case DDPM -> random.nextDouble();
                };
    }

    /// Makes one picture noisy, and of its noise what the prediction shall be.
    private void disturb(float[] pixels, float[] noise, int row, float time) {
        NoiseProcess process = config.process();
        float alpha = (float) process.alpha(time);
        float sigma = (float) process.sigma(time);
        int numbers = config.shape().numbers();
        for (int i = row * numbers; i < (row + 1) * numbers; i++) {
            float pixel = pixels[i];
            float drawn = noise[i];
            pixels[i] = alpha * pixel + sigma * drawn;
            noise[i] = (float) process.wanted(pixel, drawn);
        }
    }
}
