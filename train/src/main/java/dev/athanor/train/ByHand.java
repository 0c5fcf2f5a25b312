package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.Gru;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Blas;
import dev.athanor.train.cpu.HandAdamW;
import dev.athanor.train.cpu.HandGradient;
import dev.athanor.train.cpu.Layout;
import dev.athanor.train.cpu.Part;
import dev.athanor.train.cpu.RecurrentGradient;
import dev.athanor.train.cpu.TransformerGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/// A step by [HandGradient] and [HandAdamW], on every core: each worker takes its rows of every batch through
/// the whole model and back, alone, and then its share of the weights. So nothing waits in the middle of a
/// pass, and a core that is taken away for a moment costs its own share only.
///
/// The result depends on how many workers there are, since sums of rounded numbers depend on their order, and
/// on nothing else.
final class ByHand implements Learner<TokenBatch> {
    /// The share of the Java heap that weights, moments, gradients and what the way back needs of the way there may
    /// fill.
    private static final double HEAP_SHARE = 0.5;

    private final Subject<TokenBatch> subject;
    private final Recipe.TrainingPart training;
    private final Seed dropping;
    private final HandAdamW optimizer;
    private final float[] average;
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads;

    /// @param gradient of its rows, for all weights
    /// @param rows its own of every batch
    /// @param weights its own of all
    private record Worker(HandGradient model, float[] gradient, Stretch rows, Stretch weights) {}

    /// @param end behind the last
    private record Stretch(int from, int end) {
        /// Part `number` of `count` about equal ones.
        static Stretch of(int size, int number, int count) {
            return new Stretch((int) ((long) size * number / count), (int) ((long) size * (number + 1) / count));
        }

        int size() {
            return end - from;
        }
    }

    /// Whether there is a way by hand, and the heap has room for it.
    static boolean suits(LanguageConfig config, Recipe.TrainingPart training, int processors) {
        long tokens = (long) training.batch() * config.context();
        long numbers = switch (config) {
            case Transformer.Config c ->
                tokens
                        * (c.layers()
                                        * (9L * c.width()
                                                + 4L * c.keyValueWidth()
                                                + 4L * c.hidden()
                                                + (long) c.heads() * c.context())
                                + c.vocabulary());
            case Lstm.Config c -> tokens * (c.layers() * 8L * c.width() + c.vocabulary());
            case Gru.Config c -> tokens * (c.layers() * 8L * c.width() + c.vocabulary());
            case TextVae.Config _ -> Long.MAX_VALUE / 8; // none
        };
        long kept =
                config.parameters() * (4L + processors); // weights, two moments, average, a gradient for each worker
        double room = Runtime.getRuntime().maxMemory() * HEAP_SHARE / Float.BYTES;
        return numbers + kept < Math.min(room, Integer.MAX_VALUE); // one array holds no more either
    }

    ByHand(Subject<TokenBatch> subject, Recipe.TrainingPart training, int processors) {
        this.subject = subject;
        this.training = training;
        this.dropping = new Seed(training.seed()).branch("dropout");
        int weights = Math.toIntExact(subject.parameters().values().numel());
        this.optimizer = new HandAdamW(
                weights, subject.parameters().decayed(), subject.optimizer().settings());
        this.average = new float[training.average() > 0 ? weights : 0];
        Layout layout = new Layout(subject.parameters().places(subject.model().tensors()));
        int count = Math.min(training.batch(), processors);
        for (int number = 0; number < count; number++) {
            Stretch rows = Stretch.of(training.batch(), number, count);
            workers.add(new Worker(
                    byHand((LanguageModel) subject.model(), layout, training.dropout(), rows.size()),
                    new float[weights],
                    rows,
                    Stretch.of(weights, number, count)));
        }
        ThreadFactory named =
                Thread.ofPlatform().daemon().name("athanor-learner-", 0).factory();
        threads = Executors.newFixedThreadPool(
                count,
                work -> named.newThread(() -> {
                    Blas.onOneThread();
                    work.run();
                }));
        take();
    }

    private static HandGradient byHand(LanguageModel model, Layout layout, double dropout, int rows) {
        return switch (model) {
            case Transformer transformer -> new TransformerGradient(transformer.config(), layout, dropout);
            case Lstm lstm -> RecurrentGradient.of(lstm.config(), layout, dropout, rows);
            case Gru gru -> RecurrentGradient.of(gru.config(), layout, dropout, rows);
            case TextVae _ -> throw new IllegalArgumentException("the gradient of a vae is found by libtorch alone");
        };
    }

    @Override
    public Step step(List<TokenBatch> batches, long number, double rate) {
        double loss = together(worker -> learn(worker, batches, number));
        double norm = Math.sqrt(together(this::addUp));
        long tokens = batches.stream().mapToLong(TokenBatch::asked).sum();
        Step step = new Step(loss, norm, tokens);
        if (step.isFinite()) {
            float scale = (float) Math.min(1, training.clip() / norm);
            HandAdamW.Step move = optimizer.next(rate, scale);
            float fresh = (float) (1 - Learner.averaging(training, number));
            together(worker -> move(worker, move, fresh));
        }
        return step;
    }

    /// All workers do the same at the same time; gives the sum of what they find, always in the same order.
    private double together(ToDoubleFunction<Worker> work) {
        List<Future<Double>> parts = workers.stream()
                .map(worker -> threads.submit(() -> work.applyAsDouble(worker)))
                .toList();
        double sum = 0;
        for (Future<Double> part : parts) {
            sum += joined(part);
        }
        return sum;
    }

    private static double joined(Future<Double> part) {
        try {
            return part.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case Throwable impossible -> throw new IllegalStateException(impossible);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the training was interrupted in the middle of a step", stopped);
        }
    }

    private double learn(Worker worker, List<TokenBatch> batches, long number) {
        Arrays.fill(worker.gradient(), 0);
        double loss = 0;
        for (int batch = 0; batch < batches.size(); batch++) {
            if (batches.get(batch).begins()) {
                for (float[] state : worker.model().carried()) {
                    Arrays.fill(state, 0);
                }
            }
            // What is dropped depends on where the run stands alone, so that it can go on from anywhere.
            long key = dropping.branch("step-%d-batch-%d-row-%d"
                            .formatted(number, batch, worker.rows().from()))
                    .value();
            float scale = 1f / batches.get(batch).asked() / batches.size();
            Part part = part(worker.rows(), batches.get(batch), scale, key);
            loss += worker.model().add(optimizer.weights(), worker.gradient(), part);
        }
        return loss;
    }

    private static Part part(Stretch rows, TokenBatch batch, float scale, long key) {
        int from = rows.from() * batch.columns();
        int end = rows.end() * batch.columns();
        return new Part(
                Arrays.copyOfRange(batch.inputs(), from, end),
                Arrays.copyOfRange(batch.targets(), from, end),
                rows.size(),
                batch.columns(),
                scale,
                key);
    }

    /// The worker's stretch of all gradients goes into that of the first. Gives the sum of its squares.
    private double addUp(Worker worker) {
        float[] sum = workers.getFirst().gradient();
        Stretch own = worker.weights();
        for (Worker other : workers.subList(1, workers.size())) {
            add(other.gradient(), sum, own.from(), own.end());
        }
        double squares = 0;
        for (int from = own.from(); from < own.end(); from += 1024) {
            squares += squares(sum, from, Math.min(own.end(), from + 1024));
        }
        return squares;
    }

    private static void add(float[] x, float[] y, int from, int end) {
        for (int i = from; i < end; i++) {
            y[i] += x[i];
        }
    }

    /// In four parts, since one sum must wait for itself at each number.
    private static double squares(float[] x, int from, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < end; i += 4) {
            a += (double) x[i] * x[i];
            b += (double) x[i + 1] * x[i + 1];
            c += (double) x[i + 2] * x[i + 2];
            d += (double) x[i + 3] * x[i + 3];
        }
        for (; i < end; i++) {
            a += (double) x[i] * x[i];
        }
        return a + b + (c + d);
    }

    private double move(Worker worker, HandAdamW.Step move, float fresh) {
        Stretch own = worker.weights();
        optimizer.apply(move, workers.getFirst().gradient(), own.from(), own.end());
        if (training.average() > 0) {
            approach(average, optimizer.weights(), fresh, own.from(), own.end());
        }
        return 0;
    }

    private static void approach(float[] average, float[] weights, float share, int from, int end) {
        for (int i = from; i < end; i++) {
            average[i] += share * (weights[i] - average[i]);
        }
    }

    @Override
    public void publish() {
        pointer(subject.parameters().values()).put(optimizer.weights());
        pointer(subject.optimizer().firstMoment()).put(optimizer.firstMoment());
        pointer(subject.optimizer().secondMoment()).put(optimizer.secondMoment());
        subject.optimizer().resume(optimizer.steps());
        if (training.average() > 0) {
            pointer(subject.average()).put(average);
        }
        carry(FloatPointer::put);
    }

    @Override
    public void take() {
        pointer(subject.parameters().values()).get(optimizer.weights());
        pointer(subject.optimizer().firstMoment()).get(optimizer.firstMoment());
        pointer(subject.optimizer().secondMoment()).get(optimizer.secondMoment());
        optimizer.resume(subject.optimizer().steps());
        if (training.average() > 0) {
            pointer(subject.average()).get(average);
        }
        carry(FloatPointer::get);
    }

    @FunctionalInterface
    private interface Copy {
        FloatPointer between(FloatPointer tensor, float[] array);
    }

    /// What recurrent models carry: the tensors hold all rows, each worker its own.
    private void carry(Copy copy) {
        for (Worker worker : workers) {
            int number = 0;
            for (Tensor carried : subject.objective().carried().values()) {
                long from = worker.rows().from() * carried.size(1);
                copy.between(pointer(carried).position(from), worker.model().carried()[number++]);
            }
        }
    }

    private static FloatPointer pointer(Tensor tensor) {
        return tensor.data_ptr_float();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
