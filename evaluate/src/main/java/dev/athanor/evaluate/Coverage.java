package dev.athanor.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many of the attributes that were asked for are said in the text.
///
/// An attribute counts as said where its value stands in the text; one whose value is yes or no counts where a
/// word of its name does (as in "family friendly"), and with no only beside a negation.
public record Coverage(long said, long asked) {
    private static final List<String> NEGATIONS =
            List.of("not", "n't", "no ", "non", "un", "isn", "without", "adult", "不", "没", "无");

    public double share() {
        return asked == 0 ? 0 : (double) said / asked;
    }

    /// @param fields for each text, what was asked for
    public static Coverage of(List<String> texts, List<Map<String, String>> fields) {
        long said = 0;
        long asked = 0;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).toLowerCase(Locale.ROOT);
            for (Map.Entry<String, String> field : fields.get(i).entrySet()) {
                asked++;
                said += isSaid(text, field.getKey(), field.getValue().toLowerCase(Locale.ROOT)) ? 1 : 0;
            }
        }
        return new Coverage(said, asked);
    }

    private static boolean isSaid(String text, String name, String value) {
        if (!value.equals("yes") && !value.equals("no")) {
            return text.contains(value);
        }
        String[] words = name.replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .split("\\s+");
        boolean named = List.of(words).stream().anyMatch(word -> text.contains(stem(word)));
        boolean negated = NEGATIONS.stream().anyMatch(text::contains);
        return value.equals("yes") ? named : named && negated;
    }

    private static String stem(String word) {
        return word.length() > 4 ? word.substring(0, word.length() - 1) : word;
    }
}
