package dev.athanor.scale;

/// A cluster that cannot be used, or gave up. The message says which, what it said, and how to mend it.
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
