package dev.athanor.train.cpu;

import dev.athanor.data.Seed;
import dev.athanor.model.GanByHand;
import dev.athanor.model.ImageGan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The gradients of both networks of [ImageGan] for some pictures of a batch, each of its own loss, from one
/// pass through each network. Every picture counts for itself. One thread uses one of these.
///
/// Losses, slopes and how one pass serves both are told at `Adversarial`, which does the same with libtorch.
///
/// Letters: B pictures of the batch, P of them probed, R rows of a part, Z latent; d = D(x) − D(G(z)).
public final class GanGradient {
    /// Pictures that go through the generator at once; the discriminator sees two and a half times as many.
    public static final int CHUNK = 32;

    private final ImageGan.Config config;
    private final GanByHand model;
    private final double unguided;

    /// @param unguided share of pictures that are learnt without being told what they show
    public GanGradient(ImageGan.Config config, Map<String, Integer> places, double unguided) {
        this.config = config;
        this.model = new GanByHand(config, places);
        this.unguided = unguided;
    }

    /// Some pictures of a batch.
    ///
    /// @param pixels (rows, channels, height, width)
    /// @param labels (rows, fields), as in [dev.athanor.model.Given]
    /// @param probed whether slopes are measured at a row
    /// @param seeds of everything that is drawn, one for each row
    public record Part(float[] pixels, int[] labels, boolean[] probed, List<Seed> seeds) {
        int rows() {
            return probed.length;
        }
    }

    /// What the losses of a batch are made of.
    ///
    /// @param rows B
    /// @param probed P
    /// @param probe σ of the steps by which slopes are measured
    /// @param weight of the slopes, γ
    /// @param smallest gradient of a score that is divided by
    /// @param scale of the gradient: 1 over how many batches a step has
    public record Rules(int rows, int probed, double probe, double weight, double smallest, double scale) {}

    /// Adds the gradients of the part's share of the losses.
    ///
    /// @return the part's share of the discriminator's pairing loss
    public double add(float[] weights, float[] gradient, Part part, Rules rules) {
        model.take(weights);
        double loss = 0;
        for (int from = 0; from < part.rows(); from += CHUNK) {
            loss += addChunk(weights, gradient, chunk(part, from, Math.min(part.rows(), from + CHUNK)), rules);
        }
        return loss;
    }

    private Part chunk(Part part, int from, int end) {
        int numbers = config.shape().numbers();
        int fields = config.classes().size();
        return new Part(
                Arrays.copyOfRange(part.pixels(), from * numbers, end * numbers),
                Arrays.copyOfRange(part.labels(), from * fields, end * fields),
                Arrays.copyOfRange(part.probed(), from, end),
                part.seeds().subList(from, end));
    }

    private double addChunk(float[] weights, float[] gradient, Part part, Rules rules) {
        int R = part.rows();
        int numbers = config.shape().numbers();
        Drawn drawn = draw(part);
        // 1. One pass through each network.
        float[] made = model.generate(weights, drawn.latents(), drawn.labels(), R);
        Seen seen = seen(part, drawn, made, rules.probe());
        float[] scores = model.score(weights, seen.pictures(), seen.labels(), seen.rows());
        // 2. What the discriminator's loss is to each score.
        float[] dScores = new float[scores.length];
        double[] toGenerator = new double[R];
        double loss = 0;
        int moved = 2 * R;
        for (int row = 0; row < R; row++) {
            double d = scores[row] - scores[R + row];
            double push = sigmoid(-d) / rules.rows();
            double ofReal = -push;
            double ofMade = push;
            if (part.probed()[row]) {
                double steep = rules.weight() / (rules.probe() * rules.probe() * rules.probed());
                double atReal = steep * (scores[moved] - scores[row]);
                double atMade = steep * (scores[moved + 1] - scores[R + row]);
                dScores[moved++] = (float) (rules.scale() * atReal);
                dScores[moved++] = (float) (rules.scale() * atMade);
                ofReal -= atReal;
                ofMade -= atMade;
            }
            ofMade = Math.abs(ofMade) < rules.smallest() ? rules.smallest() : ofMade;
            dScores[row] = (float) (rules.scale() * ofReal);
            dScores[R + row] = (float) (rules.scale() * ofMade);
            toGenerator[row] = -sigmoid(d) / rules.rows() / ofMade;
            loss += softplus(-d) / rules.rows();
        }
        // 3. Into the discriminator's weights and the made pictures, and from there into the generator's.
        float[] dPictures = model.scoreBack(weights, gradient, dScores);
        float[] dMade = Arrays.copyOfRange(dPictures, R * numbers, 2 * R * numbers);
        for (int i = 0; i < dMade.length; i++) {
            dMade[i] *= (float) toGenerator[i / numbers];
        }
        model.generateBack(weights, gradient, dMade);
        return loss * rules.scale();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /// What the discriminator sees: real pictures, made ones, and of each probed row both a step away.
    private record Seen(float[] pictures, int[] labels, int rows) {}

    private Seen seen(Part part, Drawn drawn, float[] made, double probe) {
        int R = part.rows();
        int numbers = config.shape().numbers();
        int fields = config.classes().size();
        int steps = drawn.directions().length / numbers;
        float[] pictures = Arrays.copyOf(part.pixels(), (2 * R + steps) * numbers);
        int[] labels = Arrays.copyOf(drawn.labels(), (2 * R + steps) * fields);
        System.arraycopy(made, 0, pictures, R * numbers, made.length);
        System.arraycopy(drawn.labels(), 0, labels, R * fields, R * fields);
        int moved = 2 * R;
        for (int row = 0; row < R; row++) {
            for (int side = 0; part.probed()[row] && side < 2; side++) {
                int from = (side * R + row) * numbers;
                int way = (moved - 2 * R) * numbers;
                for (int i = 0; i < numbers; i++) {
                    pictures[moved * numbers + i] = (float) (pictures[from + i] + probe * drawn.directions()[way + i]);
                }
                System.arraycopy(drawn.labels(), row * fields, labels, moved * fields, fields);
                moved++;
            }
        }
        return new Seen(pictures, labels, moved);
    }

    /// @param labels with some left open
    /// @param latents (R, Z), standard normal
    /// @param directions of each probed row at its real picture and then at its made one, standard normal
    record Drawn(int[] labels, float[] latents, float[] directions) {}

    /// Each row from its own seed.
    Drawn draw(Part part) {
        int fields = config.classes().size();
        int numbers = config.shape().numbers();
        int[] labels = part.labels().clone();
        float[] latents = new float[part.rows() * config.latent()];
        float[] directions = new float[2 * part.rows() * numbers];
        int used = 0;
        for (int row = 0; row < part.rows(); row++) {
            RandomGenerator random = part.seeds().get(row).random();
            if (random.nextDouble() < unguided) {
                Arrays.fill(labels, row * fields, (row + 1) * fields, 0);
            }
            for (int i = row * config.latent(); i < (row + 1) * config.latent(); i++) {
                latents[i] = (float) random.nextGaussian();
            }
            for (int i = 0; part.probed()[row] && i < 2 * numbers; i++) {
                directions[used++] = (float) random.nextGaussian();
            }
        }
        return new Drawn(labels, latents, Arrays.copyOf(directions, used));
    }
}
