package dev.athanor.torch;

/// libtorch cannot be started on this machine; the message says why, and how to mend it.
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
