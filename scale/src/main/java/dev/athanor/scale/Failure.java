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
        Throwable last = refused.<Throwable>map(Throwable::getCause).orElse(failed);
        while (last.getCause() != null) {
            last = last.getCause();
        }
        if (refused.isPresent()) {
            return new DataException(words(last), failed);
        }
        String where = switch (cluster) {
            case Cluster.Embedded _ -> "Flink in this program";
            case Cluster.Session session -> "the Flink cluster at " + session.address();
        };
        return new ClusterException(
                "%s gave up: %s. Its web page or its logs tell more; nothing was written, and the command may be given again"
                        .formatted(where, words(last)),
                failed);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        return message.replaceFirst("^[\\w.$]+(Exception|Error): ", "");
    }
}
