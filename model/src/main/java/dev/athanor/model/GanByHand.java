package dev.athanor.model;

import dev.athanor.model.ResidualByHand.Level;
import dev.athanor.torch.Blas;
import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dense;
import dev.athanor.torch.cpu.Dropped;
import dev.athanor.torch.cpu.Scratch;
import dev.athanor.torch.cpu.Winograd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// [ImageGan] on a CPU without libtorch: both networks part by part, and back in the reverse order, on arrays
/// of the heap. One thread uses one of these.
///
/// Letters: N pictures, C channels of the smallest level, S numbers of it, Z latent.
public final class GanByHand {
    private final Generator generator;
    private final Discriminator discriminator;

    /// @param places where each weight stands in the row of all of them, by its name in the model's folder
    public GanByHand(ImageGan.Config config, Map<String, Integer> places) {
        Places named = new Places(places, new Scratch());
        List<Level> levels = new ArrayList<>();
        for (int number = 0; number < config.levels().size(); number++) {
            int factor = config.patch() << number;
            levels.add(new Level(
                    config.shape().height() / factor, config.shape().width() / factor, config.channels(number)));
        }
        LadderByHand.Plan plan =
                new LadderByHand.Plan(levels, config.blocks(), (name, level) -> new PlainByHand(named, name, level));
        generator = new Generator(named, config, plan);
        discriminator = new Discriminator(named, config, plan);
    }

    /// Takes over weights, all of them in a row. Of some a changed form is kept: call this whenever they have
    /// changed.
    public void take(float[] weights) {
        generator.take(weights);
        discriminator.take(weights);
    }

    /// Pictures of random numbers, (rows, channels, height, width).
    ///
    /// @param latents (rows, Z)
    /// @param labels (rows, fields), as in [Given]
    public float[] generate(float[] weights, float[] latents, int[] labels, int rows) {
        return generator.forward(weights, latents, labels, rows);
    }

    /// The way back of the last [#generate]: adds the gradient of its weights.
    public void generateBack(float[] weights, float[] gradient, float[] dPictures) {
        generator.backward(weights, gradient, dPictures);
    }

    /// How real pictures look, (rows).
    ///
    /// @param pictures (rows, channels, height, width)
    /// @param labels (rows, fields), as in [Given]
    public float[] score(float[] weights, float[] pictures, int[] labels, int rows) {
        return discriminator.forward(weights, pictures, labels, rows);
    }

    /// The way back of the last [#score]: adds the gradient of its weights.
    ///
    /// @return that of the pictures
    public float[] scoreBack(float[] weights, float[] gradient, float[] dScores) {
        return discriminator.backward(weights, gradient, dScores);
    }

    private static final class Generator {
        private final ImageGan.Config config;
        private final Folds folds;
        private final Labels table;
        private final Dense latent;
        private final LadderByHand ladder;
        private final Winograd leave;
        private int[] labels = {};
        private int rows;
        private float[] input = {}; // (N, Z and what is told)
        private Cells begun;
        private Cells last = Cells.none(0, 0, 0); // what the ladder gave
        private Cells activated;
        private Cells left; // what leaves, and then its gradient
        private float[] made = {};

        Generator(Places named, ImageGan.Config config, LadderByHand.Plan plan) {
            this.config = config;
            folds = new Folds(config.shape(), config.patch());
            table = new Labels(named, "generator.", config, config.told());
            latent = named.dense(
                    "generator.latent",
                    config.latent() + config.told(),
                    config.bottom().numbers());
            ladder = LadderByHand.up(named, "generator.", plan);
            leave = named.convolution("generator.leave", config.channels(0), folds.channels());
            begun = plan.levels().getLast().cells();
            activated = plan.levels().getFirst().cells();
            left = folds.cells();
        }

        void take(float[] weights) {
            ladder.take(weights);
            leave.take(weights);
        }

        float[] forward(float[] weights, float[] latents, int[] given, int count) {
            labels = given;
            rows = count;
            int Z = config.latent();
            int width = Z + config.told();
            input = new float[count * width];
            for (int row = 0; row < count; row++) {
                System.arraycopy(latents, row * Z, input, row * width, Z);
                table.add(weights, given, row, input, row * width + Z);
            }
            float[] flat = new float[count * config.bottom().numbers()];
            latent.forward(weights, input, flat, count);
            begun = begun.forPictures(count);
            begun.fromRows(flat);
            last = ladder.forward(weights, begun, new float[0], Dropped.NOTHING);
            activated = activated.forPictures(count);
            left = left.forPictures(count);
            activated.through(Curve.LEAKY, last);
            leave.forward(activated, left);
            made = folds.unfold(left);
            for (int i = 0; i < made.length; i++) {
                made[i] = (float) Math.tanh(made[i]);
            }
            return made;
        }

        void backward(float[] weights, float[] gradient, float[] dPictures) {
            float[] dLeft = new float[made.length];
            for (int i = 0; i < made.length; i++) {
                dLeft[i] = dPictures[i] * (1 - made[i] * made[i]);
            }
            folds.fold(dLeft, left);
            Cells d = ladder.gradient(rows);
            leave.backward(activated, left, d);
            leave.learn(gradient);
            d.back(Curve.LEAKY, last);
            d = ladder.backward(new UNetByHand.Back(weights, gradient, new float[0], new float[0]), d, Dropped.NOTHING);
            float[] dFlat = new float[rows * config.bottom().numbers()];
            d.toRows(dFlat);
            latent.learn(gradient, input, dFlat, rows);
            if (config.told() > 0) {
                int width = config.latent() + config.told();
                float[] dInput = new float[rows * width];
                latent.backward(weights, dFlat, dInput, rows);
                for (int row = 0; row < rows; row++) {
                    table.learn(gradient, labels, row, dInput, row * width + config.latent());
                }
            }
        }
    }

    private static final class Discriminator {
        private final ImageGan.Config config;
        private final Folds folds;
        private final int channels; // C
        private final Winograd enter;
        private final LadderByHand ladder;
        private final Dense seen;
        private final int score; // place of (1, C)
        private final Labels table;
        private int[] labels = {};
        private int rows;
        private Cells folded;
        private Cells dFolded;
        private Cells entered;
        private Cells last = Cells.none(0, 0, 0); // what the ladder gave
        private Cells activated;
        private float[] flat = {}; // (N, S)
        private float[] before = {}; // (N, C), what is known before the activation
        private float[] known = {}; // (N, C)
        private float[] directions = {}; // (N, C), what the score is a product with

        Discriminator(Places named, ImageGan.Config config, LadderByHand.Plan plan) {
            this.config = config;
            folds = new Folds(config.shape(), config.patch());
            channels = config.bottom().channels();
            enter = named.convolution("discriminator.enter", folds.channels(), config.channels(0));
            ladder = LadderByHand.down(named, "discriminator.", plan);
            seen = named.dense("discriminator.seen", config.bottom().numbers(), channels);
            score = named.at("discriminator.score.weight");
            table = new Labels(named, "discriminator.", config, channels);
            folded = folds.cells();
            dFolded = folds.cells();
            entered = plan.levels().getFirst().cells();
            activated = plan.levels().getLast().cells();
        }

        void take(float[] weights) {
            enter.take(weights);
            ladder.take(weights);
        }

        float[] forward(float[] weights, float[] pictures, int[] given, int count) {
            labels = given;
            rows = count;
            folded = folded.forPictures(count);
            entered = entered.forPictures(count);
            activated = activated.forPictures(count);
            folds.fold(pictures, folded);
            enter.forward(folded, entered);
            last = ladder.forward(weights, entered, new float[0], Dropped.NOTHING);
            activated.through(Curve.LEAKY, last);
            flat = new float[count * config.bottom().numbers()];
            activated.toRows(flat);
            before = new float[count * channels];
            known = new float[count * channels];
            seen.forward(weights, flat, before, count);
            Curve.LEAKY.forward(before, known, before.length);
            return scores(weights);
        }

        /// known · (score + labels / √C), the last so that the product does not grow with the width.
        private float[] scores(float[] weights) {
            directions = new float[rows * channels];
            float shrunk = (float) (1 / Math.sqrt(channels));
            float[] scores = new float[rows];
            for (int row = 0; row < rows; row++) {
                int at = row * channels;
                table.add(weights, labels, row, directions, at);
                double sum = 0;
                for (int i = at; i < at + channels; i++) {
                    directions[i] = directions[i] * shrunk + weights[score + i - at];
                    sum += directions[i] * known[i];
                }
                scores[row] = (float) sum;
            }
            return scores;
        }

        float[] backward(float[] weights, float[] gradient, float[] dScores) {
            float[] dKnown = new float[rows * channels];
            float[] dLabels = new float[rows * channels];
            float shrunk = (float) (1 / Math.sqrt(channels));
            for (int row = 0; row < rows; row++) {
                int at = row * channels;
                for (int i = at; i < at + channels; i++) {
                    dKnown[i] = dScores[row] * directions[i];
                    float d = dScores[row] * known[i];
                    gradient[score + i - at] += d;
                    dLabels[i] = d * shrunk;
                }
                table.learn(gradient, labels, row, dLabels, at);
            }
            Curve.LEAKY.backward(before, dKnown, dKnown.length);
            seen.learn(gradient, flat, dKnown, rows);
            float[] dFlat = new float[flat.length];
            seen.backward(weights, dKnown, dFlat, rows);
            Cells d = ladder.gradient(rows);
            d.fromRows(dFlat);
            d.back(Curve.LEAKY, last);
            d = ladder.backward(new UNetByHand.Back(weights, gradient, new float[0], new float[0]), d, Dropped.NOTHING);
            dFolded = dFolded.forPictures(rows);
            dFolded.clear();
            enter.backward(folded, d, dFolded);
            enter.learn(gradient);
            return folds.unfold(dFolded);
        }
    }

    /// A table (values + 1, width) for each field.
    private static final class Labels {
        private final List<Integer> tables = new ArrayList<>();
        private final int width;

        Labels(Places named, String prefix, ImageGan.Config config, int width) {
            this.width = width;
            for (int field = 0; field < config.classes().size(); field++) {
                tables.add(named.at(prefix + "label." + field + ".weight"));
            }
        }

        /// Adds what the labels of a row say to a stretch of numbers.
        void add(float[] weights, int[] labels, int row, float[] sum, int at) {
            for (int field = 0; field < tables.size(); field++) {
                Blas.add(weights, place(labels, row, field), sum, at, width);
            }
        }

        /// The gradient of that.
        void learn(float[] gradient, int[] labels, int row, float[] d, int at) {
            for (int field = 0; field < tables.size(); field++) {
                Blas.add(d, at, gradient, place(labels, row, field), width);
            }
        }

        private int place(int[] labels, int row, int field) {
            return tables.get(field) + labels[row * tables.size() + field] * width;
        }
    }
}
