package dev.athanor.scale;

import dev.athanor.data.DataException;
import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;

/// What a job failed of, in words for people.
final class Failure {
    private Failure() {}

    static RuntimeException of(Cluster cluster, Exception failed) {
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Optional<SuppressRestartsException> refused =
                ExceptionUtils.findThrowable(failed, SuppressRestartsException.class);
        if (refused.isPresent()) {
            return new DataException(words(refused.get().getCause()), failed);
        }
        String where = switch (cluster) {
            case Cluster.Embedded _ -> "Flink in this program";
            case Cluster.Session session -> "the Flink cluster at " + session.address();
        };
        return new ClusterException(
                "%s gave up: %s. Its web page or its logs tell more; nothing was written, and the command may be given again"
                        .formatted(where, words(first(failed))),
                failed);
    }

    /// What all else came of.
    private static Throwable first(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first;
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        return message.replaceFirst("^[\\w.$]+(Exception|Error): ", "");
    }
}
