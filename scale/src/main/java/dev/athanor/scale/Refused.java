package dev.athanor.scale;

import dev.athanor.data.DataException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/// Carries a refusal from a worker to the client at once. Anything else that goes wrong is tried again, since
/// it may be a lost machine or a disk that answers too late.
final class Refused {
    private Refused() {}

    /// What a worker does.
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /// Does some work. What it refuses is not tried again.
    static void unless(Work work) throws Exception {
        try {
            work.run();
        } catch (DataException | IllegalArgumentException refused) {
            throw new SuppressRestartsException(refused);
        }
    }
}
