package dev.athanor.torch;

/// A weight file that is broken, lies about itself, or does not fit the model.
public final class WeightsException extends RuntimeException {
    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
