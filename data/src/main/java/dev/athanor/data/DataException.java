package dev.athanor.data;

/// Data that cannot be used as it is: a broken file, a full disk, a row that makes no sense. The message names the
/// place, what was found there, what was expected and how to mend it.
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
