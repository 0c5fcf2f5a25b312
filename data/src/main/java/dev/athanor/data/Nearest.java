package dev.athanor.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that a mistyped one was meant to be.
public final class Nearest {
    private Nearest() {}

    /// The candidate with the smallest edit distance (Levenshtein 1966), of several that of the likeliest length,
    /// since letters are swapped more often than lost; if it shares at least half of the word.
    public static Optional<String> to(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(candidate -> Math.abs(candidate.length() - word.length()))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(best -> distance(word, best) <= Math.max(2, Math.max(word.length(), best.length()) / 2));
    }

    /// ` (did you mean "x"?)`, or nothing where no candidate is near: stands behind the unknown word.
    public static String hint(String word, Collection<String> candidates) {
        return to(word, candidates).map(" (did you mean \"%s\"?)"::formatted).orElse("");
    }

    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }

    /// What is said of a name that is not there: what was meant perhaps, and what there is.
    ///
    /// @param none said instead where there is nothing at all
    public static IllegalArgumentException unknown(
            String kind, String name, Object place, Collection<String> known, String none) {
        return new IllegalArgumentException("there is no %s \"%s\" in %s%s; %s"
                .formatted(
                        kind,
                        name,
                        place,
                        hint(name, known),
                        known.isEmpty() ? none : "there are " + String.join(", ", known)));
    }
}
