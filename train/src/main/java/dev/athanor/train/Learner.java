package dev.athanor.train;

import dev.athanor.model.Network;
import dev.athanor.torch.AdamW;
import dev.athanor.torch.FlatParameters;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// What makes one step: the gradient, its clipping, AdamW, the average of the weights.
sealed interface Learner<B extends Batch> extends AutoCloseable permits Learner.ByTorch, ByHand, Adversarial {

    /// What is learnt, and what learning keeps beside it. Checkpoints hold these tensors.
    ///
    /// @param average (N), the weights' moving average, where the recipe asks for one
    record Subject<B extends Batch>(
            Network model, Objective<B> objective, FlatParameters parameters, AdamW optimizer, Tensor average) {}

    /// @param loss the mean over the batches
    /// @param norm of the gradient, before it was clipped
    /// @param asked for: tokens, or pictures
    record Step(double loss, double norm, long asked) {
        boolean isFinite() {
            return Double.isFinite(loss) && Double.isFinite(norm);
        }
    }

    /// Learns from the mean loss of some batches. A step whose loss or gradient is no number changes nothing.
    ///
    Step step(List<B> batches, Moment moment);

    /// Where in a run a step is.
    ///
    /// @param number how many steps came before
    /// @param used share of the budget
    record Moment(long number, double used, double rate) {}

    /// Brings the subject's tensors up to date.
    void publish();

    /// Goes on from what the subject's tensors hold now.
    void take();

    @Override
    void close();

    /// The share of the average that a step leaves as it was. Short runs begin with a short memory (Kingma and
    /// Ba 2015, section 7.2, in the form of TensorFlow).
    static double averaging(TrainingPart training, long step) {
        return Math.min(training.average(), (1.0 + step) / (10.0 + step));
    }

    /// Takes the newest weights into their average, where there is one.
    static void average(Subject<?> subject, TrainingPart training, long step) {
        if (training.average() > 0) {
            try (NoGradGuard _ = new NoGradGuard()) {
                double kept = averaging(training, step);
                subject.average().lerp_(subject.parameters().values(), new Scalar(1 - kept));
            }
        }
    }

    /// libtorch records the forward pass and replays it backwards: any model, any device.
    record ByTorch<B extends Batch>(Subject<B> subject, TrainingPart training) implements Learner<B> {
        @Override
        public Step step(List<B> batches, Moment moment) {
            Objective.Part<B> part = subject.objective().part(moment.used());
            subject.parameters().zeroGradients();
            double loss = 0;
            long tokens = 0;
            for (B batch : batches) {
                Tensor cost = part.objective().training(batch, moment.number());
                if (batches.size() > 1) {
                    cost = cost.div(new Scalar((double) batches.size()));
                }
                cost.backward();
                loss += cost.item_float();
                tokens += batch.asked();
            }
            Step step = new Step(loss, subject.parameters().clip(training.clip()), tokens);
            if (step.isFinite()) {
                List<Tensor> kept = part.resting().stream().map(Tensor::clone).toList();
                subject.optimizer().step(moment.rate());
                put(kept, part.resting());
                average(subject, training, moment.number());
            }
            return step;
        }

        /// Decay and moments move weights that have no gradient, too.
        private static void put(List<Tensor> values, List<Tensor> weights) {
            try (NoGradGuard _ = new NoGradGuard()) {
                for (int i = 0; i < weights.size(); i++) {
                    weights.get(i).copy_(values.get(i));
                }
            }
        }

        @Override
        public void publish() {}

        @Override
        public void take() {}

        @Override
        public void close() {}
    }
}
