package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.Gru;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.ModelConfig;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.torch.Blas;
import dev.athanor.torch.FlatParameters;
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
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/// The gradient by [HandGradient], on every core: each worker takes its rows of every batch through the whole
/// model and back, alone, and the workers meet once a step. So nothing waits in the middle of a step, and a
/// core that is taken away for a moment costs its own share only.
///
/// The result depends on how many workers there are, since sums of rounded numbers depend on their order, and
/// on nothing else.
final class ByHand implements Gradient {
    /// The share of the Java heap that what is remembered between the way there and the way back may fill.
    private static final double HEAP_SHARE = 0.5;

    private final Subject subject;
    private final Seed dropping;
    private final float[] weights;
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads;

    /// @param from the first row of its own
    /// @param end the row behind its last
    private record Worker(HandGradient model, float[] gradient, int from, int end) {}

    /// Whether there is a way by hand, and the heap has room for it.
    static boolean suits(ModelConfig config, Recipe.TrainingPart training) {
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
            case TextVae.Config _ -> Long.MAX_VALUE / Float.BYTES;
        };
        return numbers * Float.BYTES < Runtime.getRuntime().maxMemory() * HEAP_SHARE;
    }

    ByHand(Subject subject, Recipe.TrainingPart training, int processors) {
        this.subject = subject;
        this.dropping = Gradient.dropping(training);
        FlatParameters parameters = subject.parameters();
        weights = new float[Math.toIntExact(parameters.values().numel())];
        Layout layout = new Layout(parameters.places(subject.model().tensors()));
        int rows = training.batch();
        int count = Math.min(rows, processors);
        for (int number = 0; number < count; number++) {
            int from = rows * number / count;
            int end = rows * (number + 1) / count;
            workers.add(new Worker(
                    byHand(subject.model(), layout, training.dropout(), end - from),
                    new float[weights.length],
                    from,
                    end));
        }
        ThreadFactory named =
                Thread.ofPlatform().daemon().name("athanor-gradient-", 0).factory();
        threads = Executors.newFixedThreadPool(
                count,
                work -> named.newThread(() -> {
                    Blas.onOneThread();
                    work.run();
                }));
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
    public Found of(List<Batch> batches, long step) {
        pointer(subject.parameters().values()).get(weights);
        List<Future<Double>> losses = new ArrayList<>();
        for (Worker worker : workers) {
            losses.add(threads.submit(() -> learn(worker, batches, step)));
        }
        double loss = 0;
        for (Future<Double> part : losses) {
            loss += joined(part);
        }
        float[] sum = workers.getFirst().gradient();
        for (Worker worker : workers.subList(1, workers.size())) {
            add(worker.gradient(), sum);
        }
        pointer(subject.parameters().gradients()).put(sum);
        return new Found(loss, batches.stream().mapToLong(Batch::asked).sum());
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

    private static void add(float[] x, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += x[i];
        }
    }

    private double learn(Worker worker, List<Batch> batches, long step) {
        Arrays.fill(worker.gradient(), 0);
        take(worker);
        double loss = 0;
        for (int number = 0; number < batches.size(); number++) {
            Batch batch = batches.get(number);
            if (batch.begins()) {
                for (float[] state : worker.model().carried()) {
                    Arrays.fill(state, 0);
                }
            }
            long key = dropping.branch("step-%d-batch-%d-row-%d".formatted(step, number, worker.from()))
                    .value();
            float scale = 1f / batch.asked() / batches.size();
            loss += worker.model().add(weights, worker.gradient(), part(worker, batch, scale, key));
        }
        leave(worker);
        return loss;
    }

    private static Part part(Worker worker, Batch batch, float scale, long key) {
        int from = worker.from() * batch.columns();
        int end = worker.end() * batch.columns();
        return new Part(
                Arrays.copyOfRange(batch.inputs(), from, end),
                Arrays.copyOfRange(batch.targets(), from, end),
                worker.end() - worker.from(),
                batch.columns(),
                scale,
                key);
    }

    /// What is carried stands in the objective's tensors between steps, where checkpoints find it.
    private void take(Worker worker) {
        int number = 0;
        for (Tensor carried : subject.objective().carried().values()) {
            float[] state = worker.model().carried()[number++];
            pointer(carried).position(worker.from() * carried.size(1)).get(state);
        }
    }

    private void leave(Worker worker) {
        int number = 0;
        for (Tensor carried : subject.objective().carried().values()) {
            float[] state = worker.model().carried()[number++];
            pointer(carried).position(worker.from() * carried.size(1)).put(state);
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
