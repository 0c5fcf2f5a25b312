package dev.athanor.model;

import dev.athanor.model.ResidualByHand.Level;
import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Dropped;
import dev.athanor.torch.cpu.Merge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The residual blocks of one level of [UNet] on the way down and on the way up, there and back.
final class StageByHand {
    private final Level level;
    private final int blocks;
    private final List<ResidualByHand> down = new ArrayList<>();
    private final List<ResidualByHand> up = new ArrayList<>();
    private final List<Merge> merges = new ArrayList<>();
    private final Cells[] seen; // what each block on the way down gave
    private final Cells[] below; // what each merge found beside it
    private final Cells[] merged;
    private final Cells[] dSeen;
    private final Cells[] d; // two layers in turn
    private final Cells[] inner;

    StageByHand(Places named, UNet.Config config, int number) {
        level = Level.of(config, number);
        blocks = config.blocks();
        int C = level.channels();
        int places = level.height() * level.width();
        for (int block = 0; block < blocks; block++) {
            down.add(new ResidualByHand(named, "down.%d.%d".formatted(number, block), level, config.told()));
            up.add(new ResidualByHand(named, "up.%d.%d".formatted(number, block), level, config.told()));
            merges.add(new Merge(named.dense("up.%d.%d.merge".formatted(number, block), 2 * C, C), places));
        }
        seen = new Cells[blocks];
        below = new Cells[blocks];
        merged = layers(blocks);
        dSeen = layers(blocks);
        d = layers(2);
        inner = layers(2);
    }

    private Cells[] layers(int count) {
        Cells[] layers = new Cells[count];
        Arrays.setAll(layers, _ -> level.cells());
        return layers;
    }

    void take(float[] weights) {
        down.forEach(block -> block.take(weights));
        up.forEach(block -> block.take(weights));
        merges.forEach(merge -> merge.take(weights));
    }

    Cells down(float[] weights, Cells h, float[] told, Dropped dropped) {
        Cells x = h;
        for (int block = 0; block < blocks; block++) {
            x = down.get(block).forward(weights, x, told, dropped.branch(2 * block));
            seen[block] = x;
        }
        return x;
    }

    Cells up(float[] weights, Cells h, float[] told, Dropped dropped) {
        Cells x = h;
        for (int block = 0; block < blocks; block++) {
            below[block] = x;
            merged[block] = merged[block].forPictures(h.pictures());
            merges.get(block).forward(weights, x, beside(seen, block), merged[block]);
            x = up.get(block).forward(weights, merged[block], told, dropped.branch(2 * block + 1));
        }
        return x;
    }

    /// The last that was seen is merged first.
    private Cells beside(Cells[] layers, int block) {
        return layers[blocks - 1 - block];
    }

    /// Room for the gradient of what [#up] or [#down] gives, all 0.
    Cells gradient(int pictures) {
        d[0] = d[0].forPictures(pictures);
        d[0].clear();
        return d[0];
    }

    /// @return the gradient of what [#up] took, in place of what [#gradient] gave
    Cells upBack(UNetByHand.Back back, Dropped dropped) {
        for (int block = blocks - 1; block >= 0; block--) {
            up.get(block).backward(back, d[0], inner, dropped.branch(2 * block + 1));
            int pictures = d[0].pictures();
            Cells dBelow = d[1].forPictures(pictures);
            Cells dBeside = beside(dSeen, block).forPictures(pictures);
            dSeen[blocks - 1 - block] = dBeside;
            dBelow.clear();
            dBeside.clear();
            Merge merge = merges.get(block);
            merge.learn(back.gradient(), below[block], beside(seen, block), d[0]);
            merge.backward(back.weights(), d[0], dBelow, dBeside);
            d[1] = d[0];
            d[0] = dBelow;
        }
        return d[0];
    }

    /// @param h the gradient of what [#down] gave, but for what was seen; in its place that of what it took
    void downBack(UNetByHand.Back back, Cells h, Dropped dropped) {
        for (int block = blocks - 1; block >= 0; block--) {
            h.add(dSeen[block]);
            down.get(block).backward(back, h, inner, dropped.branch(2 * block));
        }
    }

    /// What [#down] gave.
    Cells lastSeen() {
        return seen[blocks - 1];
    }

    /// Two layers of this size, whatever is in them.
    Cells[] inner() {
        return inner;
    }
}
