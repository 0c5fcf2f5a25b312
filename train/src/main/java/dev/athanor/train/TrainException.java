package dev.athanor.train;

/// A training that cannot begin or go on. The message says at which step, why, and what to do.
public final class TrainException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TrainException(String message) {
        super(message);
    }

    public TrainException(String message, Throwable cause) {
        super(message, cause);
    }
}
