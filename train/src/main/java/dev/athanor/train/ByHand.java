package dev.athanor.train;

import dev.athanor.data.Seed;
import dev.athanor.model.Gru;
import dev.athanor.model.ImageClassifier;
import dev.athanor.model.ImageConfig;
import dev.athanor.model.ImageGan;
import dev.athanor.model.ImageModel;
import dev.athanor.model.ImageVae;
import dev.athanor.model.LanguageConfig;
import dev.athanor.model.LanguageModel;
import dev.athanor.model.Lstm;
import dev.athanor.model.SoundCodec;
import dev.athanor.model.TextVae;
import dev.athanor.model.Transformer;
import dev.athanor.model.UNet;
import dev.athanor.model.UNetByHand;
import dev.athanor.torch.Blas;
import dev.athanor.train.cpu.GanGradient;
import dev.athanor.train.cpu.HandAdamW;
import dev.athanor.train.cpu.Layout;
import dev.athanor.train.cpu.UNetGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/// A step by [HandGradient] and [HandAdamW], on every core: each worker takes its rows of every batch through
/// the whole model and back, alone, and then its share of the weights. So nothing waits in the middle of a
/// pass, and a core that is taken away for a moment costs its own share only.
///
/// The result depends on how many workers there are, since sums of rounded numbers depend on their order, and
/// on nothing else.
final class ByHand<B extends Batch> implements Learner<B> {
    /// The share of the Java heap that weights, moments, gradients and what the way back needs of the way
    /// there may fill.
    private static final double HEAP_SHARE = 0.5;

    private final Subject<B> subject;
    private final TrainingPart training;
    private final HandAdamW optimizer;
    private final float[] average;
    private final List<List<Stretch>> networks; // weights whose gradients are clipped together
    private final List<Worker<B>> workers = new ArrayList<>();
    private final ExecutorService threads;

    /// @param gradient of its rows, for all weights
    /// @param weights its own of all
    private record Worker<B extends Batch>(Share<B> share, float[] gradient, Stretch weights) {}

    /// Whether there is a way by hand, and the heap has room for it.
    static boolean suits(LanguageConfig config, TrainingPart training, int processors) {
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

    /// The same for pictures.
    static boolean suits(ImageConfig config, TrainingPart training, int processors) {
        long kept = config.parameters() * (4L + processors * 6L); // filters and their gradients are kept transformed
        double room = Runtime.getRuntime().maxMemory() * HEAP_SHARE / Float.BYTES;
        long chunks = Math.min(training.batch(), processors * UNetGradient.CHUNK);
        return switch (config) {
            case UNet.Config unet -> UNetByHand.suits(unet) && chunks * config.activations() + kept < room;
            case ImageVae.Config _ -> training.batch() * config.activations() + kept < room;
            case ImageGan.Config _ ->
                Math.min(training.batch(), processors * GanGradient.CHUNK) * config.activations() + kept < room;
            case ImageClassifier.Config _, SoundCodec.Config _ -> false; // none
        };
    }

    static ByHand<TokenBatch> ofTokens(Subject<TokenBatch> subject, TrainingPart training, int processors) {
        LanguageModel model = (LanguageModel) subject.model();
        Layout layout = new Layout(subject.parameters().places(model.tensors()));
        return new ByHand<>(
                subject, training, processors, mine -> Share.OfTokens.of(model, layout, training.dropout(), mine));
    }

    static ByHand<ImageBatch> ofPictures(Subject<ImageBatch> subject, Recipe recipe, int processors) {
        Layout layout = new Layout(subject.parameters().places(subject.model().tensors()));
        UNetGradient.Chances chances = new UNetGradient.Chances(
                recipe.image().unguided(), recipe.training().dropout());
        Function<Share.Mine, Share<ImageBatch>> shares = switch ((ImageModel) subject.model()) {
            case UNet model -> mine -> Share.OfPictures.of(model, layout, chances, mine);
            case ImageVae model -> mine -> Share.OfPoints.of(model, layout, recipe, mine);
            case ImageGan model -> mine -> Share.OfRivals.of(model, layout, recipe, mine);
            case ImageClassifier _, SoundCodec _ ->
                throw new IllegalArgumentException("the gradient of this model is found by libtorch alone");
        };
        return new ByHand<>(subject, recipe.training(), processors, shares);
    }

    private ByHand(Subject<B> subject, TrainingPart training, int processors, Function<Share.Mine, Share<B>> shares) {
        this.subject = subject;
        this.training = training;
        int weights = Math.toIntExact(subject.parameters().values().numel());
        this.optimizer = new HandAdamW(
                weights, subject.parameters().decayed(), subject.optimizer().settings());
        this.average = new float[training.average() > 0 ? weights : 0];
        this.networks = networks(subject, weights);
        int count = Math.min(training.batch(), processors);
        for (int number = 0; number < count; number++) {
            Share.Mine mine = new Share.Mine(Stretch.of(training.batch(), number, count), new Seed(training.seed()));
            workers.add(new Worker<>(shares.apply(mine), new float[weights], Stretch.of(weights, number, count)));
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

    /// One but for a gan: there the generator goes on when the discriminator is startled.
    private static List<List<Stretch>> networks(Subject<?> subject, int weights) {
        return subject.model() instanceof ImageGan gan
                ? List.of(stretches(subject, gan.generatorTensors()), stretches(subject, gan.discriminatorTensors()))
                : List.of(List.of(new Stretch(0, weights)));
    }

    private static List<Stretch> stretches(Subject<?> subject, Map<String, Tensor> tensors) {
        return subject.parameters().places(tensors).entrySet().stream()
                .map(place -> new Stretch(
                        place.getValue(),
                        place.getValue()
                                + Math.toIntExact(tensors.get(place.getKey()).numel())))
                .toList();
    }

    @Override
    public Step step(List<B> batches, Moment moment) {
        long number = moment.number();
        double loss = 0;
        for (int batch = 0; batch < batches.size(); batch++) {
            loss += learn(batches.get(batch), new Share.Turn(number, batch, batches.size()));
        }
        double[] squares = sum(each(this::addUp));
        long tokens = batches.stream().mapToLong(Batch::asked).sum();
        Step step = new Step(loss, norm(squares), tokens);
        if (step.isFinite()) {
            HandAdamW.Step move = optimizer.next(moment.rate());
            float fresh = (float) (1 - Learner.averaging(training, number));
            together(worker -> move(worker, move, squares, fresh));
        }
        return step;
    }

    /// All workers do the same at the same time; gives the sum of what they find, always in the same order.
    private double together(ToDoubleFunction<Worker<B>> work) {
        double sum = 0;
        for (double part : each(work::applyAsDouble)) {
            sum += part;
        }
        return sum;
    }

    private <T> List<T> each(Function<Worker<B>, T> work) {
        return workers.stream().map(worker -> threads.submit(() -> work.apply(worker))).toList().stream()
                .map(ByHand::joined)
                .toList();
    }

    private static <T> T joined(Future<T> part) {
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

    /// Each worker looks at its rows, and learns from them when it knows what all have seen.
    private double learn(B batch, Share.Turn turn) {
        Share.Turn informed = turn.with(sum(each(worker -> look(worker, batch, turn))));
        return together(worker -> worker.share().add(optimizer.weights(), worker.gradient(), batch, informed));
    }

    private double[] look(Worker<B> worker, B batch, Share.Turn turn) {
        if (turn.batch() == 0) {
            Arrays.fill(worker.gradient(), 0);
        }
        return worker.share().look(optimizer.weights(), batch, turn);
    }

    /// Beyond all bounds where the optimizer's second moment, in float32, could not hold its square.
    private static double norm(double[] squares) {
        double sum = Arrays.stream(squares).sum();
        return sum > Float.MAX_VALUE ? Double.POSITIVE_INFINITY : Math.sqrt(sum);
    }

    /// Always in the same order.
    private static double[] sum(List<double[]> parts) {
        double[] sum = parts.getFirst().clone();
        for (double[] part : parts.subList(1, parts.size())) {
            Arrays.setAll(sum, i -> sum[i] + part[i]);
        }
        return sum;
    }

    /// The worker's stretch of all gradients goes into that of the first. Gives the sum of its squares, for each
    /// network.
    private double[] addUp(Worker<B> worker) {
        float[] sum = workers.getFirst().gradient();
        Stretch own = worker.weights();
        for (Worker<B> other : workers.subList(1, workers.size())) {
            add(other.gradient(), sum, own.from(), own.end());
        }
        double[] squares = new double[networks.size()];
        for (int network = 0; network < squares.length; network++) {
            for (Stretch part : own.within(networks.get(network))) {
                for (int from = part.from(); from < part.end(); from += 1024) {
                    squares[network] += squares(sum, from, Math.min(part.end(), from + 1024));
                }
            }
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

    private double move(Worker<B> worker, HandAdamW.Step move, double[] squares, float fresh) {
        Stretch own = worker.weights();
        float[] gradient = workers.getFirst().gradient();
        for (int network = 0; network < squares.length; network++) {
            HandAdamW.Step clipped = move.scaled(Math.min(1, training.clip() / Math.sqrt(squares[network])));
            for (Stretch part : own.within(networks.get(network))) {
                optimizer.apply(clipped, gradient, part.from(), part.end());
            }
        }
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
        for (Worker<B> worker : workers) {
            int number = 0;
            for (Tensor carried : subject.objective().carried().values()) {
                long from = worker.share().rows().from() * carried.size(1);
                copy.between(pointer(carried).position(from), worker.share().carried()[number++]);
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
