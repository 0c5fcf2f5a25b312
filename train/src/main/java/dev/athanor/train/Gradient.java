package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.LanguageModel;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import dev.athanor.torch.Precision;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// How a step finds its gradient.
sealed interface Gradient extends AutoCloseable permits Gradient.ByTorch, ByHand {

    /// Sets the gradient to that of the mean loss of some batches.
    ///
    /// @param step how many came before
    Found of(List<Batch> batches, long step);

    @Override
    void close();

    /// @param loss the mean over the batches, in nats
    /// @param tokens asked for
    record Found(double loss, long tokens) {}

    /// What a gradient is of.
    record Subject(LanguageModel model, Objective objective, FlatParameters parameters) {}

    /// By hand where there is such a way ([ByHand]), otherwise by libtorch.
    static Gradient of(Subject subject, Recipe.TrainingPart training, Engine engine) {
        boolean plain = engine.place().is_cpu() && training.precision() == Precision.FLOAT32;
        return plain && ByHand.suits(subject.model().config(), training)
                ? new ByHand(subject, training, engine.threads())
                : new ByTorch(subject);
    }

    /// libtorch records the forward pass and replays it backwards: any model, any device.
    record ByTorch(Subject subject) implements Gradient {
        @Override
        public Found of(List<Batch> batches, long step) {
            subject.parameters().zeroGradients();
            double loss = 0;
            long tokens = 0;
            for (Batch batch : batches) {
                Tensor cost = subject.objective().training(batch, step);
                if (batches.size() > 1) {
                    cost = cost.div(new Scalar((double) batches.size()));
                }
                cost.backward();
                loss += cost.item_float();
                tokens += batch.asked();
            }
            return new Found(loss, tokens);
        }

        @Override
        public void close() {}
    }

    /// What is dropped at a step, whatever was dropped before: a run can go on anywhere.
    static Seed dropping(Recipe.TrainingPart training) {
        return new Seed(training.seed()).branch("dropout");
    }
}
