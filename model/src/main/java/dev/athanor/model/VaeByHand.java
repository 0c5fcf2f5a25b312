package dev.athanor.model;

import dev.athanor.model.ResidualByHand.Level;
import dev.athanor.torch.Blas;
import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dense;
import dev.athanor.torch.cpu.Dropped;
import dev.athanor.torch.cpu.NormedCurve;
import dev.athanor.torch.cpu.Scratch;
import dev.athanor.torch.cpu.Winograd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// [ImageVae] on a CPU without libtorch: `encode` and `decode` part by part, and back in the reverse order, on
/// arrays of the heap. One thread uses one of these.
///
/// Letters: N pictures, E width of what is told, Z latent, S numbers of the smallest level.
public final class VaeByHand {
    private final ImageVae.Config config;
    private final Folds folds;
    private final List<Integer> labels = new ArrayList<>(); // places of (values + 1, E)
    private final Winograd enter;
    private final LadderByHand down;
    private final NormedCurve bottomNorm;
    private final Dense posterior;
    private final Dense latent;
    private final LadderByHand up;
    private final NormedCurve leaveNorm;
    private final Winograd leave;

    private Told told = new Told(new int[0], 0, Dropped.NOTHING);
    private float[] sum = {}; // (N, E), what is told
    private float[] dSum = {}; // (N, E)
    private Cells folded; // what enters, squares of pixels as channels
    private Cells dFolded;
    private Cells entered;
    private Cells seen; // behind the bottom's norm
    private float[] flat = {}; // (N, S), that as one row
    private float[] z = {}; // (N, Z), what was decoded
    private Cells begun; // what the way up begins with
    private Cells normed; // what the last convolution reads
    private Cells left; // what leaves, and then its gradient

    /// What is told of some pictures.
    ///
    /// @param labels (rows, fields), as in [Given]
    /// @param dropped while it is trained
    public record Told(int[] labels, int rows, Dropped dropped) {}

    /// @param places where each weight stands in the row of all of them, by its name in the model's folder
    public VaeByHand(ImageVae.Config config, Map<String, Integer> places) {
        this.config = config;
        Places named = new Places(places, new Scratch());
        int count = config.levels().size();
        List<Level> levels = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int factor = config.patch() << number;
            levels.add(new Level(
                    config.shape().height() / factor, config.shape().width() / factor, config.channels(number)));
        }
        Level fine = levels.getFirst();
        Level bottom = levels.getLast();
        folds = new Folds(config.shape(), config.patch());
        for (int field = 0; field < config.classes().size(); field++) {
            labels.add(named.at("label." + field + ".weight"));
        }
        LadderByHand.Plan plan = new LadderByHand.Plan(
                levels, config.blocks(), (name, level) -> new ResidualByHand(named, name, level, config.told()));
        enter = named.convolution("enter", folds.channels(), fine.channels());
        down = LadderByHand.down(named, "down.", plan);
        bottomNorm = named.norm("bottom.norm", bottom.channels(), Curve.SILU);
        posterior = named.dense("posterior", config.bottom().numbers(), 2 * config.latent());
        latent = named.dense("latent", config.latent(), config.bottom().numbers());
        up = LadderByHand.up(named, "up.", plan);
        leaveNorm = named.norm("leave.norm", fine.channels(), Curve.SILU);
        leave = named.convolution("leave", fine.channels(), folds.channels());
        folded = folds.cells();
        dFolded = folds.cells();
        left = folds.cells();
        entered = fine.cells();
        normed = fine.cells();
        seen = bottom.cells();
        begun = bottom.cells();
    }

    /// Takes over weights, all of them in a row. Of some a changed form is kept: call this whenever they have
    /// changed.
    public void take(float[] weights) {
        enter.take(weights);
        down.take(weights);
        up.take(weights);
        leave.take(weights);
    }

    /// The distribution of each picture, (N, 2·Z): means, then logarithms of variances.
    ///
    /// @param pixels (rows, channels, height, width)
    public float[] encode(float[] weights, float[] pixels, Told told) {
        int N = told.rows();
        tell(weights, told);
        folded = folded.forPictures(N);
        entered = entered.forPictures(N);
        seen = seen.forPictures(N);
        folds.fold(pixels, folded);
        enter.forward(folded, entered);
        Cells h = down.forward(weights, entered, sum, told.dropped());
        bottomNorm.forward(weights, h, NormedCurve.Told.NOTHING, seen);
        flat = flat.length < N * config.bottom().numbers()
                ? new float[N * config.bottom().numbers()]
                : flat;
        seen.toRows(flat);
        float[] distribution = new float[N * 2 * config.latent()];
        posterior.forward(weights, flat, distribution, N);
        return distribution;
    }

    /// The picture of each latent vector, of the rows that [#encode] was told of.
    ///
    /// @param latents (N, Z), which must stay as they are until the way back
    public float[] decode(float[] weights, float[] latents) {
        int N = told.rows();
        z = latents;
        float[] rows = new float[N * config.bottom().numbers()];
        latent.forward(weights, latents, rows, N);
        begun = begun.forPictures(N);
        begun.fromRows(rows);
        Cells h = up.forward(weights, begun, sum, told.dropped().branch(down.blocks()));
        normed = normed.forPictures(N);
        left = left.forPictures(N);
        leaveNorm.forward(weights, h, NormedCurve.Told.NOTHING, normed);
        leave.forward(normed, left);
        return folds.unfold(left);
    }

    /// The way back of the last [#decode]: adds the gradient of its weights.
    ///
    /// @param dPicture shaped as the pixels
    /// @return that of the latent vectors, (N, Z)
    public float[] decodeBack(float[] weights, float[] gradient, float[] dPicture) {
        int N = told.rows();
        folds.fold(dPicture, left);
        Cells d = up.gradient(N);
        leave.backward(normed, left, d);
        leave.learn(gradient);
        leaveNorm.backward(weights, gradient, d);
        d = up.backward(back(weights, gradient), d, told.dropped().branch(down.blocks()));
        float[] dRows = new float[N * config.bottom().numbers()];
        d.toRows(dRows);
        latent.learn(gradient, z, dRows, N);
        float[] dLatents = new float[N * config.latent()];
        latent.backward(weights, dRows, dLatents, N);
        return dLatents;
    }

    /// The way back of the last [#encode], behind [#decodeBack]: adds the gradient of the other weights, and of
    /// what was told.
    ///
    /// @param dDistribution (N, 2·Z)
    public void encodeBack(float[] weights, float[] gradient, float[] dDistribution) {
        int N = told.rows();
        posterior.learn(gradient, flat, dDistribution, N);
        float[] dRows = new float[N * config.bottom().numbers()];
        posterior.backward(weights, dDistribution, dRows, N);
        Cells d = down.gradient(N);
        d.fromRows(dRows);
        bottomNorm.backward(weights, gradient, d);
        d = down.backward(back(weights, gradient), d, told.dropped());
        dFolded = dFolded.forPictures(N);
        enter.backward(folded, d, dFolded);
        enter.learn(gradient);
        for (int row = 0; row < N; row++) {
            for (int field = 0; field < labels.size(); field++) {
                Blas.add(dSum, row * config.told(), gradient, label(row, field), config.told());
            }
        }
    }

    private UNetByHand.Back back(float[] weights, float[] gradient) {
        return new UNetByHand.Back(weights, gradient, sum, dSum);
    }

    /// The sum of what each field says, and room for its gradient.
    private void tell(float[] weights, Told some) {
        told = some;
        int length = some.rows() * config.told();
        if (sum.length < length) {
            sum = new float[length];
            dSum = new float[length];
        }
        Arrays.fill(sum, 0, length, 0);
        Arrays.fill(dSum, 0, length, 0);
        for (int row = 0; row < some.rows(); row++) {
            for (int field = 0; field < labels.size(); field++) {
                Blas.add(weights, label(row, field), sum, row * config.told(), config.told());
            }
        }
    }

    private int label(int row, int field) {
        return labels.get(field) + told.labels()[row * labels.size() + field] * config.told();
    }
}
