package dev.athanor.data;

import java.util.Locale;

/// What a sample is for: to learn from, to choose by, or to judge with.
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /// The name in files and on the command line: `train`, `validation` or `test`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
