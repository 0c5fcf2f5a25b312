package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.Gru;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageVae;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.model.UNet;
import dev.athanor.train.cpu.GanGradient;
import dev.athanor.train.cpu.HandGradient;
import dev.athanor.train.cpu.Layout;
import dev.athanor.train.cpu.Part;
import dev.athanor.train.cpu.RecurrentGradient;
import dev.athanor.train.cpu.TransformerGradient;
import dev.athanor.train.cpu.UNetGradient;
import dev.athanor.train.cpu.VaeGradient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What one worker of [ByHand] does: the gradient of its own rows of every batch. One thread uses one of these.
///
/// What is drawn at random depends on where the run stands alone, so that it can go on from anywhere.
sealed interface Share<B extends Batch> {

    /// Its rows of a batch.
    Stretch rows();

    /// Adds the gradient of its rows' share of the batches' mean loss, and gives that share.
    ///
    /// @param weights all of them
    /// @param gradient one number for each weight
    double add(float[] weights, float[] gradient, B batch, Turn turn);

    /// Numbers of its rows whose sums over all rows have to be known before there is a gradient; asked before
    /// [#add], which is then told the sums. None where every row counts for itself.
    default double[] look(float[] weights, B batch, Turn turn) {
        return Turn.NOTHING;
    }

    /// What is carried from batch to batch, (rows, ·) each; writing into it changes it.
    float[][] carried();

    /// Where a run stands.
    ///
    /// @param step how many came before
    /// @param batch of the step
    /// @param batches of the step, all together
    /// @param sums of what all shares gave to [#look]
    record Turn(long step, int batch, int batches, double[] sums) {
        private static final double[] NOTHING = {};

        Turn(long step, int batch, int batches) {
            this(step, batch, batches, NOTHING);
        }

        Turn with(double[] sums) {
            return new Turn(step, batch, batches, sums);
        }

        Seed row(Seed seed, int row) {
            return seed.branch("step-%d-batch-%d-row-%d".formatted(step, batch, row));
        }

        List<Seed> seeds(Seed seed, Stretch rows) {
            return IntStream.range(rows.from(), rows.end())
                    .mapToObj(row -> row(seed, row))
                    .toList();
        }
    }

    /// Rows of tokens.
    record OfTokens(HandGradient model, Stretch rows, Seed dropping) implements Share<TokenBatch> {
        static OfTokens of(LanguageModel model, Layout layout, double dropout, Mine mine) {
            HandGradient gradient = switch (model) {
                case Transformer transformer -> new TransformerGradient(transformer.config(), layout, dropout);
                case Lstm lstm ->
                    RecurrentGradient.of(
                            lstm.config(), layout, dropout, mine.rows().size());
                case Gru gru ->
                    RecurrentGradient.of(
                            gru.config(), layout, dropout, mine.rows().size());
                case TextVae _ ->
                    throw new IllegalArgumentException("the gradient of a vae is found by libtorch alone");
            };
            return new OfTokens(gradient, mine.rows(), mine.seed().branch("dropout"));
        }

        @Override
        public double add(float[] weights, float[] gradient, TokenBatch batch, Turn turn) {
            if (batch.begins()) {
                for (float[] state : model.carried()) {
                    Arrays.fill(state, 0);
                }
            }
            int from = rows.from() * batch.columns();
            int end = rows.end() * batch.columns();
            Part part = new Part(
                    Arrays.copyOfRange(batch.inputs(), from, end),
                    Arrays.copyOfRange(batch.targets(), from, end),
                    rows.size(),
                    batch.columns(),
                    1f / batch.asked() / turn.batches(),
                    turn.row(dropping, rows.from()).value());
            return model.add(weights, gradient, part);
        }

        @Override
        public float[][] carried() {
            return model.carried();
        }
    }

    /// Pictures that a diffusion model learns from.
    record OfPictures(UNetGradient model, Stretch rows, Seed drawing) implements Share<ImageBatch> {
        static OfPictures of(UNet model, Layout layout, UNetGradient.Chances chances, Mine mine) {
            return new OfPictures(
                    new UNetGradient(model.config(), layout.places(), chances),
                    mine.rows(),
                    mine.seed().branch("noise"));
        }

        @Override
        public double add(float[] weights, float[] gradient, ImageBatch batch, Turn turn) {
            int numbers = batch.shape().numbers();
            int fields = batch.labels().length / batch.rows();
            UNetGradient.Part part = new UNetGradient.Part(
                    Arrays.copyOfRange(batch.pixels(), rows.from() * numbers, rows.end() * numbers),
                    Arrays.copyOfRange(batch.labels(), rows.from() * fields, rows.end() * fields),
                    (float) (1.0 / numbers / batch.rows() / turn.batches()),
                    turn.seeds(drawing, rows));
            return model.add(weights, gradient, part);
        }

        @Override
        public float[][] carried() {
            return new float[0][];
        }
    }

    /// Pictures that an autoencoder learns from.
    record OfPoints(VaeGradient model, Stretch rows, Seed drawing, TrainingPart training) implements Share<ImageBatch> {
        static OfPoints of(ImageVae model, Layout layout, Recipe recipe, Mine mine) {
            VaeGradient.Chances chances = new VaeGradient.Chances(
                    recipe.image().unguided(), recipe.training().dropout());
            return new OfPoints(
                    new VaeGradient(model.config(), layout.places(), chances),
                    mine.rows(),
                    mine.seed().branch("noise"),
                    recipe.training());
        }

        @Override
        public double[] look(float[] weights, ImageBatch batch, Turn turn) {
            int numbers = batch.shape().numbers();
            int fields = batch.labels().length / batch.rows();
            return model.forward(
                    weights,
                    new VaeGradient.Part(
                            Arrays.copyOfRange(batch.pixels(), rows.from() * numbers, rows.end() * numbers),
                            Arrays.copyOfRange(batch.labels(), rows.from() * fields, rows.end() * fields),
                            turn.seeds(drawing, rows)));
        }

        @Override
        public double add(float[] weights, float[] gradient, ImageBatch batch, Turn turn) {
            VaeGradient.Bound bound = new VaeGradient.Bound(
                    ImageObjective.PictureBound.ROUNDING, training.freeBits(), training.divergence(turn.step()));
            return model.backward(
                    weights, gradient, new VaeGradient.Whole(turn.sums(), batch.rows(), bound, 1.0 / turn.batches()));
        }

        @Override
        public float[][] carried() {
            return new float[0][];
        }
    }

    /// Pictures that two networks learn from against each other.
    ///
    /// @param penalty of the slopes
    record OfRivals(GanGradient model, Stretch rows, Seed drawing, double penalty) implements Share<ImageBatch> {
        static OfRivals of(ImageGan model, Layout layout, Recipe recipe, Mine mine) {
            return new OfRivals(
                    new GanGradient(
                            model.config(), layout.places(), recipe.image().unguided()),
                    mine.rows(),
                    mine.seed().branch("noise"),
                    recipe.training().penalty());
        }

        /// Every so many rows slopes are measured, so that all workers have as much to do.
        @Override
        public double add(float[] weights, float[] gradient, ImageBatch batch, Turn turn) {
            int numbers = batch.shape().numbers();
            int fields = batch.labels().length / batch.rows();
            boolean[] probed = new boolean[rows.size()];
            for (int row = 0; row < probed.length; row++) {
                probed[row] = (rows.from() + row) % Adversarial.EVERY == 0;
            }
            return model.add(
                    weights,
                    gradient,
                    new GanGradient.Part(
                            Arrays.copyOfRange(batch.pixels(), rows.from() * numbers, rows.end() * numbers),
                            Arrays.copyOfRange(batch.labels(), rows.from() * fields, rows.end() * fields),
                            probed,
                            turn.seeds(drawing, rows)),
                    new GanGradient.Rules(
                            batch.rows(),
                            Math.ceilDiv(batch.rows(), Adversarial.EVERY),
                            Adversarial.PROBE,
                            penalty,
                            Adversarial.SMALLEST,
                            1.0 / turn.batches()));
        }

        @Override
        public float[][] carried() {
            return new float[0][];
        }
    }

    /// What a worker is given of its own.
    ///
    /// @param seed of the run
    record Mine(Stretch rows, Seed seed) {}
}
