package dev.athanor.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Work on all processors whose results come in the order it was given, whatever is ready first. A few pieces
/// are under way at once, so memory does not grow with their number.
public final class InOrder<T> implements AutoCloseable {
    private final int most;
    private final Taker<T> taker;
    private final ExecutorService threads;
    private final ArrayDeque<Piece<T>> underWay = new ArrayDeque<>();
    private long weights;

    private record Piece<T>(Future<T> work, long weight) {}

    /// What happens to results, in the thread that gives the work.
    @FunctionalInterface
    public interface Taker<T> {
        void take(T result) throws IOException;
    }

    /// @param taker gets each result; what it throws comes out where work is given
    public InOrder(int processors, Taker<T> taker) {
        this.most = 2 * processors;
        this.taker = taker;
        this.threads = Executors.newFixedThreadPool(
                processors, Thread.ofPlatform().daemon().name("in-order-", 0).factory());
    }

    /// Takes a piece of work. Where many are under way already, waits for the eldest.
    public void give(Callable<T> work) throws IOException {
        give(0, work);
    }

    /// The same of work that memory has little room for: of as much at once as one text may be long.
    ///
    /// @param weight characters or bytes that it is about
    public void give(long weight, Callable<T> work) throws IOException {
        while (underWay.size() == most || !underWay.isEmpty() && weights + weight > TextLimit.CHARACTERS) {
            takeNext();
        }
        underWay.add(new Piece<>(threads.submit(work), weight));
        weights += weight;
    }

    /// Waits for all that is under way.
    public void finish() throws IOException {
        while (!underWay.isEmpty()) {
            takeNext();
        }
    }

    private void takeNext() throws IOException {
        Piece<T> eldest = underWay.remove();
        weights -= eldest.weight();
        try {
            taker.take(eldest.work().get());
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException io -> throw io;
                case RuntimeException refusal -> throw refusal;
                case Error grave -> throw grave;
                case Throwable other -> throw new IllegalStateException(other);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the work was interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
