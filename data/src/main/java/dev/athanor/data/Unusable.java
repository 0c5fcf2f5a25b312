package dev.athanor.data;

/// A picture or sound that cannot be read: what is wrong with it, and what to do. The file is named by who
/// knows it.
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String remedy;

    /// @param reason as the end of a sentence that begins with the file
    /// @param remedy as a sentence of its own, without its point
    public Unusable(String reason, String remedy) {
        super("%s. %s".formatted(reason, remedy));
        this.reason = reason;
        this.remedy = remedy;
    }

    public Unusable(String reason, String remedy, Throwable cause) {
        this(reason, remedy);
        initCause(cause);
    }

    public String reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}
