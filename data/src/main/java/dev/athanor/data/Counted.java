package dev.athanor.data;

import java.util.Locale;

/// A number with what it counts, as people say it.
public final class Counted {
    private Counted() {}

    /// What is said of so many: `was`, `were`.
    static String were(long count) {
        return count == 1 ? "was" : "were";
    }

    /// `1 row`, `2,000 rows`.
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /// `1 sample waits`, `2 samples wait`.
    public static String of(long count, String one, String more) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : more);
    }
}
