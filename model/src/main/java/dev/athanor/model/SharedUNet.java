package dev.athanor.model;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Tensors;
import dev.athanor.torch.cpu.Dropped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.bytedeco.pytorch.Tensor;

/// [UNetByHand] on every core: each takes its share of the pictures through the whole model. Owns threads:
/// close it.
final class SharedUNet implements AutoCloseable {
    /// Pictures that go through the model at once, so that a large batch needs no more memory than a small one.
    private static final int CHUNK = 64;

    private final UNet.Config config;
    private final float[] weights;
    private final List<UNetByHand> workers = new ArrayList<>();
    private final ExecutorService threads;

    /// @param tensors the weights by their names, which are copied
    SharedUNet(UNet.Config config, SequencedMap<String, Tensor> tensors, int cores) {
        this.config = config;
        Map<String, Integer> places = new LinkedHashMap<>();
        weights = new float[Math.toIntExact(config.parameters())];
        int at = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            float[] values = Tensors.floats(entry.getValue());
            System.arraycopy(values, 0, weights, at, values.length);
            places.put(entry.getKey(), at);
            at += values.length;
        }
        for (int core = 0; core < cores; core++) {
            UNetByHand worker = new UNetByHand(config, places);
            worker.take(weights);
            workers.add(worker);
        }
        ThreadFactory named =
                Thread.ofPlatform().daemon().name("athanor-denoiser-", 0).factory();
        threads = Executors.newFixedThreadPool(
                cores,
                work -> named.newThread(() -> {
                    Blas.onOneThread();
                    work.run();
                }));
    }

    /// The prediction of [NoiseProcess], shaped as the pixels. One is made at a time, by all cores.
    synchronized float[] predict(UNetByHand.Noisy noisy) {
        float[] prediction = new float[noisy.pixels().length];
        List<Future<?>> parts = new ArrayList<>();
        for (int number = 0; number < workers.size(); number++) {
            UNetByHand worker = workers.get(number);
            int from = noisy.rows() * number / workers.size();
            int end = noisy.rows() * (number + 1) / workers.size();
            parts.add(threads.submit(() -> predict(worker, noisy, from, end, prediction)));
        }
        parts.forEach(SharedUNet::join);
        return prediction;
    }

    private void predict(UNetByHand worker, UNetByHand.Noisy noisy, int from, int end, float[] prediction) {
        int numbers = config.shape().numbers();
        for (int first = from; first < end; first += CHUNK) {
            UNetByHand.Noisy part = part(noisy, first, Math.min(end, first + CHUNK));
            float[] found = worker.forward(weights, part);
            System.arraycopy(found, 0, prediction, first * numbers, found.length);
        }
    }

    private UNetByHand.Noisy part(UNetByHand.Noisy noisy, int from, int end) {
        int numbers = config.shape().numbers();
        int fields = config.classes().size();
        return new UNetByHand.Noisy(
                Arrays.copyOfRange(noisy.pixels(), from * numbers, end * numbers),
                Arrays.copyOfRange(noisy.times(), from, end),
                Arrays.copyOfRange(noisy.labels(), from * fields, end * fields),
                end - from,
                Dropped.NOTHING);
    }

    private static void join(Future<?> part) {
        try {
            part.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case Throwable impossible -> throw new IllegalStateException(impossible);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a prediction was interrupted", stopped);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
