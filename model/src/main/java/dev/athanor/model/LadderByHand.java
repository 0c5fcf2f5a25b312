package dev.athanor.model;

import dev.athanor.model.ResidualByHand.Level;
import dev.athanor.torch.cpu.Cells;
import dev.athanor.torch.cpu.Dropped;
import dev.athanor.torch.cpu.Grow;
import dev.athanor.torch.cpu.Shrink;
import java.util.ArrayList;
import java.util.List;

/// The residual blocks of all levels of [ImageVae] or [ImageGan] one way, down or up, with what leads from one
/// level to the next, there and back.
final class LadderByHand {
    private final List<Rung> rungs = new ArrayList<>(); // in the order of the way

    /// @param levels from the finest to the coarsest
    /// @param blocks of a level
    /// @param maker of a block
    record Plan(List<Level> levels, int blocks, Maker maker) {}

    @FunctionalInterface
    interface Maker {
        BlockByHand block(String name, Level level);
    }

    static LadderByHand down(Places named, String prefix, Plan plan) {
        LadderByHand ladder = new LadderByHand();
        for (int level = 0; level < plan.levels().size(); level++) {
            Level own = plan.levels().get(level);
            Step step = level == 0
                    ? new Step.None()
                    : new Step.Smaller(new Shrink(
                            named.dense(
                                    prefix + level + ".shrink",
                                    4 * plan.levels().get(level - 1).channels(),
                                    own.channels()),
                            own.height(),
                            own.width()));
            ladder.rungs.add(new Rung(step, own, blocks(prefix + level + ".", plan, own)));
        }
        return ladder;
    }

    static LadderByHand up(Places named, String prefix, Plan plan) {
        LadderByHand ladder = new LadderByHand();
        int last = plan.levels().size() - 1;
        for (int level = last; level >= 0; level--) {
            Level own = plan.levels().get(level);
            Step step = new Step.None();
            if (level < last) {
                Level below = plan.levels().get(level + 1);
                step = new Step.Larger(new Grow(
                        named.dense(prefix + (level + 1) + ".grow", below.channels(), 4 * own.channels()),
                        below.height(),
                        below.width()));
            }
            ladder.rungs.add(new Rung(step, own, blocks(prefix + level + ".", plan, own)));
        }
        return ladder;
    }

    private static List<BlockByHand> blocks(String prefix, Plan plan, Level level) {
        List<BlockByHand> blocks = new ArrayList<>();
        for (int number = 0; number < plan.blocks(); number++) {
            blocks.add(plan.maker().block(prefix + number, level));
        }
        return blocks;
    }

    void take(float[] weights) {
        rungs.forEach(rung -> rung.take(weights));
    }

    /// How many blocks drop something.
    int blocks() {
        return rungs.stream().mapToInt(rung -> rung.blocks.size()).sum();
    }

    /// @param x must stay as it is until the way back
    Cells forward(float[] weights, Cells x, float[] told, Dropped dropped) {
        Cells h = x;
        int number = 0;
        for (Rung rung : rungs) {
            h = rung.enter(weights, h);
            for (BlockByHand block : rung.blocks) {
                h = block.forward(weights, h, told, dropped.branch(number++));
            }
            rung.left = h;
        }
        return h;
    }

    /// Room for the gradient of what [#forward] gives, all 0.
    Cells gradient(int pictures) {
        return rungs.getLast().gradient(pictures);
    }

    /// @param d the gradient of what [#forward] gave, in place of what [#gradient] gave
    /// @return that of what it took
    Cells backward(UNetByHand.Back back, Cells d, Dropped dropped) {
        Cells h = d;
        int number = blocks();
        for (int at = rungs.size() - 1; at >= 0; at--) {
            Rung rung = rungs.get(at);
            for (BlockByHand block : rung.blocks.reversed()) {
                block.backward(back, h, rung.inner, dropped.branch(--number));
            }
            if (at > 0) {
                Rung before = rungs.get(at - 1);
                Cells dBefore = before.gradient(h.pictures());
                rung.step.backward(back, before.left, h, dBefore);
                h = dBefore;
            }
        }
        return h;
    }

    /// What leads from the level before.
    private sealed interface Step {
        void take(float[] weights);

        /// @param y set
        void forward(float[] weights, Cells x, Cells y);

        /// @param dx added to
        void backward(UNetByHand.Back back, Cells x, Cells dy, Cells dx);

        /// Nothing stands before the first level.
        record None() implements Step {
            @Override
            public void take(float[] weights) {}

            @Override
            public void forward(float[] weights, Cells x, Cells y) {}

            @Override
            public void backward(UNetByHand.Back back, Cells x, Cells dy, Cells dx) {}
        }

        record Smaller(Shrink shrink) implements Step {
            @Override
            public void take(float[] weights) {
                shrink.take(weights);
            }

            @Override
            public void forward(float[] weights, Cells x, Cells y) {
                shrink.forward(weights, x, y);
            }

            @Override
            public void backward(UNetByHand.Back back, Cells x, Cells dy, Cells dx) {
                shrink.learn(back.gradient(), x, dy);
                shrink.backward(dy, dx);
            }
        }

        record Larger(Grow grow) implements Step {
            @Override
            public void take(float[] weights) {
                grow.take(weights);
            }

            @Override
            public void forward(float[] weights, Cells x, Cells y) {
                grow.forward(weights, x, y);
            }

            @Override
            public void backward(UNetByHand.Back back, Cells x, Cells dy, Cells dx) {
                grow.learn(back.gradient(), x, dy);
                grow.backward(back.weights(), dy, dx);
            }
        }
    }

    /// One level: the step to it and its blocks.
    private static final class Rung {
        private final Step step;
        private final List<BlockByHand> blocks;
        private final Cells[] inner; // two layers for the blocks' way back
        private Cells entered;
        private Cells left; // what the last block gave
        private Cells d;

        Rung(Step step, Level level, List<BlockByHand> blocks) {
            this.step = step;
            this.blocks = blocks;
            this.inner = new Cells[] {level.cells(), level.cells()};
            this.entered = level.cells();
            this.left = entered;
            this.d = level.cells();
        }

        void take(float[] weights) {
            step.take(weights);
            blocks.forEach(block -> block.take(weights));
        }

        Cells enter(float[] weights, Cells x) {
            if (step instanceof Step.None) {
                return x;
            }
            entered = entered.forPictures(x.pictures());
            step.forward(weights, x, entered);
            return entered;
        }

        Cells gradient(int pictures) {
            d = d.forPictures(pictures);
            d.clear();
            return d;
        }
    }
}
