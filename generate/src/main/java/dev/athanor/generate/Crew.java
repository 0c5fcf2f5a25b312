package dev.athanor.generate;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Shares the pieces of one product between the calling thread and one more.
///
/// Two threads use the memory bandwidth of a small machine; a piece is claimed when a thread is free for it, so
/// a helper whose core is taken by another process costs nothing: the caller then does all pieces itself. The
/// helper spins for a moment between products, then parks, and ends when it has had no work for a second. Used
/// by one caller at a time.
final class Crew {
    /// One piece of work, done by worker 0 (the caller) or 1 (the helper).
    @FunctionalInterface
    interface Task {
        void run(int piece, int worker);
    }

    static final int WORKERS = 2;

    /// How long the helper looks for the next product before it parks: longer than the caller's work between two
    /// products of a 100-million-parameter model (under 20 microseconds, November 2026, two-core x86-64).
    private static final long SPIN_NANOS = 60_000;

    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final int PIECE_BITS = 20;
    private static final long PIECE_MASK = (1L << PIECE_BITS) - 1;

    private final boolean alone;

    /// What is claimed next: a running number, how many pieces the product has, the next unclaimed piece. In
    /// one word, so that a helper that slept through a product can never claim a piece of the one after.
    private final AtomicLong ticket = new AtomicLong();

    private final AtomicInteger done = new AtomicInteger();
    private volatile Task task = (_, _) -> {};
    private volatile boolean parked;
    private Thread helper = Thread.currentThread();
    private boolean started;
    private long number;

    Crew() {
        this(Runtime.getRuntime().availableProcessors());
    }

    Crew(int processors) {
        alone = processors < WORKERS;
    }

    /// Runs pieces 0 to `pieces - 1` and returns when all are done.
    void run(int pieces, Task work) {
        if (alone || pieces == 1 || pieces > PIECE_MASK) {
            for (int piece = 0; piece < pieces; piece++) {
                work.run(piece, 0);
            }
            return;
        }
        task = work;
        done.set(0);
        ticket.set(++number << 2 * PIECE_BITS | (long) pieces << PIECE_BITS);
        wake();
        while (claimed(0)) {}
        for (int spins = 0; done.get() < pieces; spins++) {
            if (spins < 20_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the helper was interrupted inside a piece: give it this core
            }
        }
    }

    private void wake() {
        if (!started || !helper.isAlive()) {
            helper = Thread.ofPlatform().daemon().name("athanor-decoder").start(this::help);
            started = true;
        } else if (parked) {
            LockSupport.unpark(helper);
        }
    }

    private boolean claimed(int worker) {
        while (true) {
            long now = ticket.get();
            long piece = now & PIECE_MASK;
            if (piece >= (now >>> PIECE_BITS & PIECE_MASK)) {
                return false;
            }
            if (ticket.compareAndSet(now, now + 1)) {
                try {
                    task.run((int) piece, worker);
                } finally {
                    done.incrementAndGet();
                }
                return true;
            }
        }
    }

    private void help() {
        long last = System.nanoTime();
        int looks = 0;
        while (true) {
            if (claimed(1)) {
                last = System.nanoTime();
                continue;
            }
            Thread.onSpinWait();
            if (++looks % 64 != 0) {
                continue;
            }
            long idle = System.nanoTime() - last;
            if (idle > IDLE_NANOS) {
                return;
            }
            if (idle > SPIN_NANOS) {
                parked = true;
                long now = ticket.get();
                if ((now & PIECE_MASK) >= (now >>> PIECE_BITS & PIECE_MASK)) {
                    LockSupport.parkNanos(this, IDLE_NANOS);
                }
                parked = false;
            }
        }
    }
}
