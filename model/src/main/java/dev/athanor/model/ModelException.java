package dev.athanor.model;

/// A model folder that cannot be read: broken, incomplete, or of a kind that Athanor does not know.
public final class ModelException extends RuntimeException {
    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
