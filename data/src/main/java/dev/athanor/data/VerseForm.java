package dev.athanor.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The form of regulated Chinese verse, as its shape shows it: four or eight clauses of five or seven characters.
public final class VerseForm {
    private VerseForm() {}

    /// 五言绝句, 七言绝句, 五言律诗 or 七言律诗; empty for any other shape. Tones and rhymes are not looked at.
    public static Optional<String> of(String text) {
        List<Integer> clauses = Arrays.stream(text.strip().split("[，。！？；：、\\s]+"))
                .map(clause -> clause.codePointCount(0, clause.length()))
                .toList();
        int length = clauses.getFirst();
        if (length != 5 && length != 7 || clauses.stream().anyMatch(other -> other != length)) {
            return Optional.empty();
        }
        String feet = length == 5 ? "五言" : "七言";
        return switch (clauses.size()) {
            case 4 -> Optional.of(feet + "绝句");
            case 8 -> Optional.of(feet + "律诗");
            default -> Optional.empty();
        };
    }
}
