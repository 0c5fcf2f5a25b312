package dev.athanor.cli;

import java.util.concurrent.CountDownLatch;

/// Ctrl-C during a training: asks it to save, and holds the process until it has. The process then ends with 130.
final class Interruption implements AutoCloseable {
    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean asked;

    private Interruption(Terminal terminal) {
        hook = new Thread(() -> {
            asked = true;
            terminal.note("Interrupted: saving ...");
            try {
                saved.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static Interruption watch(Terminal terminal) {
        Interruption interruption = new Interruption(terminal);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    boolean asked() {
        return asked;
    }

    @Override
    public void close() {
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shutdownHasBegun) {
                // asked in this very moment: the hook waits for the latch, which falls below
                saved.countDown();
            }
        }
        saved.countDown();
    }
}
