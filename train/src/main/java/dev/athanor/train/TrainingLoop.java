package dev.athanor.train;

import dev.athanor.data.DataException;
import dev.athanor.data.Seed;
import dev.athanor.model.Network;
import dev.athanor.torch.AdamW;
import dev.athanor.torch.Dice;
import dev.athanor.torch.Engine;
import dev.athanor.torch.FlatParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The training loop, in the open. One step: rate, batches, loss, gradient, clip, step, average; now and then a
/// look at the validation split and a checkpoint.
///
/// Owns the tensors of the run (weights, moments, average, best weights): lives and dies with the scope it is
/// made in.
final class TrainingLoop<B extends Batch> implements AutoCloseable {

    enum End {
        BUDGET_USED,
        NO_MORE_GAIN,
        INTERRUPTED
    }

    /// Share of the budget before which nothing is said of a model: it has not got anywhere yet.
    private static final double UNFORMED = 0.25;

    /// What the loop works with.
    record Parts<B extends Batch>(Network model, Course<B> course, TrainingPart training, Engine engine) {}

    private final Parts<B> parts;
    private final Course<B> course;
    private final Objective<B> objective;
    private final Objective<B> looking; // what it carries is its own
    private final TrainingPart training;
    private final RunLog log;
    private final InstantSource clock;
    private final FlatParameters parameters;
    private final Learner<B> learner;
    private final AdamW optimizer;
    private final Tensor average; // (N)
    private final Tensor best; // (N)
    private final Dice dice;
    private final Tensor random; // their state
    private final Tensor counters; // (1), steps of the optimizer
    private final Schedule schedule;
    private final Schedule.Budget budget;
    private List<String> remarks = List.of(); // of the newest look, until they are told
    private Checkpoint.State state = new Checkpoint.State(0, 0, Double.POSITIVE_INFINITY, 0, 0);

    TrainingLoop(Parts<B> parts, RunLog log, InstantSource clock) {
        this.parts = parts;
        this.course = parts.course();
        this.training = parts.training();
        this.objective = course.objective(parts.model(), parts.engine());
        this.looking = course.objective(parts.model(), parts.engine());
        this.log = log;
        this.clock = clock;
        this.parameters = new FlatParameters(parts.model().module());
        this.optimizer = new AdamW(
                parameters, new AdamW.Settings(training.beta1(), training.beta2(), 1e-8, training.weightDecay()));
        this.average = parameters.values().clone();
        this.best = parameters.values().clone();
        this.dice = Dice.of(parameters.values().device());
        this.random = dice.state();
        this.counters = torch.zeros(1).to(torch.ScalarType.Long);
        this.schedule = Schedule.of(training);
        this.budget = Schedule.Budget.of(training, course.learning().perEpoch() / training.accumulate());
        this.learner = course.learner(
                new Learner.Subject<>(parts.model(), objective, parameters, optimizer, average), parts.engine());
    }

    /// Goes on until the budget is used up, nothing is gained any more, or `stop` says so. The model then has
    /// its best weights, except after an interruption.
    End run(Consumer<Progress> progress, BooleanSupplier stop) {
        Instant start = clock.instant();
        long nanosBefore = state.nanos();
        OptionalDouble validation = OptionalDouble.empty();
        while (true) {
            Duration spent = Duration.ofNanos(nanosBefore).plus(Duration.between(start, clock.instant()));
            double used = budget.used(state.step(), spent);
            boolean last = used >= 1;
            if (state.step() % training.evaluateEvery() == 0 && state.step() > 0 || last) {
                validation = look(spent, used);
                if (last || isCheckpointDue()) {
                    save();
                }
                if (last || training.patience() > 0 && state.looksWithoutGain() >= training.patience()) {
                    keepBest();
                    return last ? End.BUDGET_USED : End.NO_MORE_GAIN;
                }
            } else if (isCheckpointDue()) {
                save();
            }
            if (stop.getAsBoolean()) {
                save();
                return End.INTERRUPTED;
            }
            double rate = schedule.at(state.step(), objective.part(used).done());
            long begun = System.nanoTime();
            Learner.Step step = step(new Learner.Moment(state.step(), used, rate));
            Duration now = Duration.ofNanos(nanosBefore).plus(Duration.between(start, clock.instant()));
            double perSecond = step.asked() * 1e9 / (System.nanoTime() - begun);
            refuseUnlessFinite(
                    "the loss is %s and the gradient's norm %s".formatted(step.loss(), step.norm()),
                    step.loss() + step.norm());
            state = new Checkpoint.State(
                    state.step() + 1, now.toNanos(), state.best(), state.bestStep(), state.looksWithoutGain());
            log.log(state.step(), numbers(step, rate, perSecond, now), clock.instant());
            double after = Math.min(1, budget.used(state.step(), now));
            progress.accept(new Progress(
                    state.step(),
                    after,
                    step.loss(),
                    validation,
                    rate,
                    step.norm(),
                    perSecond,
                    course.unit().counted(),
                    now,
                    remarks));
            remarks = List.of();
        }
    }

    private Learner.Step step(Learner.Moment moment) {
        try (PointerScope _ = new PointerScope()) {
            parts.model().module().train(true);
            List<B> batches = new ArrayList<>();
            for (int part = 0; part < training.accumulate(); part++) {
                batches.add(course.learning().batch(moment.number() * training.accumulate() + part));
            }
            return learner.step(batches, moment);
        }
    }

    private Map<String, Double> numbers(Learner.Step step, double rate, double perSecond, Duration spent) {
        return Map.of(
                "loss",
                step.loss(),
                "rate",
                rate,
                "gradientNorm",
                step.norm(),
                course.unit().counted() + "PerSecond",
                perSecond,
                "seconds",
                spent.toMillis() / 1000.0);
    }

    private void refuseUnlessFinite(String what, double number) {
        if (!Double.isFinite(number)) {
            List<String> kept = Checkpoint.list(log.folder()).stream()
                    .map(path -> path.getFileName().toString())
                    .toList();
            throw new TrainException(
                    "step %d: %s, so the training stopped. The weights before it are %s. A lower training.rate (now %s), a longer training.warmup (now %d) or a lower training.clip (now %s) usually helps"
                            .formatted(
                                    state.step() + 1,
                                    what,
                                    kept.isEmpty()
                                            ? "lost, since no checkpoint was due yet"
                                            : "kept in checkpoint " + kept.getLast(),
                                    training.rate(),
                                    training.warmup(),
                                    training.clip()));
        }
    }

    private boolean isCheckpointDue() {
        int every = training.checkpointEvery() > 0 ? training.checkpointEvery() : training.evaluateEvery();
        return state.step() > 0 && state.step() % every == 0;
    }

    /// The loss on the validation split, with the averaged weights where there are any. Without a validation
    /// split the newest weights are the best.
    private OptionalDouble look(Duration spent, double used) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            learner.publish();
            Tensor candidate = training.average() > 0 ? average : parameters.values();
            if (course.looking().isEmpty()) {
                best.copy_(candidate);
                return OptionalDouble.empty();
            }
            double loss = withWeights(candidate, () -> {
                double measured = loss(looking.part(used).objective(), training.evaluationBatches());
                remarks = used < UNFORMED ? List.of() : course.remarks(parts.model(), parts.engine());
                return measured;
            });
            refuseUnlessFinite("the loss on the validation split is " + loss, loss);
            boolean gained = loss < state.best();
            if (gained) {
                best.copy_(candidate);
            }
            state = new Checkpoint.State(
                    state.step(),
                    spent.toNanos(),
                    Math.min(loss, state.best()),
                    gained ? state.step() : state.bestStep(),
                    gained ? 0 : state.looksWithoutGain() + 1);
            log.log(state.step(), Map.of("validationLoss", loss), clock.instant());
            return OptionalDouble.of(loss);
        }
    }

    private double withWeights(Tensor weights, java.util.function.DoubleSupplier measured) {
        Tensor mine = parameters.values().clone();
        Tensor before = dice.state();
        parameters.values().copy_(weights);
        try {
            return measured.getAsDouble();
        } finally {
            parameters.values().copy_(mine);
            dice.restore(before); // a look must not shift the run's own chance
        }
    }

    /// Mean loss for each target over the first batches of the validation split.
    private double loss(Objective<B> measure, int most) {
        parts.model().module().eval();
        parts.engine().seed(new Seed(training.seed()).branch("look").value()); // each look draws the same
        double sum = 0;
        long targets = 0;
        for (B batch :
                course.looking().subList(0, Math.min(most, course.looking().size()))) {
            try (PointerScope _ = new PointerScope()) {
                sum += measure.sum(batch).item_float();
                targets += batch.asked();
            }
        }
        return sum / targets;
    }

    /// Mean loss for each target over the whole validation split, with the weights the model has now.
    double wholeLoss() {
        try (NoGradGuard _ = new NoGradGuard()) {
            return loss(looking.part(1).objective(), Integer.MAX_VALUE);
        }
    }

    /// What is to be said of the weights the model has now.
    List<String> remarks() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            parts.engine().seed(new Seed(training.seed()).branch("look").value());
            return course.remarks(parts.model(), parts.engine());
        }
    }

    private void keepBest() {
        try (NoGradGuard _ = new NoGradGuard()) {
            parameters.values().copy_(best);
        }
    }

    @Override
    public void close() {
        learner.close();
    }

    Checkpoint.State state() {
        return state;
    }

    private SequencedMap<String, Tensor> tensors() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("weights", parameters.values());
        tensors.put("firstMoment", optimizer.firstMoment());
        tensors.put("secondMoment", optimizer.secondMoment());
        tensors.put("average", average);
        tensors.put("best", best);
        tensors.put("random", random);
        tensors.put("optimizerSteps", counters);
        tensors.putAll(objective.carried());
        return tensors;
    }

    private void save() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            learner.publish();
            random.copy_(dice.state());
            counters.fill_(new Scalar(optimizer.steps()));
            Checkpoint.write(log.folder(), state, tensors());
        } catch (DataException unwritten) {
            throw log.resumable(unwritten);
        }
    }

    /// Continues where the newest checkpoint of a run stands.
    void resume(java.nio.file.Path run) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            state = Checkpoint.read(run, tensors());
            optimizer.resume(counters.item_long());
            dice.restore(random);
            learner.take();
        }
    }
}
