package dev.athanor.model;

import dev.athanor.model.ResidualByHand.Level;
import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Curve;
import dev.athanor.torch.cpu.Dropped;
import dev.athanor.torch.cpu.Grow;
import dev.athanor.torch.cpu.NormedCurve;
import dev.athanor.torch.cpu.Scratch;
import dev.athanor.torch.cpu.Shrink;
import dev.athanor.torch.cpu.Winograd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// [UNet] on a CPU without libtorch: its `forward` part by part, and back in the reverse order, on arrays of
/// the heap. One thread uses one of these.
///
/// Letters: N pictures, E width of what is told.
public final class UNetByHand {
    private final UNet.Config config;
    private final Folds folds;
    private final ToldByHand tell;
    private final Winograd enter;
    private final List<StageByHand> stages = new ArrayList<>();
    private final List<Shrink> shrinks = new ArrayList<>(); // to level 1 and so on
    private final List<Grow> grows = new ArrayList<>(); // from level 1 and so on
    private final ResidualByHand middle1;
    private final LookByHand look;
    private final ResidualByHand middle2;
    private final NormedCurve leaveNorm;
    private final Winograd leave;

    private Noisy noisy = new Noisy(new float[0], new float[0], new int[0], 0, Dropped.NOTHING);
    private float[] told = {}; // (N, E)
    private final Cells[] levels; // what came down to each level
    private final Cells[] ups; // what came up through each level
    private final Cells[] grown; // what that became in the finer level
    private Cells folded; // what enters, squares of pixels as channels
    private Cells dFolded;
    private Cells normed; // what the last convolution reads
    private Cells left; // what leaves, and then its gradient

    /// Noisy pictures and what is told of them.
    ///
    /// @param pixels (rows, channels, height, width)
    /// @param times (rows), from 0, the picture, to 1, the noise
    /// @param labels (rows, fields), as in [Given]
    /// @param dropped while it is trained
    public record Noisy(float[] pixels, float[] times, int[] labels, int rows, Dropped dropped) {}

    /// What the way back reads and adds to.
    ///
    /// @param told (N, E)
    /// @param dTold (N, E), its gradient so far
    record Back(float[] weights, float[] gradient, float[] told, float[] dTold) {}

    /// Whether there is a way by hand: captions are read by libtorch alone.
    public static boolean suits(UNet.Config config) {
        return !config.captions().isUsed();
    }

    /// @param places where each weight stands in the row of all of them, by its name in the model's folder
    public UNetByHand(UNet.Config config, Map<String, Integer> places) {
        if (!suits(config)) {
            throw new IllegalArgumentException("captions are read by libtorch alone: leave this model to it");
        }
        this.config = config;
        Places named = new Places(places, new Scratch());
        int count = config.levels().size();
        Level fine = Level.of(config, 0);
        Level coarse = Level.of(config, count - 1);
        folds = new Folds(config.shape(), config.patch());
        tell = new ToldByHand(named, config);
        enter = named.convolution("enter", folds.channels(), config.width());
        levels = new Cells[count];
        ups = new Cells[count];
        grown = new Cells[count];
        levels[0] = fine.cells();
        for (int level = 0; level < count; level++) {
            stages.add(new StageByHand(named, config, level));
            if (level > 0) {
                change(named, level);
            }
        }
        middle1 = new ResidualByHand(named, "middle.0", coarse, config.told());
        look = new LookByHand(named, coarse);
        middle2 = new ResidualByHand(named, "middle.1", coarse, config.told());
        leaveNorm = named.norm("leave.norm", config.width(), Curve.SILU);
        leave = named.convolution("leave", config.width(), folds.channels());
        folded = folds.cells();
        dFolded = folds.cells();
        left = folds.cells();
        normed = fine.cells();
    }

    private void change(Places named, int number) {
        Level level = Level.of(config, number);
        Level finer = Level.of(config, number - 1);
        int C = level.channels();
        int four = 4 * finer.channels();
        shrinks.add(
                new Shrink(named.dense("down.%d.shrink".formatted(number), four, C), level.height(), level.width()));
        grows.add(new Grow(named.dense("up.%d.grow".formatted(number), C, four), level.height(), level.width()));
        levels[number] = level.cells();
        grown[number] = finer.cells();
    }

    /// Takes over weights, all of them in a row. Of some a changed form is kept: call this whenever they have
    /// changed.
    public void take(float[] weights) {
        enter.take(weights);
        stages.forEach(stage -> stage.take(weights));
        shrinks.forEach(shrink -> shrink.take(weights));
        grows.forEach(grow -> grow.take(weights));
        middle1.take(weights);
        look.take(weights);
        middle2.take(weights);
        leave.take(weights);
    }

    /// The prediction of [NoiseProcess], shaped as the pixels.
    public float[] forward(float[] weights, Noisy noisy) {
        this.noisy = noisy;
        int N = noisy.rows();
        int last = stages.size() - 1;
        told = tell.forward(weights, noisy);
        folded = folded.forPictures(N);
        folds.fold(noisy.pixels(), folded);
        levels[0] = levels[0].forPictures(N);
        enter.forward(folded, levels[0]);
        Cells h = levels[0];
        for (int level = 0; level <= last; level++) {
            if (level > 0) {
                levels[level] = levels[level].forPictures(N);
                shrinks.get(level - 1).forward(weights, h, levels[level]);
                h = levels[level];
            }
            h = stages.get(level).down(weights, h, told, dropped(level));
        }
        h = middle1.forward(weights, h, told, dropped(last + 1));
        h = look.forward(weights, h);
        h = middle2.forward(weights, h, told, dropped(last + 2));
        for (int level = last; level >= 0; level--) {
            ups[level] = stages.get(level).up(weights, h, told, dropped(level));
            h = ups[level];
            if (level > 0) {
                grown[level] = grown[level].forPictures(N);
                grows.get(level - 1).forward(weights, h, grown[level]);
                h = grown[level];
            }
        }
        normed = normed.forPictures(N);
        left = left.forPictures(N);
        leaveNorm.forward(weights, h, NormedCurve.Told.NOTHING, normed);
        leave.forward(normed, left);
        return folds.unfold(left);
    }

    /// The way back of the last [#forward]: adds the gradient of all weights.
    ///
    /// @param gradient one number for each weight
    /// @param dPrediction shaped as the pixels
    public void backward(float[] weights, float[] gradient, float[] dPrediction) {
        int N = noisy.rows();
        int last = stages.size() - 1;
        Back back = new Back(weights, gradient, told, tell.gradient());
        folds.fold(dPrediction, left);
        Cells d = stages.getFirst().gradient(N);
        leave.backward(normed, left, d);
        leave.learn(gradient);
        leaveNorm.backward(weights, gradient, d);
        for (int level = 0; level <= last; level++) {
            if (level > 0) {
                Cells dUp = stages.get(level).gradient(N);
                grows.get(level - 1).learn(gradient, ups[level], d);
                grows.get(level - 1).backward(weights, d, dUp);
            }
            d = stages.get(level).upBack(back, dropped(level));
        }
        Cells[] inner = stages.getLast().inner();
        middle2.backward(back, d, inner, dropped(last + 2));
        look.backward(weights, gradient, d, inner[0]);
        middle1.backward(back, d, inner, dropped(last + 1));
        for (int level = last; level >= 0; level--) {
            stages.get(level).downBack(back, d, dropped(level));
            if (level > 0) {
                Cells dFine = stages.get(level - 1).gradient(N);
                shrinks.get(level - 1).learn(gradient, seen(level - 1), d);
                shrinks.get(level - 1).backward(d, dFine);
                d = dFine;
            }
        }
        dFolded = dFolded.forPictures(N);
        enter.backward(folded, d, dFolded);
        enter.learn(gradient);
        tell.backward(weights, gradient, noisy);
    }

    private Cells seen(int level) {
        return stages.get(level).lastSeen();
    }

    /// Numbers for the blocks of a level.
    private Dropped dropped(int part) {
        return noisy.dropped().branch(part * 2 * config.blocks());
    }
}
