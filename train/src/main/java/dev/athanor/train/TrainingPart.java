package dev.athanor.train;

import dev.athanor.torch.Precision;

/// How long a recipe's model learns, and with which numbers.
///
/// @param steps budget in optimizer steps; 0: another budget
/// @param epochs budget in passes over the training split; 0: another budget
/// @param minutes budget in time; 0: another budget
/// @param batch rows of a step
/// @param accumulate batches whose gradients are added before a step
/// @param rate the highest learning rate
/// @param warmup steps of linear growth to it
/// @param finalRate what the cosine ends at, as a share of the rate
/// @param clip limit of the gradient's norm
/// @param average decay of the weights' moving average, used for validation and for the model; 0: none
/// @param evaluateEvery steps between two looks at the validation split
/// @param evaluationBatches batches of such a look; the last look is over the whole split
/// @param patience looks without gain before the run stops; 0: never
/// @param checkpointEvery steps between two checkpoints; 0: at each look
/// @param divergence weight of a vae's KL term (Higgins et al. 2017, equation 4, β): 1 bounds the likelihood, more
/// gives up
///     likeness of what comes back for points that are spread as those that are drawn
/// @param divergenceWarmup steps until a vae's KL term has its full weight
/// @param freeBits nats of each latent dimension that cost nothing
/// @param penalty weight of the slopes of a gan's scores: larger is calmer and slower
public record TrainingPart(
        int steps,
        double epochs,
        double minutes,
        int batch,
        int accumulate,
        double rate,
        int warmup,
        double finalRate,
        double weightDecay,
        double beta1,
        double beta2,
        double clip,
        double dropout,
        Precision precision,
        double average,
        int evaluateEvery,
        int evaluationBatches,
        int patience,
        int checkpointEvery,
        long seed,
        double divergence,
        int divergenceWarmup,
        double freeBits,
        double penalty) {
    public TrainingPart {
        int budgets = (steps > 0 ? 1 : 0) + (epochs > 0 ? 1 : 0) + (minutes > 0 ? 1 : 0);
        if (budgets != 1 || steps < 0 || epochs < 0 || minutes < 0) {
            throw new IllegalArgumentException(
                    "training has steps %d, epochs %s and minutes %s: give exactly one of them above 0, and leave out the others"
                            .formatted(steps, epochs, minutes));
        }
        atLeast("training.batch", batch, 1);
        atLeast("training.accumulate", accumulate, 1);
        atLeast("training.warmup", warmup, 0);
        atLeast("training.evaluateEvery", evaluateEvery, 1);
        atLeast("training.evaluationBatches", evaluationBatches, 1);
        atLeast("training.patience", patience, 0);
        atLeast("training.checkpointEvery", checkpointEvery, 0);
        atLeast("training.divergenceWarmup", divergenceWarmup, 0);
        if (!(rate > 0 && rate < 100)) {
            throw new IllegalArgumentException(
                    "training.rate is %s: give a positive number, usually from 0.0001 to 0.01".formatted(rate));
        }
        if (!(finalRate >= 0 && finalRate <= 1)) {
            throw new IllegalArgumentException(
                    "training.finalRate is %s: give a share from 0 to 1, usually 0.1".formatted(finalRate));
        }
        share("training.beta1", beta1, "usually 0.9");
        share("training.beta2", beta2, "usually 0.99");
        share("training.dropout", dropout, "0 for none");
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "training.weightDecay is %s: give 0 or more, usually 0.1".formatted(weightDecay));
        }
        if (!(clip > 0)) {
            throw new IllegalArgumentException(
                    "training.clip is %s: give a positive number, usually 1".formatted(clip));
        }
        if (!(average >= 0 && average < 1)) {
            throw new IllegalArgumentException(
                    "training.average is %s: give 0 for none, or a decay below 1 such as 0.999".formatted(average));
        }
        if (!(freeBits >= 0)) {
            throw new IllegalArgumentException("training.freeBits is %s: give 0 or more".formatted(freeBits));
        }
        if (!(divergence >= 0)) {
            throw new IllegalArgumentException(
                    "training.divergence is %s: give 0 or more, usually 1 to 20".formatted(divergence));
        }
        if (!(penalty >= 0)) {
            throw new IllegalArgumentException(
                    "training.penalty is %s: give 0 or more, usually 0.1 to 10".formatted(penalty));
        }
    }

    /// What a vae's KL term counts at a step: more and more until its warmup is over (Bowman et al. 2016, section 3.1).
    double divergence(long step) {
        return divergence * Math.min(1, (step + 1.0) / Math.max(1, divergenceWarmup));
    }

    /// The same with another number of rows, for a look at other data.
    public TrainingPart withBatch(int rows) {
        return new TrainingPart(
                steps,
                epochs,
                minutes,
                rows,
                accumulate,
                rate,
                warmup,
                finalRate,
                weightDecay,
                beta1,
                beta2,
                clip,
                dropout,
                precision,
                average,
                evaluateEvery,
                evaluationBatches,
                patience,
                checkpointEvery,
                seed,
                divergence,
                divergenceWarmup,
                freeBits,
                penalty);
    }

    private static void share(String name, double value, String usual) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "%s is %s: give a number from 0 to below 1, %s".formatted(name, value, usual));
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s is %d: give a whole number from %d".formatted(name, value, least));
        }
    }
}
